"""Questions and answers without labels."""

import pytest

from quoteapi.quotes.turns.questions import find_answers, is_question

ABOVE = "Novelist Tomasz Zielinski won a prize in May. We met him at his kitchen table in Gdansk."
PAIRS = [
    "How did you hear that you had won?",
    "My publisher rang while I was changing a tyre. I told her to call back.",
    "Are you working on a new book?",
    "I am always working on one.\n\nMost of them stay in the drawer.",
]


def page(above: str = ABOVE, pairs: list[str] | None = None) -> str:
    """A page of paragraphs."""
    return "\n\n".join([above, *(pairs or PAIRS)])


def test_the_answers_are_his_who_is_asked() -> None:
    """From each question to the next one, and behind the last one a paragraph."""
    text = page()
    found = find_answers(text)
    assert [text[quote.start : quote.end] for quote in found] == [PAIRS[1], "I am always working on one."]
    assert {text[slice(*quote.label.chars)] for quote in found if quote.label is not None} == {"Tomasz Zielinski"}


@pytest.mark.parametrize(
    "text",
    [
        page("Novelist Tomasz Zielinski won a prize in May."),
        page("We met Tomasz Zielinski and Anna Wrona in Gdansk."),
        page("We met him in Gdansk."),
        page(pairs=PAIRS[:2]),
        page(pairs=["What is a dyke?", "A wall beside the sea.", "Who pays for it?", "The province does."]),
        page(pairs=[PAIRS[0], PAIRS[1], PAIRS[2]]),
        page(pairs=[*PAIRS[:3], "This interview has been edited."]),
        "",
    ],
)
def test_questions_in_passing_make_no_interview(text: str) -> None:
    """Nothing says that it is one, two persons are named or nobody, one question, no spoken answers, none at all."""
    assert find_answers(text) == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [("Why?", True), ("**Who pays?**", True), ("“Why?”", False), ("who pays?", False), ("He paid.", False), (f"{'why ' * 70}?", False)],
)
def test_a_question_has_a_paragraph_of_its_own(words: str, expected: bool) -> None:  # noqa: FBT001 - what is expected
    """In bold type, too; not between marks."""
    assert is_question(words) is expected


def test_who_answers_our_questions_is_asked() -> None:
    """As much as whom we met."""
    assert len(find_answers(page("Tomasz Zielinski, the novelist, answers our questions."))) == len(PAIRS) // 2


def test_a_name_behind_a_job_needs_no_first_name_that_is_known() -> None:
    """The cellist is asked, whatever she is called."""
    assert len(find_answers(page("The cellist Qadira Voss is back. We met in a café."))) == len(PAIRS) // 2
