"""Belongings: somebody told by whose they are (her father, Roe's lawyer), the same person wherever the same one has them.

Parents named together are told apart by their first names: in “my parents, John and Jane Roe”, my father is John.
"""

from collections.abc import Hashable

from quoteapi.speakers.clusters import Cluster, Clusters
from quoteapi.speakers.descriptions import is_person_noun, is_plural
from quoteapi.speakers.gender import word_gender
from quoteapi.speakers.page import FUNCTIONS, Page

WRITER = "writer"
"""Whose the writer's own are, in an article that says my."""
OWN = frozenset({"my", "our"})
FATHERS = frozenset({"father", "dad", "daddy", "papa"})
MOTHERS = frozenset({"mother", "mom", "mum", "mama", "mommy", "mummy"})


class Belongings:
    """Who is whose in an article, as far as it is read.

    Args:
        page: The article.
        clusters: What is joined so far; the names are.
    """

    def __init__(self, page: Page, clusters: Clusters) -> None:
        self._page = page
        self._clusters = clusters
        self._known: dict[tuple[Hashable, str], Cluster | None] = {}
        for number, mention in enumerate(page.mentions):
            if mention.quote is None and page.doc[mention.head].lower_ == "parents":
                self._note_parents(number)

    def find(self, number: int) -> Cluster | None:
        """The person whom a noun phrase with a possessor took up or named before; None where it has none, or is new."""
        key = self._key(number)
        return None if key is None else self._known.get(key)

    def note(self, number: int, cluster: Cluster) -> None:
        """Remembers whose a mentioned person is; of two who are called the same, neither is."""
        key = self._key(number)
        if key is not None and cluster.type in {"person", "unnamed"}:
            self._known[key] = cluster if self._known.get(key, cluster) is cluster else None

    def _key(self, number: int) -> tuple[Hashable, str] | None:
        """Whose a person is, and the words behind that; a noun for a father or a mother as one word."""
        mention, doc = self._page.mentions[number], self._page.doc
        noun = doc[mention.head].lower_
        if mention.form != "noun" or is_plural(self._page, number) or not is_person_noun(noun):
            return None
        owner = self._owner(number)
        words = " ".join(token.lower_ for token in doc[mention.start : mention.end] if token.tag_ not in {"PRP$", "POS", "DT", "NNP"})
        kind = "father" if noun in FATHERS else "mother" if noun in MOTHERS else words
        return None if owner is None else (owner, kind)

    def _owner(self, number: int) -> Hashable | None:
        """Whose a noun is."""
        head = self._page.doc[self._page.mentions[number].head]
        owner = next((child for child in head.lefts if FUNCTIONS.get(child.dep_) == "possessive"), None)
        if owner is None:
            return None
        if owner.lower_ in OWN:
            return WRITER
        return self._clusters.of(self._page.by_token.get(owner.i))

    def _note_parents(self, number: int) -> None:
        """Remembers the two whose names follow the word *parents* as father and mother."""
        page = self._page
        end = page.mentions[number].end
        first = page.by_token.get(end + (page.doc[end].text == ",") if end < len(page.doc) else end)
        link = len(page.doc) if first is None else page.mentions[first].end
        second = page.by_token.get(link + 1) if link < len(page.doc) and page.doc[link].lower_ == "and" else None
        named = [cluster for other in (first, second) if (cluster := self._clusters.of(other)) is not None]
        owner = self._owner(number)
        for kind in ("father", "mother"):
            of_kind = [cluster for cluster in named if cluster.gender == word_gender(kind)]
            if owner is not None and len(named) == 2 and len(of_kind) == 1:  # noqa: PLR2004 - parents are two
                self._known[(owner, kind)] = of_kind[0]
