"""Statuses: what a quote is called, and which words are said to differ."""

from collections.abc import Callable

import pytest

from hearing import ARTICLE, TRANSCRIPT
from quoteapi.verification_structs import Change, Flag, Source, Verification, VerifiedQuote

Said = Callable[..., VerifiedQuote]


def words(change: Change) -> tuple[str | None, str | None]:
    """A change's words in the draft and in the source."""
    return change.draft and change.draft.text, change.source and change.source.text


def test_the_sources_own_words_are_exact(said: Said) -> None:
    """With the comma that stands inside the marks if the source has it, too."""
    quote = said("It will take nine years", TRANSCRIPT)
    assert (quote.status, quote.changes) == ("exact", [])
    assert quote.source is not None
    assert quote.source.text == "It will take nine years"


@pytest.mark.parametrize(
    "changed",
    [
        "it will take nine years",
        "It will take nine years, but we will rebuild the wall",
        "It  will take nine years",
        "We will not give up. … nobody will pay more than 1,200 pounds for it",
        "We will not give up ... nobody will pay more than 1200 pounds for it",
        "The mayor told [us] so himself",
        "[T]he mayor told me so himself",
        "[He] told me so himself",
        "[w]e'll see about that",
        "[i]'m sure that it will hold",
        "rebuild the wall, and nobody will pay more than 1,200 pounds for it",
    ],
)
def test_what_house_style_allows_is_styled_at_most(said: Said, changed: str) -> None:
    """Capitals and full stops at the edges, white space, marked omissions and words in brackets; a transcriber's brackets are no words."""
    quote = said(changed, TRANSCRIPT, "“We’ll see about that, I’m sure that it will hold,” said Jane Roe.")
    assert quote.status in {"exact", "styled"}
    assert quote.changes == []


def test_a_draft_may_not_leave_out_much_by_an_ellipsis(said: Said) -> None:
    """A paragraph at most: any sentence can be made of a long speech otherwise."""
    speech = f"We will not give up. {'The harbour is old and the tide is high again. ' * 12}Nobody will pay more than that."
    assert said("We will not give up … Nobody will pay more than that", speech).status == "spliced"


@pytest.mark.parametrize(
    ("changed", "kind", "differ", "flags"),
    [
        ("We will give up", "dropped", (None, "not"), ["negation"]),
        ("It will take seven years", "replaced", ("seven", "nine"), ["number"]),
        ("nobody will pay more than 1,300 pounds for it", "replaced", ("1,300", "1,200"), ["number"]),
        ("It will surely take nine years", "added", ("surely", None), []),
        ("It will take nine years, but they will rebuild the wall", "replaced", ("they", "we"), []),
        ("It will take nine years, but we will rebuild the pier", "replaced", ("pier", "wall"), []),
        ("It will take years, but we will rebuild the wall", "dropped", (None, "nine"), ["number"]),
    ],
)
def test_other_words_are_altered_word_by_word(
    said: Said, changed: str, kind: str, differ: tuple[str | None, str | None], flags: list[Flag]
) -> None:
    """Each with the words of both; what may reverse the meaning is flagged."""
    quote = said(changed, TRANSCRIPT)
    (change,) = quote.changes
    assert (quote.status, change.kind, words(change), change.flags) == ("altered", kind, differ, flags)


def test_an_added_word_is_found_beside_a_repetition(said: Said) -> None:
    """The words that follow are not taken for others."""
    quote = said("We were very lucky", "JANE ROE: We were lucky.\n\nTOM HART: We were.")
    assert (quote.status, [words(change) for change in quote.changes]) == ("altered", [("very", None)])


def test_a_changed_name_is_flagged(said: Said) -> None:
    """Also where a sentence begins with it."""
    source = "“Lena Brook called me on Friday, and we met Paul Cole at the quay,” said Jane Roe."
    inside = said("Lena Brook called me on Friday, and we met Paul Dane at the quay", source)
    first = said("Anna Brook called me on Friday", source)
    assert [words(change) for change in (*inside.changes, *first.changes)] == [("Dane", "Cole"), ("Anna", "Lena")]
    assert [change.flags for change in (*inside.changes, *first.changes)] == [["name"], ["name"]]


def test_a_number_in_other_characters_is_no_other_number(said: Said) -> None:
    """Altered, since the words differ, but nothing is turned round."""
    (change,) = said("It will take 9 years, but we will rebuild the wall", TRANSCRIPT).changes
    assert change.flags == []


def test_the_same_digits_in_another_order_are_another_number(said: Said) -> None:
    """Also in digits that English does not use."""
    for draft, source in (("21", "12"), ("٢١", "١٢")):
        (change,) = said(f"Gate {draft} is not ready yet", f"“Gate {source} is not ready yet,” said Jane Roe.").changes
        assert (words(change), change.flags) == ((draft, source), ["number"])


def test_a_contracted_negation_is_one(said: Said) -> None:
    """Do for don't."""
    (change,) = said("I do think that the crane was safe", "“I don't think that the crane was safe,” said Jane Roe.").changes
    assert (words(change), change.flags) == (("do", "don't"), ["negation"])


def test_a_negation_that_was_cut_off_at_an_edge_is_dropped(said: Said) -> None:
    """A whole sentence that begins right behind it has another sense."""
    quote = said("All of the boats were lost that night", "“Not all of the boats were lost that night,” said Jane Roe.")
    assert quote.status == "altered"
    assert [(change.kind, change.flags) for change in quote.changes] == [("dropped", ["negation"])]


def test_punctuation_counts_in_writing_and_not_in_speech(said: Said) -> None:
    """Who writes down what is said sets the commas."""
    changed = "We were lucky and the old wall held"
    assert [change.flags for change in said(changed, ARTICLE).changes] == [["punctuation"]]
    assert said(changed, "JANE ROE: We were lucky, and the old wall held.\n\nTOM HART: It did.").status == "styled"


def test_a_capital_inside_counts_in_writing(said: Said) -> None:
    """Polish and polish differ."""
    quote = said("We sold the polish yard to a friend", "“We sold the Polish yard to a friend,” said Jane Roe.")
    assert [change.flags for change in quote.changes] == [["capitals"]]


def test_a_question_is_no_statement(said: Said, verified: Callable[..., Verification]) -> None:
    """A question mark is no full stop at an edge."""
    source = "“Did the crane fall into the water?” Jane Roe asked."
    assert said("Did the crane fall into the water", source).status == "styled"
    (quote,) = verified("“Did the crane fall into the water.” Jane Roe was calm.", source).quotes or [None]
    assert quote is None or quote.status == "altered"


def test_two_passages_as_one_are_spliced(said: Said) -> None:
    """Both are told."""
    quote = said("We will not give up. The mayor told me so himself", TRANSCRIPT)
    assert quote.status == "spliced"
    assert [passage.text for passage in quote.passages] == ["We will not give up", "The mayor told me so himself"]


def test_words_of_two_speakers_are_spliced_whatever_marks_them(said: Said) -> None:
    """An ellipsis reaches no other speaker; the one whom the draft does not name is told."""
    quote = said("The mayor told me so himself … I have nothing to add to that", TRANSCRIPT)
    assert quote.status == "spliced"
    assert (quote.speaker.status, quote.speaker.source) == ("different", "TOM HART")


def test_words_that_no_source_has_are_absent(said: Said) -> None:
    """With nothing near."""
    quote = said("Every fisherman in town should buy a bicycle", TRANSCRIPT, ARTICLE)
    assert (quote.status, quote.source, quote.passages, quote.nearest, quote.changes) == ("absent", None, [], None, [])


def test_an_absent_quote_has_the_nearest_passage(said: Said) -> None:
    """If one has much of it."""
    quote = said("The crane had fallen onto a lorry that was parked beside the market hall", TRANSCRIPT)
    assert quote.status == "absent"
    assert quote.nearest is None or "crane had fallen" in quote.nearest.text


def test_a_reporters_interruption_is_no_change(said: Said) -> None:
    """In the source."""
    assert said("It will take years. We were lucky, and the old wall held", ARTICLE).status == "styled"


def test_a_drafts_interruption_is_no_change(verified: Callable[..., Verification]) -> None:
    """Neither in the draft nor in both."""
    draft = "“It will take nine years,” Jane Roe said, “but we will rebuild the wall.”"
    assert [quote.status for quote in verified(draft, TRANSCRIPT).quotes] == ["styled"]
    both = "“It will,” Jane Roe said, “take years. We were lucky, and the old wall held.”"
    assert [quote.status for quote in verified(both, ARTICLE).quotes] == ["exact"]


def test_part_of_a_word_is_no_word(said: Said) -> None:
    """“art” stands in no “party”."""
    assert said("the art of the wall", "JANE ROE: The party of the wall is over now.\n\nTOM HART: It is.").status != "exact"


def test_the_best_of_several_sources_is_taken(said: Said) -> None:
    """By its id."""
    quote = said("We have no choice but to close the harbour", Source(TRANSCRIPT, "hearing"), Source(ARTICLE, "paper"))
    assert quote.source is not None
    assert (quote.status, quote.source.id) == ("styled", "paper")


def test_a_draft_without_quotes_holds(verified: Callable[..., Verification]) -> None:
    """There is nothing to check."""
    result = verified("The tide rose.", TRANSCRIPT)
    assert (result.quotes, result.holds) == ([], True)
