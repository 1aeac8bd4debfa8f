"""Reports as text: figures as a table, mistakes as lists by cause or passage."""

from collections.abc import Iterator, Sequence

import msgspec

from quoteapi.evaluation.catalogue_faults import PassageResult
from quoteapi.evaluation.mistakes import CAUSES, Mistake
from quoteapi.evaluation.report import Report

WIDTH = 60
"""Maximum characters of a span that are shown."""


def render(report: Report, *, errors: bool = False) -> str:
    """The figures, one per line, and with `errors` the mistakes by cause; without a line break at the end."""
    lines = list(_figures(report))
    if errors:
        for cause in CAUSES:
            found = [mistake for mistake in report.mistakes if mistake.cause == cause]
            lines += ["", f"{cause}: {len(found)}", *map(_line, found)]
    return "\n".join(lines)


def render_catalogue(tried: Sequence[PassageResult], *, errors: bool = False) -> str:
    """The number of correct passages per construction, and with `errors` what is wrong in the others; without a line break at the end."""
    constructs: dict[str, list[PassageResult]] = {"all": list(tried)}
    for one in tried:
        constructs.setdefault(one.passage.construct, []).append(one)
    lines = [f"{name:<40}{sum(not one.faults for one in part):>4} of {len(part)}" for name, part in constructs.items()]
    if errors:
        lines += [f"  {one.passage.id}: {fault}" for one in tried for fault in one.faults]
    return "\n".join(lines)


def _figures(report: Report) -> Iterator[str]:
    figures = msgspec.structs.asdict(report)
    del figures["mistakes"]
    for name, value in figures.items():
        shown = "–" if value is None else f"{value:.3f}" if isinstance(value, float) else str(value)
        yield f"{_title(name):<28}{shown:>6}"


def _title(name: str) -> str:
    titles = {"detection_f1": "detection F1", "non_speech_kept_out": "non-speech kept out", "speaker_name_lenient": "speaker name, lenient"}
    return titles.get(name, name.replace("_", " "))


def _line(mistake: Mistake) -> str:
    where = f"{mistake.article} [{mistake.start}:{mistake.end}]"
    return f"  {where} {_shown(mistake.text)} gold {_shown(mistake.gold)} given {_shown(mistake.given)}"


def _shown(words: str | None) -> str:
    if words is None:
        return "none"
    folded = " ".join(words.split())
    return repr(folded if len(folded) <= WIDTH else folded[: WIDTH - 1] + "…")
