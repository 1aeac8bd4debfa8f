"""Documents: drafts and sources as they were sent, converted to the text that is searched, with the times of subtitles."""

from collections.abc import Sequence
from typing import Literal

from msgspec import UNSET, Struct, UnsetType

from quoteapi.errors import DocumentError, EmptyTextError, QuoteapiError, TextTooLongError
from quoteapi.structs import Article
from quoteapi.verification.subtitles import Cue, read_subtitles, time_of, voice_of
from quoteapi.verification_structs import DocumentFormat, Draft, Source, Time, source_ids
from quoteapi.web import read_page


class Document(Struct, frozen=True):
    """A draft or a source after reading.

    Args:
        id: The caller's id; empty for the draft.
        called: How messages refer to it.
        pointer: JSON Pointer to its text in the request.
        text: The text that offsets refer to: the string that was sent, or the text of its page or subtitles.
        sent: The string that was sent.
        format: The format of that string.
        cues: The cues of subtitles, in the order of their text.
    """

    id: str
    called: str
    pointer: str
    text: str
    sent: str
    format: DocumentFormat
    cues: Sequence[Cue] = ()

    @property
    def is_spoken(self) -> bool:
        """Whether it was transcribed from speech, so that punctuation and capitals are not the speaker's."""
        return self.format in {"srt", "vtt"}

    @property
    def shown(self) -> str | UnsetType:
        """The text, if it differs from what was sent."""
        return UNSET if self.format == "text" else self.text

    def article(self, language: str | UnsetType) -> Article:
        """Returns the document as an article for the engine, with offsets in code points."""
        kind: Literal["text", "html"] = "html" if self.format == "html" else "text"
        return Article(self.sent if kind == "html" else self.text, format=kind, language=language)

    def voice(self, start: int, end: int) -> str | None:
        """Returns the name in the voice tag of a span of the text; None if subtitles do not tag it."""
        return voice_of(self.cues, start, end) if self.cues else None

    def time(self, start: int, end: int) -> Time | None:
        """Returns the time at which a span of the text is said; None if it is unknown."""
        return time_of(self.cues, start, end) if self.cues else None


def read_draft(draft: Draft, *, max_length: int) -> Document:
    """Reads the draft.

    Raises:
        DocumentError: It cannot be read, is empty, or has more than `max_length` characters.
    """
    return _read(draft, "", "The draft", "#/draft/text", max_length)


def read_sources(sources: Sequence[Source], *, max_length: int) -> list[Document]:
    """Reads the sources, in their order.

    Raises:
        DocumentError: One cannot be read, is empty, or has more than `max_length` characters; names the first such source.
    """
    return [
        _read(source, identity, f"The source “{identity}”", f"#/sources/{place}/text", max_length)
        for place, (source, identity) in enumerate(zip(sources, source_ids(sources), strict=True))
    ]


def _read(sent: Draft | Source, identity: str, called: str, pointer: str, max_length: int) -> Document:
    try:
        document = _document(sent, identity, called, pointer)
        if not document.text.strip():
            raise EmptyTextError
        if len(document.text) > max_length:
            raise TextTooLongError(length=len(document.text), limit=max_length)
    except QuoteapiError as error:
        raise DocumentError(called, pointer, error) from None
    return document


def _document(sent: Draft | Source, identity: str, called: str, pointer: str) -> Document:
    if not sent.text.strip():
        raise EmptyTextError
    match sent.format:
        case "text":
            return Document(identity, called, pointer, sent.text, sent.text, sent.format)
        case "html":
            return Document(identity, called, pointer, read_page(sent.text).text, sent.text, sent.format)
        case "srt" | "vtt":
            text, cues = read_subtitles(sent.text, sent.format)
            return Document(identity, called, pointer, text, sent.text, sent.format, cues)
