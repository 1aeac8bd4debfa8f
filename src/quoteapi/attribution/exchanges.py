"""Exchanges: lines of a conversation of two that the reporter hands to nobody are those of whose turn it is.

In a conversation of two the speakers take turns, and the reporter names them no more than needed (He, Barbosa and Kondrak 2013,
"Identification of speakers in novels"): a question on a line of its own, between two lines of who answers, is that of who spoke before;
so is the first of two short lines behind a question and its answer. Whoever is asked by name answers in the line below, and then the two
go on in turn; whoever does something right behind an answer gave it.
"""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from quoteapi.attribution.scene import Scene
from quoteapi.findings import Attribution
from quoteapi.quotes.alone import fills_line
from quoteapi.quotes.grammar import SUBJECTS

TOLD = frozenset({"cue", "action"})
GUESSED = frozenset({"continuation", "context"})
RUN = 4
"""Lines of an exchange: of the one, of the other, the quote's own, the next."""
REACH = 12
"""Tokens of a phrase before the words that are whom somebody addresses, at most."""
SHORT = 14
"""Words of a line of talk at most."""


def whose_turn(number: int, found: Sequence[Attribution], scene: Scene) -> int | None:
    """The mention whose turn a quote is, where nothing but its place in a conversation tells; else None.

    Args:
        number: The quote.
        found: The attributions of the quotes before it, its own and the next one's.
        scene: The article.
    """
    if found[number].method not in GUESSED or scene.quotes[number].within is not None:
        return None
    for way in (doer, asked, next_turn):
        if (mention := way(number, found, scene)) is not None:
            return mention
    run = range(number - RUN + 2, number + 2)
    if run.start < 0 or run.stop > len(found) or not is_conversation(run, scene):
        return None
    one, other, own, following = (found[i] for i in run)
    if one.method not in TOLD or other.method not in TOLD or one.mention == other.mention or own.mention != other.mention:
        return None
    if not is_question(number, scene):
        told = is_question(run[0], scene) and following.method in GUESSED and all(is_short(i, scene) for i in run)
        return one.mention if told and fills_line(scene.line, run[-1]) else None
    told = following.method in TOLD or fills_line(scene.line, run[-1])
    same = (
        following.mention == other.mention or is_pronoun(following, scene) or (is_pronoun(other, scene) and is_known(following, one, scene))
    )
    return one.mention if told and same else None


def doer(number: int, found: Sequence[Attribution], scene: Scene) -> int | None:
    """Who does something right behind an answer, where it was taken for the words of who asks (“Why?” I asked. / “Rain.” He shrugged.)."""
    line, place = scene.line, scene.line.stretches[number][-1] + 1
    opens = line.paragraph_start(line.stretches[number][0]) == line.stretches[number][0]
    if not number or not opens or not is_question(number - 1, scene) or found[number].mention != found[number - 1].mention:
        return None
    if place >= line.paragraph_end(place - 1) or line.items[place].quote is not None:
        return None
    token = line.items[place].token
    acts = line.doc[token].is_sent_start and line.doc[token].dep_ in SUBJECTS
    first = bisect_left(scene.mentions, token, key=lambda mention: mention.start)
    person = first < len(scene.mentions) and scene.mentions[first].start == token and scene.mentions[first].type == "person"
    return first if acts and person else None


def asked(number: int, found: Sequence[Attribution], scene: Scene) -> int | None:
    """Whom the line above asks, where a quote fills its line (“Is it yours?” she asked Roe. / “My brother's.”)."""
    addressee = found[number - 1].addressee if number else None
    if addressee is None or not is_question(number - 1, scene) or not is_below(number, scene):
        return None
    doc, end = scene.line.doc, addressee[1]
    first, last = (bisect_left(scene.mentions, place, key=lambda mention: mention.start) for place in (addressee[0] - REACH, end + RUN))
    own = [i for i in range(first, last) if scene.mentions[i].quote is None and scene.mentions[i].form != "pronoun"]
    apposed = (i for i in own if scene.mentions[i].start == end + 1 and scene.mentions[i].form == "name" and doc[end].text == ",")
    near = (i for i in own if scene.mentions[i].start < end and scene.mentions[i].end > addressee[0])
    people = (i for i in near if scene.mentions[i].type in {"person", "unnamed"})
    return next(iter((*apposed, *people)), None)


def next_turn(number: int, found: Sequence[Attribution], scene: Scene) -> int | None:
    """Whose turn it is behind a line that nothing but its place tells to be the other one's; both lines are filled by their quotes."""
    if number < RUN // 2 or not (is_below(number, scene) and is_below(number - 1, scene)):
        return None
    one, other = found[number - 2], found[number - 1]
    return one.mention if other.method in GUESSED and one.mention != other.mention else None


def is_below(number: int, scene: Scene) -> bool:
    """Whether a quote fills its line, right below the line of the quote before."""
    places = [scene.line.items[scene.line.stretches[i][0]].paragraph for i in (number - 1, number) if scene.line.stretches[i]]
    return len(places) == RUN // 2 and places[1] - places[0] == 1 and fills_line(scene.line, number)


def is_known(following: Attribution, one: Attribution, scene: Scene) -> bool:
    """Whether the next line is that of a person whom the article named before the conversation, and not the one who asks."""
    if following.mention is None or one.mention is None:
        return False
    named, first = scene.mentions[following.mention], scene.mentions[one.mention]
    family = scene.line.doc[named.end - 1].text
    own = {token.text for token in scene.line.doc[first.start : first.end]}
    earlier = any(other.form == "name" and scene.line.doc[other.end - 1].text == family for other in scene.mentions[: one.mention])
    return named.form == "name" and family not in own and earlier


def is_question(number: int, scene: Scene) -> bool:
    """Whether a quote ends in a question mark."""
    return scene.line.text[scene.quotes[number].end - 1] == "?"


def is_short(number: int, scene: Scene) -> bool:
    """Whether a quote has no more words than a line of talk."""
    return len(scene.line.text[scene.quotes[number].start : scene.quotes[number].end].split()) <= SHORT


def is_conversation(run: range, scene: Scene) -> bool:
    """Whether quotes stand in lines right below each other, and the third of them fills its line."""
    if any(scene.quotes[i].within is not None for i in run):
        return False
    paragraphs = [scene.line.items[scene.line.stretches[i][0]].paragraph for i in run]
    close = all(below - above == 1 for above, below in pairwise(paragraphs))
    return close and fills_line(scene.line, run[-2])


def is_pronoun(attribution: Attribution, scene: Scene) -> bool:
    """Whether a source is told by a pronoun."""
    return attribution.mention is not None and scene.mentions[attribution.mention].form == "pronoun"
