"""A catalogue of one passage."""

from pathlib import Path

PASSAGE = """
[[passage]]
id = "one"
construct = "title before the name"
text = '''
“The wall held,” said Harbour Master Jane Roe. Deputy mayor Ann Doe agreed.
'''
quotes = [{ words = "The wall held,", speaker = "Jane Roe", role = "Harbour Master" }]
others = [{ name = "Ann Doe", role = "Deputy mayor" }]
"""


def written(folder: Path, text: str) -> Path:
    """Writes a catalogue file."""
    path = folder / "some.toml"
    path.write_text(text, encoding="utf8")
    return path
