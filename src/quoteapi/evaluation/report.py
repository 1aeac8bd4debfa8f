"""The report: the figures that compare answers with the gold, and the mistakes behind them.

Shares are between 0 and 1, of gold quotes unless they are called precision; a share of nothing is None.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from msgspec import Struct

from quoteapi.evaluation.mistakes import Mistake
from quoteapi.evaluation.scores import QuoteScore

BINS = 10
"""Number of bins of equal width for the calibration error."""


class Report(Struct, frozen=True):
    """How well answers agree with a gold file.

    Args:
        quotes: Gold quotes that are speech.
        found: Share of speech covered by a returned span.
        exact_span: Share of speech returned with the same edges.
        precision: Found speech divided by the number of spans returned as speech.
        detection_f1: Harmonic mean of `found` and `precision`.
        non_speech_kept_out: Among gold quotes that are not speech: not returned as speech.
        speaker_name: Among speech with a speaker in the gold: the name has the gold's words.
        speaker_name_lenient: The same, but a part of the name is enough.
        role_exact: Among speech whose speaker has a role in the gold: name and role have the gold's words.
        role_overlap: The same, but half of the role's words are enough.
        role_rightly_empty: Among speech whose speaker has no role in the gold: a speaker is given, without a role.
        calibration_error: Expected calibration error (Guo et al. 2017) of the confidence for the lenient name, over quotes that have a
            speaker in the answer and in the gold.
        articles_without_a_result: Gold articles without an answer.
        mistakes: What is wrong, in the gold's order.
    """

    quotes: int
    found: float | None
    exact_span: float | None
    precision: float
    detection_f1: float | None
    non_speech_kept_out: float | None
    speaker_name: float | None
    speaker_name_lenient: float | None
    role_exact: float | None
    role_overlap: float | None
    role_rightly_empty: float | None
    calibration_error: float
    articles_without_a_result: int
    mistakes: tuple[Mistake, ...] = ()


def report_of(scores: Sequence[QuoteScore], *, returned: int, unanswered: int, mistakes: Iterable[Mistake]) -> Report:
    """The figures of the scores of all articles.

    Args:
        scores: Those of the gold quotes of all articles.
        returned: The number of spans returned as speech.
        unanswered: The number of articles without an answer.
        mistakes: Copied to the report.
    """
    speech = [one for one in scores if one.is_speech]
    named = [one for one in speech if one.gold.speaker]
    with_role = [one for one in named if one.has_role]
    without_role = [one for one in named if not one.has_role]
    recall = _share(one.found for one in speech)
    precision = sum(one.found for one in speech) / max(1, returned)
    return Report(
        quotes=len(speech),
        found=recall,
        exact_span=_share(one.exact for one in speech),
        precision=precision,
        detection_f1=None if recall is None else _harmonic_mean(precision, recall),
        non_speech_kept_out=_share(one.covering is None for one in scores if not one.is_speech),
        speaker_name=_share(one.name for one in named),
        speaker_name_lenient=_share(one.same_entity for one in named),
        role_exact=_share(one.name and one.role_exact for one in with_role),
        role_overlap=_share(one.name and one.role_overlap for one in with_role),
        role_rightly_empty=_share(bool(one.returned and one.returned.speaker) and not one.returned_role for one in without_role),
        calibration_error=_calibration_error(named),
        articles_without_a_result=unanswered,
        mistakes=tuple(mistakes),
    )


def _share(right: Iterable[bool]) -> float | None:
    answers = list(right)
    return sum(answers) / len(answers) if answers else None


def _harmonic_mean(one: float, other: float) -> float:
    return 2 * one * other / (one + other) if one + other else 0.0


def _calibration_error(named: Iterable[QuoteScore]) -> float:
    bins: dict[int, list[tuple[bool, float]]] = defaultdict(list)
    for one in named:
        if one.returned and one.returned.speaker:
            confidence = one.returned.confidence or 0.0
            bins[min(BINS - 1, int(BINS * confidence))].append((one.same_entity, confidence))
    gaps = (abs(sum(right for right, _ in part) - sum(sure for _, sure in part)) for part in bins.values())
    return sum(gaps) / max(1, sum(map(len, bins.values())))
