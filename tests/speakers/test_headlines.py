"""Headlines: nouns that the story explains, capitals that make no names."""

from collections.abc import Callable

from quoteapi.findings import FoundSpeaker

Join = Callable[..., Callable[[str], FoundSpeaker | None]]


def name(speaker: FoundSpeaker | None) -> str | None:
    """The speaker's name."""
    return speaker.name if speaker else None


def test_a_headlines_noun_is_whom_the_story_names(join: Join) -> None:
    """The skipper of the headline is the one of the story."""
    at = join("Skipper tells of storm\n\nJane Roe, skipper of the Ofa, came home on Monday. She slept for a day.")
    assert name(at("Skipper")) == "Jane Roe"


def test_capitals_make_no_name_of_a_common_noun(join: Join) -> None:
    """The union is the Federation of the story, not one that is called UNION."""
    at = join(
        "UNION REJECTS OFFER\n\nThe Dockworkers' Federation of Kelby turned the offer down. “Four is nothing,” the union said.", "the union"
    )
    assert name(at("the union")) == "Dockworkers' Federation of Kelby"


def test_a_lead_that_tells_what_was_said_is_no_headline(join: Join) -> None:
    """Though it is short, and an empty line stands behind it."""
    text = "Kelby Thistle have parted with their coach, the club announced on Sunday.\n\n“We thank him,” the League Two side wrote."
    found = join(text, "the League Two side")("the League Two side")
    assert found is not None
    assert found.name == "Kelby Thistle"


def test_a_story_without_a_headline_is_read_in_order(join: Join) -> None:
    """A first paragraph that ends as a sentence is none."""
    at = join("Jane Roe met a skipper on Monday. “I am tired,” the skipper said.", "the skipper")
    assert name(at("the skipper")) == "a skipper"
