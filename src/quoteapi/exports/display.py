"""Helpers shared by the exports: paraphrases that contain quoted words, roles beside names, and counts."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable

from quoteapi.structs import Quote, Role

_WORD = re.compile(r"[^\W_]+")
_DETERMINERS = frozenset(("the", "a", "an", "my", "his", "her", "its", "their", "our"))


def paraphrases_around(quotes: Iterable[Quote]) -> dict[str, str]:
    """Maps a quote's id to that of the paraphrase by the same speaker around it: one utterance, to be named and counted once."""
    paraphrases: dict[str | None, list[tuple[int, int, str]]] = defaultdict(list)
    inner = []
    for quote in quotes:
        if quote.kind == "indirect":
            paraphrases[_speaker(quote)] += [(span.start, span.end, quote.id) for span in quote.spans]
        elif quote.kind != "other":
            inner.append(quote)
    for spans in paraphrases.values():
        spans.sort()
    found = {}
    for quote in inner:
        spans = paraphrases.get(_speaker(quote), [])
        place = bisect_right(spans, quote.start, key=lambda span: span[0])
        if place and quote.end <= spans[place - 1][1]:
            found[quote.id] = spans[place - 1][2]
    return found


def counted(quotes: Iterable[Quote], speakers: int) -> str:
    """The numbers of quotes, paraphrases (if any) and speakers of an answer, in words."""
    told = list(quotes)
    paraphrases = len({quote.id for quote in told if quote.kind == "indirect"} - {*paraphrases_around(told).values()})
    spoken = sum(quote.kind not in {"indirect", "other"} for quote in told)
    numbers = [(spoken, "quote"), *([(paraphrases, "paraphrase")] if paraphrases else []), (speakers, "speaker")]
    return ", ".join(f"{number:,} {thing}{'' if number == 1 else 's'}" for number, thing in numbers)


def role_beside(name: str, role: Role | None) -> str | None:
    """A role's text for display beside a name; None if it adds nothing to the name."""
    if role is None or _words(role.text) <= _words(name):
        return None
    return role.text


def _words(phrase: str) -> set[str]:
    return {*_WORD.findall(phrase.lower())} - _DETERMINERS


def _speaker(quote: Quote) -> str | None:
    return quote.speaker.id if quote.speaker else None
