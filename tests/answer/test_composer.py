"""The composer: what the stages found, as the contract's answer."""

from quoteapi.engine import QuoteEngine
from quoteapi.structs import Answer, Article, Include

TEXT = (
    "Jane Roe, the harbour master, arrived at noon.\n\n“The ‘sea wall’ held,” she told reporters on the quay. It was late. "
    "Kelby’s mayor, Tom Hart, was absent."
)


def answer(engine: QuoteEngine, text: str, *include: Include) -> Answer:
    """The engine's answer."""
    return engine.extract(Article(text=text, include=list(include)))


def test_a_chain_leads_from_the_mention_to_the_fullest_name(engine: QuoteEngine) -> None:
    """From she to Jane Roe; a full name beside the quote needs none."""
    (pronoun,) = answer(engine, TEXT).quotes
    (name,) = answer(engine, "“It held,” said Jane Roe.").quotes
    assert [link.text for link in pronoun.evidence.chain] == ["Jane Roe"]
    assert name.evidence.chain == []


def test_a_chain_goes_by_the_nearest_name(engine: QuoteEngine) -> None:
    """From she to Roe, and on to Jane Roe."""
    text = "Jane Roe arrived at noon. The wall had held, Roe said. She smiled. “It is over,” she said."
    (quote,) = answer(engine, text).quotes
    assert [link.text for link in quote.evidence.chain] == ["Roe", "Jane Roe"]


def test_the_context_is_the_reporters_sentence(engine: QuoteEngine) -> None:
    """Its marks, cue and mention inside, no white space around, nothing of the next sentence."""
    (quote,) = answer(engine, TEXT).quotes
    assert TEXT[quote.context.start : quote.context.end] == "“The ‘sea wall’ held,” she told reporters on the quay."


def test_a_role_is_cleaned_for_display_alone(engine: QuoteEngine) -> None:
    """Odd spaces made plain and soft hyphens dropped in the brief; verbatim beside offsets."""
    text = "“It held,” said Jane Roe, the har\u00adbour\u00a0master of Kelby."
    result = answer(engine, text)
    brief, role = result.quotes[0].speaker, result.speakers[0].role
    assert brief is not None
    assert role is not None
    assert (brief.role, role.text) == ("the harbour master of Kelby", "the har\u00adbour\u00a0master of Kelby")
    assert text[role.start : role.end] == role.text


def test_a_quote_in_a_quote_names_its_holder(engine: QuoteEngine) -> None:
    """By id."""
    outer, inner = answer(engine, "“My mother always told me, ‘Never trust the sea,’” said Jane Roe.").quotes
    assert (outer.within, inner.within) == (None, outer.id)


def test_what_is_not_asked_for_is_left_out(engine: QuoteEngine) -> None:
    """Other words in marks, alternatives, and those who are only mentioned."""
    plain, full = answer(engine, TEXT), answer(engine, TEXT, "other", "alternatives", "mentioned")
    assert [quote.text for quote in plain.quotes] == ["The ‘sea wall’ held,"]
    assert [quote.kind for quote in full.quotes] == ["direct", "other"]
    assert not plain.mentioned
    assert "Tom Hart" in [speaker.name for speaker in full.mentioned or ()]
    assert not plain.quotes[0].alternatives
    assert all(0 <= other.probability <= 1 for other in full.quotes[0].alternatives or ())


def test_speakers_stand_in_the_order_of_their_first_quote(engine: QuoteEngine) -> None:
    """Not of their names in the article."""
    text = "Jane Roe met Tom Hart. “It fell,” Hart said. “It held,” Roe said.\n\n“It is over,” Hart said."
    result = answer(engine, text)
    assert [(speaker.id, speaker.name, speaker.quotes) for speaker in result.speakers] == [
        ("s1", "Tom Hart", ["q1", "q3"]),
        ("s2", "Jane Roe", ["q2"]),
    ]
