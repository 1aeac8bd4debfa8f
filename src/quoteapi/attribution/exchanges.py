"""Exchanges: a question on a line of its own, between two lines of who answers, is that of who spoke before.

In a conversation of two the speakers take turns, and the reporter names them no more than needed (He, Barbosa and Kondrak 2013,
"Identification of speakers in novels").
"""

from collections.abc import Sequence
from itertools import pairwise

from quoteapi.attribution.scene import Scene
from quoteapi.findings import Attribution
from quoteapi.quotes.alone import fills_line

TOLD = frozenset({"cue", "action"})
GUESSED = frozenset({"continuation", "context"})
RUN = 4
"""Lines of an exchange: of the one, of the other, the question, the answer."""


def asker(number: int, found: Sequence[Attribution], scene: Scene) -> int | None:
    """The mention whose turn it is to ask, where a question stands between two lines of who answers; else None.

    Args:
        number: A quote.
        found: The attributions of the quotes before it, its own and the next one's.
        scene: The article.
    """
    run = range(number - RUN + 2, number + 2)
    if run.start < 0 or run.stop > len(found) or not is_conversation(run, scene):
        return None
    one, other, asks, answers = (found[i] for i in run)
    told = one.method in TOLD and other.method in TOLD and asks.method in GUESSED
    told = told and (answers.method in TOLD or fills_line(scene.line, run[-1]))
    goes_on = asks.mention == other.mention and (answers.mention == other.mention or is_pronoun(answers, scene))
    return one.mention if told and goes_on and one.mention != other.mention else None


def is_conversation(run: range, scene: Scene) -> bool:
    """Whether quotes stand in lines right below each other, the third of them a question that fills its line."""
    if any(scene.quotes[i].within is not None for i in run):
        return False
    asks = run[-2]
    paragraphs = [scene.line.items[scene.line.stretches[i][0]].paragraph for i in run]
    close = all(below - above == 1 for above, below in pairwise(paragraphs))
    return close and fills_line(scene.line, asks) and scene.line.text[scene.quotes[asks].end - 1] == "?"


def is_pronoun(attribution: Attribution, scene: Scene) -> bool:
    """Whether a source is told by a pronoun."""
    return attribution.mention is not None and scene.mentions[attribution.mention].form == "pronoun"
