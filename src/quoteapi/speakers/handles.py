"""Handles: accounts of a network (@janeroe), each joined with its owner where the article tells who that is."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import chain

from quoteapi.speakers.clusters import Cluster, Clusters
from quoteapi.speakers.descriptions import is_person_noun
from quoteapi.speakers.page import Page

NEAR = 4
"""Tokens before a handle among which a word says that it is one (writes under the name @janeroe)."""
CALLED = frozenset({"account", "handle", "handles", "name", "nickname", "pseudonym", "username", "as"})

ANYBODY = frozenset({"another", "someone", "somebody", "one"})


def join_handles(page: Page, clusters: Clusters) -> None:
    """Joins the mentions of each account: with the name beside it, with whom a sentence says to write under it, or with whose name it is.

    Whoever holds an account that the article joins with nobody has the handle for a name, and is unnamed.
    """
    accounts: defaultdict[str, list[int]] = defaultdict(list)
    for number, mention in enumerate(page.mentions):
        if page.doc[mention.start].text.startswith("@"):
            accounts[page.text(number).casefold()].append(number)
    if not accounts:
        return
    names = [number for number, mention in enumerate(page.mentions) if mention.form == "name" and clusters.of(number) is not None]
    starts = {page.mentions[number].start: number for number in names}
    ends = {page.mentions[number].end: number for number in names}
    written = spelt(clusters)
    for handle, numbers in accounts.items():
        told = (beside(page, number, starts, ends) for number in numbers), (called(page, number, names) for number in numbers)
        owners = map(clusters.of, chain(*told))
        letters = "".join(filter(str.isalpha, handle))
        owner = next((owner for owner in owners if owner is not None), None) or written.get(letters)
        holders = [] if owner else [holder for number in numbers if (holder := unnamed(page, number)) is not None]
        apposed = [other for number in numbers if (other := described(page, number)) is not None]
        clusters.put_all([*numbers, *holders, *apposed], owner or Cluster("unnamed", shown=page.text(numbers[0])))


def beside(page: Page, number: int, starts: dict[int, int], ends: dict[int, int]) -> int | None:
    """The name right before a handle, brackets around it or not, or in brackets behind it: Jane Roe (@janeroe); @janeroe (Jane Roe)."""
    start, end = page.mentions[number].start, page.mentions[number].end
    bracketed = start > 0 and page.doc[start - 1].text == "("
    before = ends.get(start - bracketed)
    return starts.get(end + 1) if before is None and end < len(page.doc) and page.doc[end].text == "(" else before


def called(page: Page, number: int, names: Iterable[int]) -> int | None:
    """The last name before a handle in its sentence that the words between say to be an account's: Roe, who posts as @janeroe."""
    start = page.mentions[number].start
    if not any(token.lower_ in CALLED for token in page.doc[max(0, start - NEAR) : start]):
        return None
    own = (n for n in names if page.mentions[n].end <= start and page.sentences[page.mentions[n].start] == page.sentences[start])
    return max(own, default=None)


def unnamed(page: Page, number: int) -> int | None:
    """The *another* or *someone* that is said, right before a handle, to write under it (another, posting as @janeroe, …)."""
    start = page.mentions[number].start
    comma = next((i for i in range(start - 1, max(0, start - NEAR - 1), -1) if page.doc[i].text == ","), 0)
    called = any(token.lower_ in CALLED for token in page.doc[comma + 1 : start])
    return page.by_token.get(comma - 1) if comma and called and page.doc[comma - 1].lower_ in ANYBODY else None


def described(page: Page, number: int) -> int | None:
    """The noun phrase beside a handle and a comma that says who holds the account (@janeroe, a blogger; another user, @janeroe)."""
    mention, doc = page.mentions[number], page.doc
    for other in (number - 1, number + 1):
        if not 0 <= other < len(page.mentions) or page.mentions[other].form != "noun" or page.mentions[other].quote is not None:
            continue
        first, second = (page.mentions[other], mention) if other < number else (mention, page.mentions[other])
        joined = second.start == first.end + 1 and doc[first.end].text == ","
        indefinite = doc[page.mentions[other].start].lower_ in {"a", "an", "another"}
        if joined and indefinite and is_person_noun(doc[page.mentions[other].head].lower_):
            return other
    return None


def spelt(clusters: Clusters) -> dict[str, Cluster]:
    """Full names of persons and bodies as a handle spells them; one that two bear is left out."""
    found: defaultdict[str, set[Cluster]] = defaultdict(set)
    for cluster in clusters:
        keys = [cluster.keys, *(name.keys for name in (*cluster.names, *cluster.quoted_names))]
        for words in keys:
            if len(words) > 1:
                found["".join(filter(str.isalpha, "".join(words)))].add(cluster)
    return {letters: bearers.pop() for letters, bearers in found.items() if len(bearers) == 1}
