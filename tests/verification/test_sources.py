"""Documents: formats of drafts and sources, offsets in each unit, and what is said of those that cannot be read."""

from collections.abc import Callable

import pytest

import quoteapi
from hearing import TRANSCRIPT
from quoteapi.errors import DocumentError, SubtitlesError
from quoteapi.structs import OffsetUnit
from quoteapi.verification.subtitles import read_subtitles, time_of
from quoteapi.verification_structs import Draft, Source, Verification

SRT = """1
00:00:01,000 --> 00:00:03,500
<i>ROE:</i> We will not
give up.

2
00:00:03,500 --> 00:00:06,000
{\\an8}It will take nine years.

3
00:00:07,000 --> 00:00:09,000
- I have nothing
- Nor have I.
"""
VTT = """WEBVTT

NOTE nobody sees this

intro
00:01.000 --> 00:03.500 align:start
<v Jane Roe>We will <b>not</b> give up.

NOTE nor this

00:03.500 --> 00:06.000
<v Jane Roe>It will take nine years.

01:00:07.000 --> 01:00:09.000
<v.loud Tom Hart>I have nothing to add.</v>
"""


def test_subtitles_are_running_text_a_line_a_turn() -> None:
    """Without tags and numbers."""
    text, cues = read_subtitles(SRT, "srt")
    assert text == "ROE: We will not give up. It will take nine years.\n- I have nothing\n- Nor have I."
    assert [(text[cue.start : cue.end], cue.begins, cue.ends) for cue in cues][1] == ("It will take nine years.", 3.5, 6.0)


def test_voices_are_labels_and_notes_are_nothing() -> None:
    """A voice is told once, however many cues it has."""
    text, _ = read_subtitles(VTT, "vtt")
    assert text == "Jane Roe: We will not give up. It will take nine years.\nTom Hart: I have nothing to add."


def test_a_tagged_voice_is_the_speaker_however_short_the_subtitles(verified: Callable[..., Verification]) -> None:
    """One label alone makes no transcript; a tag tells."""
    short = "WEBVTT\n\n00:07.000 --> 00:09.500\n<v Jane Roe>We were lucky,\nand the wall held.\n"
    (quote,) = verified("“We were lucky and the wall held,” said Tom Hart.", Source(short, format="vtt")).quotes
    assert (quote.status, quote.speaker.status, quote.speaker.source) == ("styled", "different", "Jane Roe")


def test_a_cue_may_have_two_voices() -> None:
    """Each has its part, both have the time."""
    two = "WEBVTT\n\n00:07.000 --> 00:09.500\n<v Roe>It held.</v>\n<v Hart>It did.</v>\n"
    text, cues = read_subtitles(two, "vtt")
    assert [(text[cue.start : cue.end], cue.voice, cue.begins) for cue in cues] == [
        ("Roe: It held.", "Roe", 7.0),
        ("Hart: It did.", "Hart", 7.0),
    ]


def test_a_stretch_has_the_time_of_its_cues() -> None:
    """From the first one's start to the last one's end."""
    text, cues = read_subtitles(SRT, "srt")
    start = text.index("give up")
    time = time_of(cues, start, start + len("give up. It will"))
    assert time is not None
    assert (time.start, time.end) == (1.0, 6.0)


@pytest.mark.parametrize(
    ("text", "form", "told"),
    [
        ("1\n00:00:01 --> 00:00:03\nWe will not.", "srt", "Line 2"),
        ("1\n00:01.000 --> 00:03.000\nWe will not.", "srt", "WebVTT"),
        ("We will not give up.", "srt", "no cue"),
        ("WEBVTT\n\n00:01.000 --> 00:03.000\n\n", "vtt", "no cue"),
    ],
)
def test_broken_subtitles_are_told_with_what_to_do(text: str, form: str, told: str) -> None:
    """The line that is wrong, the format that it may be."""
    with pytest.raises(SubtitlesError, match=told) as caught:
        read_subtitles(text, form)  # type: ignore[arg-type]
    assert "as text" in str(caught.value) or "send the format" in str(caught.value)


def test_a_place_in_subtitles_has_its_time_and_speaker(verified: Callable[..., Verification]) -> None:
    """And offsets into the text that was read."""
    result = verified("“We will give up,” said Jane Roe.", Source(VTT, "tape", "vtt"))
    (quote,) = result.quotes
    assert quote.source is not None
    assert quote.source.time is not None
    assert (quote.status, quote.source.time.start, quote.speaker.source) == ("altered", 1.0, "Jane Roe")
    text = result.sources[0].text
    assert isinstance(text, str)
    assert text[quote.source.start : quote.source.end] == quote.source.text == "We will not give up"


def test_pages_are_read_as_articles(verified: Callable[..., Verification]) -> None:
    """Draft and source; the verification has their text."""
    page = "<article><p>“The wall held all night,” said Jane Roe, the harbour master, on Monday.</p></article>"
    result = verified(Draft(page, "html"), Source(page, "page", "html"))
    (quote,) = result.quotes
    assert quote.source is not None
    assert isinstance(result.text, str)
    assert (quote.status, quote.speaker.status) == ("exact", "same")
    assert result.text[quote.start : quote.end] == "The wall held all night,"


@pytest.mark.parametrize("unit", ["codepoint", "utf16", "utf8"])
def test_every_offset_is_in_the_callers_unit(verified: Callable[..., Verification], unit: OffsetUnit) -> None:
    """In draft and source, for spans, passages and changes."""
    draft, source = "🚀 “We will give up,” said Zoë Roe.", f"🚀 {TRANSCRIPT}"
    (quote,) = verified(draft, source, offset_unit=unit).quotes
    (change,) = quote.changes
    encoding = {"codepoint": "utf-32-le", "utf16": "utf-16-le", "utf8": "utf-8"}[unit]
    factor = {"codepoint": 4, "utf16": 2, "utf8": 1}[unit]
    for text, span in ((draft, quote.spans[0]), (source, quote.source), (source, change.source)):
        assert span is not None
        assert text.encode(encoding)[span.start * factor : span.end * factor].decode(encoding) == span.text


def test_a_document_that_cannot_be_read_is_named() -> None:
    """With what extract would say of it."""
    with pytest.raises(DocumentError, match=r"^The draft: The text is empty"):
        quoteapi.verify(" ", ["It held."])
    with pytest.raises(DocumentError, match=r"^The source “2”: The text is empty") as caught:
        quoteapi.verify("“It held,” said Jane Roe.", ["It held.", "\n"])
    assert caught.value.pointer == "#/sources/1/text"
    with pytest.raises(DocumentError, match="“tape”: Line 1 "):
        quoteapi.verify("“It held,” said Jane Roe.", [Source("00:01 --> 00:02\nIt held.", "tape", "vtt")])


@pytest.mark.parametrize(
    ("draft", "sources", "told"),
    [
        ("It held.", [], "length >= 1"),
        ("It held.", "It held.", "list"),
        ("It held.", [3], "object"),
        (3, ["It held."], "draft"),
        ("It held.", [Source("It held.", "a"), Source("It fell.", "a")], "“a”"),
        ("It held.", [Source("It held.", format="docx")], "format"),  # type: ignore[arg-type]
    ],
)
def test_wrong_arguments_are_value_errors(draft: object, sources: object, told: str) -> None:
    """Before anything is loaded."""
    with pytest.raises(ValueError, match=told):
        quoteapi.verify(draft, sources)  # type: ignore[arg-type]


def test_python_takes_plain_texts() -> None:
    """A source without an id is called by its position."""
    (quote,) = quoteapi.verify("“The wall held,” said Jane Roe.", ["It rained.", "JANE ROE: The wall held.\n\nTOM HART: It did."]).quotes
    assert quote.source is not None
    assert (quote.status, quote.source.id) == ("styled", "2")
