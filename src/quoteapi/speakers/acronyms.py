"""Acronyms of offices: the SDM is the sub-divisional magistrate, Jane Roe."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from quoteapi.constructions.beside import beside_name
from quoteapi.speakers.clusters import Cluster, Clusters
from quoteapi.speakers.organizations import acronym_fits, is_acronym, organization_keys
from quoteapi.speakers.page import Page

OFFICES = frozenset({"title", "apposition", "preposed"})


def without_offices(page: Page, bodies: Sequence[int], clusters: Clusters) -> list[int]:
    """The mentions that name organizations, without the acronyms of persons' offices, which join the persons.

    Those are sources of quotes with an article, whose letters begin the words of one person's office and of no body's name.
    """
    named = [organization_keys(page.text(number)) for number in bodies]
    acronyms: defaultdict[str, list[int]] = defaultdict(list)
    for number in bodies:
        if number in page.sourced and is_office_like(page, number):
            acronyms[page.text(number)].append(number)
    held = list(offices(page, clusters)) if acronyms else []
    for text, numbers in acronyms.items():
        holders = {holder for words, holder in held if acronym_fits(text, words)}
        if len(holders) == 1 and not any(acronym_fits(text, keys) for keys in named):
            clusters.put_all(numbers, holders.pop())
    return [number for number in bodies if clusters.of(number) is None]


def is_office_like(page: Page, number: int) -> bool:
    """Whether a mention is an acronym behind an article."""
    start = page.mentions[number].start
    articled = page.doc[start].lower_ == "the" or (start > 0 and page.doc[start - 1].lower_ == "the")
    return articled and is_acronym(page.text(number).removeprefix("the ").removeprefix("The "))


def offices(page: Page, clusters: Clusters) -> Iterator[tuple[list[str], Cluster]]:
    """The words of each person's offices, in lower case."""
    for number, mention in enumerate(page.mentions):
        holder = clusters.of(number)
        if mention.form == "name" and mention.quote is None and holder is not None and holder.type == "person":
            for pattern, (start, end) in beside_name(page.doc, mention.start, mention.end, plural=False):
                if pattern in OFFICES:
                    yield [token.lower_ for token in page.doc[start:end] if token.is_alpha], holder
