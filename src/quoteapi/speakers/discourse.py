"""Discourse: who was spoken of last, and how present each somebody is where a pronoun or a noun looks for its antecedent."""

from bisect import bisect_left
from collections.abc import Callable, Iterator
from math import exp, log

from quoteapi.quotes.reporting import is_reporting
from quoteapi.speakers.clusters import Cluster, Clusters
from quoteapi.speakers.page import Page

MENTIONS_BACK = 60
SENTENCES_BACK = 12
"""How far back an antecedent is looked for, in mentions and in sentences; a pronoun further on stands for somebody in between."""
DESCRIPTIONS_BACK = 600
"""How far back a description is looked for, in mentions."""

SENTENCE = 0.55
"""What each sentence between costs."""
PARAGRAPH = 0.25
"""What each paragraph's end between costs, besides."""
FUNCTION = {"subject": 0.9, "object": 0.1, "possessive": 0.1, "modifier": -0.9, "other": 0.0}
"""Who acts is spoken of next; what only modifies a noun (the Roe campaign) seldom is."""
GOVERNING = 0.7
"""The subject of the clause that governs the mention's own comes first: Roe was right when she said so."""
SOURCE = 0.5
"""Who is quoted is spoken of next."""
LAST_SOURCE = 1.0
"""The source of the quote before goes on speaking."""
OFTEN = 0.06
"""What each further mention of the same somebody nearby adds, up to five."""
OFTEN_ENOUGH = 5
QUOTED = -2.0
"""Who is named inside somebody's quote is hardly spoken of outside it."""
ENCODER = 0.3
"""What the logarithm of the encoder's probability counts."""
FLOOR = 0.02
"""What the encoder's probability never goes below."""
LIKELY = 0.3
"""The probability from which somebody is looked at who is named only later."""
TOLD, SHARE = 0.3, 0.5
TOLD_PLACE, SHARE_PLACE = 0.15, 0.45
"""The encoder's probability, and its share of what all who fit get, from which its word alone is taken; and where a place tells, too."""
SHARPNESS = 1.0
"""How fast the certainty of an antecedent grows with its lead over the others; chosen by the calibration on the gold files."""
HEADLINE = -0.5
"""A headline is no part of the story's flow."""

SUBORDINATE = frozenset({"advcl", "ccomp", "acl", "acl:relcl", "relcl", "xcomp"})

Fit = Callable[[Cluster], float | None]
"""How well a somebody fits by its own nature; None where it cannot be meant."""


class Discourse:
    """The mentions of an article that have been joined so far, in reading order.

    `certainty` is how sure the antecedent of each mention is that was asked for.
    """

    def __init__(self, page: Page, clusters: Clusters) -> None:
        self._page = page
        self._clusters = clusters
        self._seen: list[int] = []
        self._together: dict[int, Cluster] = {}
        self.certainty: dict[int, float] = {}

    def see(self, number: int, together: Cluster | None = None) -> None:
        """Adds a mention, and the group that it closes as the last of several joined by *and*."""
        self._seen.append(number)
        if together is not None:
            self._together[number] = together

    def before(self, number: int) -> Iterator[int]:
        """The mentions before this one, nearest first, as far back as an antecedent is looked for."""
        page = self._page
        here = page.mentions[number].start
        end = bisect_left(self._seen, number)
        for other in reversed(self._seen[max(0, end - MENTIONS_BACK) : end]):
            if page.sentences[here] - page.sentences[page.mentions[other].start] > SENTENCES_BACK:
                return
            yield other

    def antecedent(self, number: int, fit: Fit) -> Cluster | None:
        """The somebody whom a mention most likely means; None where nobody before fits.

        Nearness, function and the order of quotes are weighed as in Lappin and Leass (1994), "An algorithm for pronominal anaphora
        resolution", with weights chosen on news.
        """
        scores: dict[Cluster, float] = {}
        counts: dict[Cluster, int] = {}
        last = self._last_source(number)
        for other in self.before(number):
            for cluster in (self._clusters.of(other), self._together.get(other)):
                fitting = None if cluster is None else fit(cluster)
                if cluster is None or fitting is None or self._bound(number, other):
                    continue
                counts[cluster] = counts.get(cluster, 0) + 1
                score = fitting + self._presence(number, other) + (LAST_SOURCE if cluster is last else 0.0)
                scores[cluster] = max(scores.get(cluster, score), score)
        told = self._told(number)
        for cluster, probability in told.items():
            fitting = fit(cluster) if probability >= LIKELY and cluster not in scores else None
            if fitting is not None:
                scores[cluster], counts[cluster] = fitting, 0
        options = [cluster for cluster in scores if not self._clashes(number, cluster)]

        def weight(cluster: Cluster) -> float:
            own = scores[cluster] + OFTEN * min(OFTEN_ENOUGH, counts[cluster])
            return own + (ENCODER * log(told.get(cluster, 0.0) + FLOOR) if told else 0.0)

        weights = {cluster: weight(cluster) for cluster in options}
        best = max(weights, key=weights.__getitem__, default=None)
        if best is not None:
            self.certainty[number] = 1 / sum(exp(SHARPNESS * (other - weights[best])) for other in weights.values())
        return best

    def _told(self, number: int) -> dict[Cluster, float]:
        """The somebodies that the encoder takes a mention to stand for, each with its probability."""
        found: dict[Cluster, float] = {}
        for other, probability in self._page.told(number).items():
            for cluster in (self._clusters.of(other), self._together.get(other)):
                if cluster is not None:
                    found[cluster] = found.get(cluster, 0.0) + probability
        return found

    def told(self, number: int, fit: Fit, *, placed: bool = False) -> Cluster | None:
        """The somebody whom the encoder alone takes a mention to stand for, where it clearly prefers one of those who fit.

        Args:
            number: The mention.
            fit: Who fits at all.
            placed: Whether the mention says of what place somebody is (the Vermont senator), which few who fit are.
        """
        fitting = sorted(((p, i, c) for i, (c, p) in enumerate(self._told(number).items()) if fit(c) is not None), reverse=True)
        share = sum(probability for probability, _, _ in fitting)
        least, most = (TOLD_PLACE, SHARE_PLACE) if placed else (TOLD, SHARE)
        if not fitting or fitting[0][0] < max(least, most * share):
            return None
        return fitting[0][2]

    def farther(self, number: int, fit: Fit) -> Cluster | None:
        """The somebody who fits best in a longer stretch before, the nearest of equals: a description reaches back further."""
        end = bisect_left(self._seen, number)
        best: tuple[float, Cluster] | None = None
        for other in reversed(self._seen[max(0, end - DESCRIPTIONS_BACK) : end]):
            cluster = self._clusters.of(other)
            fitting = None if cluster is None else fit(cluster)
            if cluster is not None and fitting is not None and (best is None or fitting > best[0]) and not self._clashes(number, cluster):
                best = (fitting, cluster)
        return best[1] if best else None

    def _presence(self, number: int, other: int) -> float:
        """How present the somebody of a mention before still is."""
        page = self._page
        here, there = page.mentions[number].start, page.mentions[other].start
        apart = page.paragraphs[here] - page.paragraphs[there]
        score = -SENTENCE * min(6, page.sentences[here] - page.sentences[there]) - PARAGRAPH * min(6, apart)
        function = page.function(other)
        score += FUNCTION[function]
        if function == "subject" and page.clause(other) == page.doc[page.clause(number)].head.i != page.clause(number):
            score += GOVERNING
        if other in page.sourced:
            score += SOURCE
        if page.mentions[other].quote != page.mentions[number].quote:
            score += QUOTED
        if apart and page.paragraphs[there] == 0 and not page.has_stop(0):
            score += HEADLINE
        return score

    def _bound(self, number: int, other: int) -> bool:
        """Whether both depend on one verb, so that they cannot be the same: in “Roe saw her”, her is not Roe."""
        page = self._page
        functions = {page.function(number), page.function(other)}
        if "possessive" in functions or "modifier" in functions or page.doc[page.mentions[number].head].lower_.endswith("self"):
            return False
        return page.clause(number) == page.clause(other) and page.head(number).i != page.head(other).i and "subject" in functions

    def _clashes(self, number: int, cluster: Cluster) -> bool:
        """Whether the somebody is already another part of the mention's own clause."""
        page = self._page
        start = page.sentences[page.mentions[number].start]
        for other in reversed(cluster.mentions[-6:]):
            if page.sentences[page.mentions[other].start] != start or other == number:
                continue
            if self._bound(number, other) or (page.mentions[number].form == "noun" and self._governs(other, number)):
                return True
        return False

    def _governs(self, other: int, number: int) -> bool:
        """Whether a mention is the subject of a clause that governs the one of another mention.

        Such a subject is taken up by a pronoun, not by a noun: in “Roe wept as the foreman read”, the foreman is not Roe (principle C of
        Chomsky 1981, "Lectures on government and binding").
        """
        page = self._page
        if page.function(other) != "subject" or other > number:
            return False
        token = page.doc[page.clause(number)]
        while token.dep_ in SUBORDINATE and token.head.i != token.i:
            token = token.head
            if token.i == page.clause(other):
                return True
        return False

    def _last_source(self, number: int) -> Cluster | None:
        """The source of the quote before, where this mention is a quote's source."""
        page = self._page
        own = page.sourced.get(number)
        if not own:
            return None
        told = self._last_teller(number)
        if told is not None:
            return told
        for quote in range(min(own) - 1, -1, -1):
            if page.quotes[quote].within is None:
                if page.paragraph_of_quote(min(own)) - page.paragraph_of_quote(quote) > 1:
                    return None
                source, turned = self._clusters.of(page.attributions[quote].mention), self.before_quote(number)
                return source if turned in {source, None} else None
        return None

    def before_quote(self, number: int, *, close: bool = False) -> Cluster | None:
        """The named person whom the sentence right before the quote of a source is about, behind any other quote.

        Args:
            number: The source.
            close: Whether another quote must stand before that sentence in the same paragraph.
        """
        page, own = self._page, self._page.sourced.get(number)
        if not own:
            return None
        quote = min(own)
        outer = next((other for other in range(quote - 1, -1, -1) if page.quotes[other].within is None), None)
        if close and (outer is None or page.paragraph_of_quote(outer) != page.paragraph_of_quote(quote)):
            return None
        begin = 0 if outer is None else page.quotes[outer].outer[1]
        for other in page.last_sentence(begin, page.quotes[quote].start):
            cluster = self._clusters.of(other)
            named = page.mentions[other].form == "name" and cluster is not None and cluster.type == "person"
            if named and page.function(other) == "subject":
                return cluster
        return None

    def _last_teller(self, number: int) -> Cluster | None:
        """Whom a sentence since the quote before names as having said something, in the mention's own paragraph."""
        page = self._page
        start = page.mentions[number].start
        first = min(page.sourced[number])
        begin = page.quotes[first].start
        for other in reversed(range(number)):
            mention = page.mentions[other]
            if mention.quote is not None:
                if page.quotes[mention.quote].start < begin:
                    return None
                continue
            if page.paragraphs[mention.start] != page.paragraphs[start]:
                return None
            verb = page.head(other).head
            named = mention.form == "name" and page.function(other) == "subject"
            if named and is_reporting(verb) and page.sentences[mention.start] < page.sentences[start]:
                return self._clusters.of(other)
        return None
