"""The package's own front door: `quoteapi.extract`."""

import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import quoteapi
from quoteapi import structs

TEXT = "“The wall held,” said Jane Roe, the harbour master."


def test_an_article_is_read() -> None:
    """With the structs that the API sends."""
    answer = quoteapi.extract(TEXT, id="a1")
    assert isinstance(answer, quoteapi.Answer)
    assert (answer.id, answer.quotes[0].text) == ("a1", "The wall held,")


def test_the_options_are_the_fields_of_a_request() -> None:
    """Offsets in bytes: the mark before the quote has three."""
    answer = quoteapi.extract(TEXT, offset_unit="utf8", include=["other"], people=[quoteapi.Person(name="Jane Roe")], language="en-GB")
    assert (answer.offset_unit, answer.quotes[0].start) == ("utf8", 3)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"offset_unit": "UTF8"}, "offset_unit: Invalid enum value 'UTF8'. It may be one of codepoint, utf16, utf8."),
        ({"offset_unit": None}, "offset_unit: "),
        ({"format": "pdf"}, "one of text, html."),
        ({"include": "other"}, "a list of any of other, indirect, alternatives, mentioned."),
        ({"include": ["nope"]}, "include: Invalid enum value 'nope'"),
        ({"people": 5}, "a list of quoteapi.Person."),
        ({"people": [quoteapi.Person(name="")]}, "length >= 1"),
        ({"people": [{"nmae": "Jane Roe"}]}, "people: "),
        ({"id": 5}, "id: "),
        ({"language": 5}, "language: "),
        ({"text": b"Hi"}, "text: Expected `str`, got `bytes`."),
        ({"format": "pdf", "id": 5}, "id: "),
    ],
)
def test_arguments_are_held_to_what_a_request_is(arguments: dict[str, Any], words: str) -> None:
    """A `ValueError` says which is wrong and what it may be; nothing is ignored."""
    with pytest.raises(ValueError, match=re.escape(words)) as caught:
        quoteapi.extract(**{"text": TEXT, **arguments})
    assert isinstance(caught.value, quoteapi.ArgumentError)


def test_lists_may_be_of_any_kind() -> None:
    """Sets, tuples and iterators, people as mappings, too."""
    answer = quoteapi.extract(TEXT, include={"other"}, people=iter([{"name": "Jane Roe", "same_as": "https://example.org/roe"}]))  # type: ignore[arg-type]
    assert answer.speakers[0].same_as == "https://example.org/roe"


def test_threads_may_call_it() -> None:
    """They share an engine, one after the other, and each gets its own answer."""
    texts = [f"“Wall {number} held,” said Jane Roe." for number in range(12)]
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(quoteapi.extract, texts))
    assert [answer.quotes[0].text for answer in answers] == [f"Wall {number} held," for number in range(12)]


def test_what_cannot_be_read_is_an_error_of_ours() -> None:
    """Each with its own class, all of one family."""
    for error, text, language in (
        (quoteapi.EmptyTextError, " ", "en"),
        (quoteapi.UnsupportedLanguageError, TEXT, "fr"),
        (quoteapi.TextTooLongError, "a" * 200_001, "en"),
    ):
        assert issubclass(error, quoteapi.QuoteapiError)
        with pytest.raises(error):
            quoteapi.extract(text, language=language)


def test_a_page_is_read_as_such() -> None:
    """Its answer has the text that offsets refer to."""
    answer = quoteapi.extract("<p><q>The wall held,</q> said Jane Roe, the harbour master.</p>", format="html")
    (quote,) = answer.quotes
    assert isinstance(answer.text, str)
    assert answer.text[quote.start : quote.end] == quote.text == "The wall held,"
    assert quote.path == "/html/body/p/q"


def test_pages_need_an_extra(tmp_path: Path) -> None:
    """Without it the error says what to install."""
    (tmp_path / "lxml.py").write_text("raise ModuleNotFoundError", encoding="utf-8")
    code = "import quoteapi; quoteapi.extract('<p>Hi</p>', format='html')"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)  # noqa: S603  our own
    assert "HtmlExtraMissingError" in done.stderr
    assert "pip install '.[html]'" in done.stderr


def test_every_public_name_is_there() -> None:
    """And every struct of an answer is public."""
    assert all(hasattr(quoteapi, name) for name in quoteapi.__all__)
    assert quoteapi.__all__ == sorted(quoteapi.__all__)
    answer_structs = {name for name, value in vars(structs).items() if isinstance(value, type) and value.__module__ == structs.__name__}
    assert answer_structs - {"LineProblem", "Problem", "ProblemError"} <= set(quoteapi.__all__)


def test_nothing_is_prepared_for_sending_home(tmp_path: Path) -> None:
    """ONNX Runtime's telemetry, on by default, begins with an identifier in the user's home: reading an article leaves none there."""
    command = [sys.executable, "-c", f"import quoteapi; quoteapi.extract({TEXT!r})"]
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "PYTHONPATH"}}  # a variable such as CI would hide it
    subprocess.run(command, env=kept | {"HOME": str(tmp_path)}, check=True)  # noqa: S603  this interpreter, a program of ours
    assert list(tmp_path.iterdir()) == []
