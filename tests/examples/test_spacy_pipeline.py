"""The spaCy pipeline: quotes beside another component's entities, on the same tokens."""

import importlib.util
import subprocess
import sys
from pathlib import Path

EXAMPLES = Path(__file__).parents[2] / "examples"
SCRIPT = EXAMPLES / "spacy_pipeline.py"


def test_the_script_tells_who_says_each_figure() -> None:
    """A speaker, or the article itself."""
    articles = sorted(map(str, (EXAMPLES / "articles").glob("*.txt")))
    done = subprocess.run([sys.executable, str(SCRIPT), *articles], capture_output=True, text=True, check=True)  # noqa: S603  a script of ours
    lines = done.stdout.splitlines()
    assert "tram-budget | 40 percent | Marta Quill" in lines
    assert "tram-budget | 410 million crowns | (the article)" in lines
    assert "tram-passengers | 6,000 riders | Joachim Reuter" in lines
    assert "reservoir | 70 percent | (the article)" in lines
    assert "reservoir | 70 percent | Anders Holm" in lines


def test_the_pipeline_leaves_everything_on_the_document() -> None:
    """Entities of the rules, spans of the quotes, the answer as an extension, and what joins the two."""
    spec = importlib.util.spec_from_file_location("spacy_pipeline", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    example = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(example)
    nlp = example.make_pipeline()
    assert nlp.pipe_names == ["entity_ruler", "quoteapi", "said_by"]
    doc = nlp("“We turn away 600 riders,” said Jane Roe, the harbour master. She has 12 boats.")
    assert [(entity.text, entity._.said_by) for entity in doc.ents] == [("600 riders", "Jane Roe"), ("12 boats", None)]
    assert [span.text for span in doc.spans["quotes"]] == ["We turn away 600 riders,"]
    assert doc._.quotes_answer.speakers[0].role.text == "the harbour master"
    assert example.make_pipeline()("").ents == ()
