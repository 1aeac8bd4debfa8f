"""Elements: what `q` and `blockquote` set apart among what stands between marks."""

import pytest

from quoteapi.findings import FoundQuote, PageQuote
from quoteapi.quotes import find_quotes, with_elements
from quoteapi.text import read


def merged(marked: str) -> tuple[str, list[FoundQuote]]:
    """The quotes of a text whose elements are written in square brackets, what signs one in braces behind it."""
    text, elements, starts = "", [], []
    for character in marked:
        if character == "[":
            starts.append(len(text))
        elif character == "]":
            elements.append(PageQuote(((starts.pop(), len(text)),)))
        elif character == "{":
            starts.append(len(text))
        elif character == "}":
            elements[-1] = PageQuote(elements[-1].spans, (starts.pop(), len(text)))
        else:
            text += character
    elements.sort(key=lambda one: (one.spans[0][0], -one.spans[0][1]))
    return text, with_elements(read(text), find_quotes(text), elements)


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("She said [no] to it.", ["no"]),
        ("[We lost], he said. “We won,” she said.", ["We lost", "We won,"]),
        ("[It will,] she said, [take years.]", ["It will, take years."]),
        ("[It will,] the “boss” said, [take years.]", ["It will, take years.", "boss"]),
        ("[It will.] She said, [Take years.]", ["It will.", "Take years."]),
        ("“[We won],” she said.", ["We won,"]),
        ("[“We won,”] she said.", ["We won,"]),
        ("[“We won the vote and the war,” said Roe.]", ["We won the vote and the war,"]),
        ("[One “two] three” four.", ["two three"]),
        ("“One [two” three] four.", ["One two"]),
        ("[...] and [  ]", []),
    ],
)
def test_marks_are_believed_before_elements(marked: str, expected: list[str]) -> None:
    """Nothing is quoted twice, and what crosses a quote is none."""
    text, quotes = merged(marked)
    assert [" ".join(text[slice(*span)] for span in quote.spans) for quote in quotes] == expected


def test_what_stands_in_another_is_within_it() -> None:
    """A quote between marks in a block quote, and an element in marks."""
    text, quotes = merged("“No.” [He told me “stop it” and I did stop then.] “I read [the letter] to him,” she said.")
    assert [(text[quote.start : quote.end], quote.within) for quote in quotes] == [
        ("No.", None),
        ("He told me “stop it” and I did stop then.", None),
        ("stop it", 1),
        ("I read [the letter] to him,".replace("[", "").replace("]", ""), None),
        ("the letter", 3),
    ]


def test_what_signs_an_element_signs_its_marks() -> None:
    """A block quote whose words have marks of their own."""
    text, quotes = merged("[“We won the vote.”]\n\n{Jane Roe}")
    (quote,) = quotes
    assert text[slice(*(quote.source or (0, 0)))] == "Jane Roe"
