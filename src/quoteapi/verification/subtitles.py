"""Subtitles: cues as running text, one line per turn, with the time of each span.

pysubs2 parses cues and times. The text of cues is joined with spaces; a dash, a label (ROE:) or another voice begins a line, as turns do
in a transcript, so that the engine can tell who speaks. Tags are removed; the name in a voice tag (`<v Jane Roe>`) becomes a label.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Literal

from msgspec import Struct
from pysubs2 import SSAFile
from pysubs2.exceptions import Pysubs2Error
from pysubs2.formats.subrip import SubripFormat
from pysubs2.formats.webvtt import WebVTTFormat

from quoteapi.errors import SubtitlesError, shortened
from quoteapi.verification_structs import Time

SubtitleFormat = Literal["srt", "vtt"]
_ARROW = "-->"
_TIMINGS = {"srt": SubripFormat.TIMESTAMP, "vtt": WebVTTFormat.TIMESTAMP}
_EXAMPLES = {"srt": "00:00:01,000 --> 00:00:04,000", "vtt": "00:00:01.000 --> 00:00:04.000"}
_NAMES = {"srt": "SubRip", "vtt": "WebVTT"}
_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n){2,}")
_VOICE = re.compile(r"<v(?:\.[\w.-]{1,80})?\s+([^<>\n]{1,120})>")
_TAG = re.compile(r"</?[A-Za-z][^<>\n]{0,200}>|<\d{1,4}:[\d:.]{1,16}>|\{\\[^{}\n]{0,200}\}")
_CHANGE = re.compile(r"(?:&gt;|>){2,3}\s*")
"""The mark for a change of speaker in live captions."""
_TURN = re.compile(r"[-–—]\s?\S|(?:[A-Z][\w.'’-]*\s){0,4}[A-Z][\w.'’-]*(?:\s\([^()\n]{1,60}\))?:(?:\s|$)")
"""The beginning of a turn: a dash, or a label of at most five capitalized words."""


class Cue(Struct, frozen=True):
    """The words of a cue: a half-open span of the text in code points, its times in seconds, and the name in its voice tag, or empty."""

    start: int
    end: int
    begins: float
    ends: float
    voice: str = ""


def read_subtitles(sent: str, form: SubtitleFormat) -> tuple[str, list[Cue]]:
    """Returns the text of subtitles and their cues, in linear time.

    Raises:
        SubtitlesError: A timing line is broken, or there is no cue with text.
    """
    plain = sent.removeprefix("\ufeff").replace("\0", " ").replace("\r\n", "\n").replace("\r", "\n")
    _check_timings(plain, form)
    try:
        events = SSAFile.from_string(_BLANK_LINES.sub("\n\n", plain), format_=form, keep_html_tags=True)
    except (Pysubs2Error, ValueError) as error:
        message = f"The subtitles cannot be read as {_NAMES[form]}: {shortened(str(error))}. Check the file, or send its text as text."
        raise SubtitlesError(message) from None
    writer = _Writer()
    for event in events:
        lines = event.text.replace("\\n", "\n").replace("\\N", "\n").replace("\\h", " ")
        if form == "vtt":
            lines = lines.partition("\n\n")[0]  # after a blank line come notes, and the name of the next cue
        writer.add(lines, float(event.start) / 1000, float(event.end) / 1000)
    if not writer.cues:
        message = (
            f"The subtitles have no cue with a text. A cue of {_NAMES[form]} is a line such as {_EXAMPLES[form]} with the text below it."
            " Check the format, or send the text as text."
        )
        raise SubtitlesError(message)
    return "".join(writer.pieces), writer.cues


def time_of(cues: Sequence[Cue], start: int, end: int) -> Time | None:
    """Returns the time at which a span of the text is said; None if no cue contains it."""
    held = _cues_at(cues, start, end)
    return Time(min(cue.begins for cue in held), max(cue.ends for cue in held)) if held else None


def voice_of(cues: Sequence[Cue], start: int, end: int) -> str | None:
    """Returns the name in the voice tags of a span of the text; None if it has none, or several."""
    voices = {cue.voice for cue in _cues_at(cues, start, end)}
    return next(iter(voices)) or None if len(voices) == 1 else None


def _cues_at(cues: Sequence[Cue], start: int, end: int) -> Sequence[Cue]:
    """Returns the cues that contain a span of the text."""
    first = max(0, bisect_right(cues, start, key=lambda cue: cue.start) - 1)
    last = max(first, bisect_right(cues, end - 1, key=lambda cue: cue.start) - 1)
    return cues[first : last + 1]


def _check_timings(text: str, form: SubtitleFormat) -> None:
    """Raises an error for a malformed timing line, because its cue would become part of the one before."""
    for number, line in enumerate(text.split("\n"), start=1):
        if _ARROW in line and len(_TIMINGS[form].findall(line)) != 2:  # noqa: PLR2004 - a start and an end
            other = "vtt" if form == "srt" else "srt"
            message = (
                f"Line {number} is not a timing line of {_NAMES[form]}: “{shortened(line.strip())}”. Write it as {_EXAMPLES[form]},"
                f" or send the format {other} if the file is {_NAMES[other]}."
            )
            raise SubtitlesError(message)


class _Writer:
    """Builds the text of the cues."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.cues: list[Cue] = []
        self.length = 0
        self.voice = ""

    def add(self, lines: str, begins: float, ends: float) -> None:
        """Adds a cue, one part per voice, unless it has no words."""
        for words, voice, turn in self._turns(lines):
            if self.length:
                self._write("\n" if turn else " ")
            self.cues.append(Cue(self.length, self.length + len(words), begins, max(begins, ends), voice))
            self._write(words)

    def _turns(self, lines: str) -> list[tuple[str, str, bool]]:
        """Returns the parts of a cue without tags: words, voice, whether a turn begins. A new voice becomes a label before its words."""
        turns: list[tuple[str, str, bool]] = []
        voice = ""
        for line in _VOICE.sub(lambda tag: f"\n{_label(tag[1])}", lines).split("\n"):
            name, has_name, rest = line.partition("\0")
            voice = name if has_name else voice
            words = " ".join(_CHANGE.sub("- ", _TAG.sub("", rest if has_name else line)).split())
            if not words.removeprefix("-").strip():
                continue
            is_new = voice not in {"", self.voice}
            turn = is_new or _TURN.match(words) is not None
            self.voice = voice or self.voice
            words = f"{voice}: {words}" if is_new else words
            if turns and not turn and turns[-1][1] == voice:
                turns[-1] = (f"{turns[-1][0]} {words}", voice, turns[-1][2])
            else:
                turns.append((words, voice, turn))
        return turns

    def _write(self, words: str) -> None:
        self.pieces.append(words)
        self.length += len(words)


def _label(voice: str) -> str:
    """Returns the name of a voice with a separator after it that no text contains."""
    return f"{' '.join(voice.replace(chr(0), ' ').split())}\0"
