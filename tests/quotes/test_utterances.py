"""Utterances: the quotes of a text, each as one speaker's words in one go."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoteapi.quotes import find_quotes


def said(text: str) -> list[list[str]]:
    """The spans of each quote."""
    return [[text[start:end] for start, end in quote.spans] for quote in find_quotes(text)]


def test_spans_leave_the_marks_out() -> None:
    """And hold all that stands between them; the outer stretch takes the marks in."""
    (quote,) = find_quotes("“The wall held ,” she said.")
    assert (quote.spans, quote.outer, quote.within) == (((1, 16),), (0, 17), None)


@pytest.mark.parametrize(
    "text",
    [
        "“It will,” she said, “take years.”",
        "“It will”, said Jane Roe, the harbour master, “take years.”",
        "‘It will,’ Roe told reporters, ‘take years.’",
        "''It will,'' Mr. Roe said, ''take years.''",
        "“Will it,” she asked, “Take years?”",
        "“Will it?” she asked, “take years?”",
        "“It will –” she said, “take years.”",
    ],
)
def test_an_attribution_inside_a_sentence_splits_one_quote(text: str) -> None:
    """Two pairs of marks, one utterance."""
    ((_, _),) = said(text)


@pytest.mark.parametrize(
    "text",
    [
        "“It will.” That is what she said. “It takes years.”",
        "“It will,” she said. “It takes years.”",
        "He called it “terrible” and “bad.”",
        "“It will,” Roe said, calling the plan “crooked.”",
        "“Will it?” He answered, “It takes years.”",
        "“It will,” said Roe, while Doe said, “it takes years.”",
        "“It will,” Roe said.\n\n“It takes years,” Doe said.",
        "“It will,” she said, ‘take years.’",
    ],
)
def test_two_sentences_are_two_quotes(text: str) -> None:
    """So are fragments in the reporter's own sentence."""
    assert [len(spans) for spans in said(text)] == [1, 1]


def test_a_quote_runs_over_paragraphs_that_open_with_a_mark() -> None:
    """Only the last paragraph is closed."""
    assert said("“One.\n\n“Two.\n\n“Three,” she said. “Four.”") == [["One.", "Two.", "Three,"], ["Four."]]
    assert said("‘One.\n\n‘Two,’ she said.") == [["One.", "Two,"]]


def test_a_quote_runs_over_paragraphs_without_a_mark() -> None:
    """The second paragraph ends it, though it did not open it again."""
    assert said("She said: “One.\n\nTwo,” and left.") == [["One.", "Two,"]]
    assert said("She said: “One.\n\nThe workers’ day,” and left.") == [["One.", "The workers’ day,"]]


def test_a_closed_quote_does_not_run_on() -> None:
    """Two paragraphs, two quotes."""
    assert said("“One.”\n\n“Two.”") == [["One."], ["Two."]]


def test_speakers_labels_part_a_transcript() -> None:
    """Each labelled paragraph is its own utterance though no mark is closed; those without a label run on."""
    text = "“ROE: Who built it?\n\n“DOE: We did.\n\n“All of us.\n\n“(LAUGHTER.)\n\n“SEN. ROE (D-Ore.): When?”"
    assert said(text) == [["ROE: Who built it?"], ["DOE: We did.", "All of us."], ["(LAUGHTER.)"], ["SEN. ROE (D-Ore.): When?"]]


def test_a_missing_closing_mark_is_set_before_the_reporting_clause() -> None:
    """Reporters' words are not put into the speaker's mouth."""
    assert said("“The wall held, she said.") == [["The wall held,"]]
    assert said("“The wall held, she said.\n\n“It is new,” said Roe.") == [["The wall held,"], ["It is new,"]]
    assert said('"The wall held, he said. "It is new," she added.') == [["The wall held,"], ["It is new,"]]


def test_a_quote_left_open_ends_with_its_paragraph() -> None:
    """Where nothing tells a better end."""
    assert said("“The wall held. It is new.\n\nNobody spoke.") == [["The wall held. It is new."]]


def test_a_quote_that_goes_on_where_the_paragraphs_are_lost_is_two() -> None:
    """Each paragraph of a long quote opens with a mark, and only the last one is closed."""
    assert said('She said: "The wall held. "It was built in 1931."') == [["The wall held."], ["It was built in 1931."]]
    assert said('The sign says "Mind the gap and "Keep left".') == [["Keep left"]]


def test_a_quote_within_a_quote_names_the_one_that_holds_it() -> None:
    """Also in a later span of it, and three deep."""
    text = "“It will,” she said, “‘take years,’ as the ‘so-called “chief”’ said.”"
    assert [quote.within for quote in find_quotes(text)] == [None, 0, 0, 2]


@pytest.mark.parametrize("text", ["“”", "“ ”", "“...”", '""', "''''", "‘—’", "“\n”", ""])
def test_marks_around_no_words_are_no_quote(text: str) -> None:
    """White space and punctuation alone are never returned."""
    assert find_quotes(text) == []


def test_british_single_marks_are_quotes() -> None:
    """Single marks outside, double ones inside."""
    assert said("‘I will,’ she said. ‘It was “grim” there.’") == [["I will,"], ["It was “grim” there."], ["grim"]]


def test_a_word_in_single_marks_is_returned() -> None:
    """Whether it is speech is for the kinds to say."""
    assert said("Port clears ‘backlog’ of ships") == [["backlog"]]


def test_a_heading_does_not_end_a_quote() -> None:
    """Nor do two paragraphs of a quote become two quotes by it; a sentence between them makes them two."""
    first, last = "“We rebuilt the quay, and then the second storm came.", "“By March we had no stone left.”"
    assert said(f"{first}\n\nA long winter\n\n{last}") == [[first[1:], last[1:-1]]]
    assert said(f"{first}\n\nNobody was hurt.\n\n{last}") == [[first[1:]], [last[1:-1]]]


def test_a_quote_without_a_closing_mark_ends_before_a_titled_name() -> None:
    """“We will not sell, said harbour master Jane Roe."""
    assert said('"We will not sell, said harbour master Jane Roe. The clerk left.') == [["We will not sell,"]]


def well_formed(text: str) -> None:
    """Asserts what holds for the quotes of every text."""
    quotes = find_quotes(text)
    for number, quote in enumerate(quotes):
        edges = [edge for span in quote.spans for edge in span]
        assert edges == sorted(edges)
        assert 0 <= quote.outer[0] <= quote.start < quote.end <= quote.outer[1] <= len(text)
        assert all(any(map(str.isalnum, text[start:end])) for start, end in quote.spans)
        if quote.within is not None:
            assert quote.within < number
            assert any(start <= quote.start and quote.end <= end for start, end in quotes[quote.within].spans)
    assert [quote.start for quote in quotes] == sorted(quote.start for quote in quotes)
    ends: dict[int | None, int] = {}
    for quote in quotes:
        for start, end in quote.spans:
            assert start >= ends.get(quote.within, 0)
            ends[quote.within] = end


MARKS = ["“", "”", '"', "'", "''", "``", "‘", "’", "«", "»", "‹", "›", "„", "‚", "‘‘", "’’", "´", "`", '""', "'''"]
WORDS = [
    "Roe",
    "said",
    "he",
    "wall",
    "it’s",
    "don't",
    "6",
    "s",
    "in",
    "(",
    ")",
    ",",
    ".",
    "?",
    "—",
    "\n",
    "\n\n",
    " ",
    " ",
    " ",
    "ROE:",
    ", she said, ",
    ", he said.",
]


@given(st.text(st.characters(codec=None)))
def test_any_text_has_well_formed_quotes(text: str) -> None:
    """Whatever Unicode holds."""
    well_formed(text)


@given(st.lists(st.sampled_from([*MARKS, *WORDS]), max_size=60).map("".join))
def test_any_row_of_marks_and_words_has_well_formed_quotes(text: str) -> None:
    """However marks are thrown together."""
    well_formed(text)


ARTICLE = (
    "Sea wall ‘held’, says port\n\n“The wall held,” said Jane Roe, the harbour master. “We’re glad,” she added, “that it did.”\n\n"
    "The workers’ union called it \"luck\".\n\n“I told him, ‘Go home,’ and he went.\n\n“That was all,” Doe said. ''It's 6' 5\" high.''"
)


@given(st.lists(st.tuples(st.integers(0, 40), st.sampled_from(["", *MARKS])), max_size=8), st.booleans())
def test_marks_dropped_doubled_or_swapped_leave_quotes_well_formed(changes: list[tuple[int, str]], double: bool) -> None:  # noqa: FBT001 -- drawn by Hypothesis
    """An article in which some marks are others, twice there, or missing."""
    pieces = [character if character not in "“”‘’\"'" else [character] for character in ARTICLE]
    places = [k for k, piece in enumerate(pieces) if isinstance(piece, list)]
    for where, mark in changes:
        pieces[places[where % len(places)]] = [mark, mark] if double else [mark]
    well_formed("".join(piece if isinstance(piece, str) else "".join(piece) for piece in pieces))


@pytest.mark.parametrize("piece", ["“", "“‘", "“a ‘b ", '"', "'", "a", "“a, he said ", "“a\n", "‘a b "])
def test_long_rows_are_read(piece: str) -> None:
    """Many thousand marks, open, nested or plain, and a word without end."""
    well_formed(piece * 5000)
