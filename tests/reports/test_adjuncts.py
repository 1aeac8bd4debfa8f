"""Adjuncts that hand a sentence to its source."""

import pytest
from spacy.language import Language

from quoteapi.reports.adjuncts import adjuncts


def told(nlp: Language, text: str) -> list[tuple[str, str, str]]:
    """Content, source and cue of each adjunct."""
    doc = nlp(text)
    parts = [(link.content, link.source, link.cue) for link in adjuncts(doc)]
    return [tuple(doc[one.start : one.end].text for one in found if one is not None) for found in parts]  # type: ignore[misc]


@pytest.mark.parametrize(
    ("text", "content", "source", "cue"),
    [
        ("According to the ministry, three boats were lost.", "three boats were lost.", "the ministry", "According to"),
        (
            "According to Ada Lund, who runs the yard, three boats were lost.",
            "three boats were lost.",
            "Ada Lund, who runs the yard",
            "According to",
        ),
        ("By the account of Ada Lund, a cook, the fire began at noon.", "the fire began at noon.", "Ada Lund, a cook", "By the account of"),
        ("Three boats were lost, according to the ministry.", "Three boats were lost", "the ministry", "according to"),
        ("In her view, the council slept.", "the council slept.", "her", "In her view"),
        ("In Roe's opinion, the wall will not last.", "the wall will not last.", "Roe", "In Roe's opinion"),
        ("In the view of Ada Lund, the council slept.", "the council slept.", "Ada Lund", "In the view of"),
        ("By the account of the cook, the fire began at noon.", "the fire began at noon.", "the cook", "By the account of"),
        ("As Roe put it, the sea always wins.", "the sea always wins.", "Roe", "put"),
        ("The pumps failed at noon, as the mayor said.", "The pumps failed at noon", "the mayor", "said"),
    ],
)
def test_an_adjunct_hands_over_the_rest_of_its_sentence(nlp: Language, text: str, content: str, source: str, cue: str) -> None:
    """Wherever it stands, opening or closing it."""
    assert told(nlp, text) == [(content, source, cue)]


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("The fee, according to Roe, will double in May.", "according to"),
        ("The fee, in the opinion of Roe, will double in May.", "in the opinion of"),
        ("The fee, as Roe tells it, will double in May.", "tells"),
    ],
)
def test_an_adjunct_within_a_sentence_hands_over_both_parts(nlp: Language, text: str, cue: str) -> None:
    """What stands before it and what stands behind it."""
    assert told(nlp, text) == [("The fee", "Roe", cue), ("will double in May.", "Roe", cue)]


@pytest.mark.parametrize(
    "text",
    [
        "In view of the storm, the harbour stayed shut.",
        "The boats were sorted according to their size and then sold.",
        "In the view from the tower, the harbour is small.",
        "As the wall fell, the sea came in.",
        "They played according to the rules all summer.",
    ],
)
def test_what_only_looks_like_one_hands_nothing_over(nlp: Language, text: str) -> None:
    """Nor does anything within a sentence that no comma sets off."""
    assert told(nlp, text) == []


def test_without_a_parse_there_are_none(blank: Language) -> None:
    """A bare document has no sentences to hand over."""
    assert told(blank, "According to the ministry, three boats were lost.") == []
