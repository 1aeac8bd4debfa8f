"""Leads: the somebody whom a story's first sentence describes and whom a later one names.

A Kelby piano tuner has been found out. Jane Roe, 68, confessed … – news says what somebody is before it says who. The headline does the
same in fewer words (Piano tuner confesses).
"""

from collections.abc import Iterator

from quoteapi.knowledge import entries
from quoteapi.speakers.clusters import Cluster, Clusters
from quoteapi.speakers.descriptions import describe, is_plural, words_before
from quoteapi.speakers.gender import word_gender
from quoteapi.speakers.headlines import headline_end
from quoteapi.speakers.page import Page

SENTENCES = 3
"""Sentences from the lead on among which the name stands."""
DATELINE = 14
"""Tokens of a dateline at most."""
DASHES = frozenset({"—", "–", "-", "--", ":"})
SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubjpass"})


def story_start(page: Page) -> int:
    """The first token of the story, behind its headline and its dateline (KELBY, Norland —)."""
    end = headline_end(page.doc)
    start = next((token.i for token in page.doc[end:] if token.text[:1].isalnum()), 0)
    if start >= len(page.doc):
        return start
    dash = next((token.i for token in page.doc[start : start + DATELINE] if token.text in DASHES), None)
    return dash + 1 if dash is not None and page.doc[start].is_upper and len(page.doc[start]) > 1 else start


def join_lead(page: Page, clusters: Clusters) -> None:
    """Joins the subject of the first sentence, a noun for an office or a job, with the person whom the next sentences name as theirs."""
    body = story_start(page)
    opening = next((number for number in reported(page, body) if is_described(page, number, body)), None)
    if opening is None:
        return
    first = page.sentences[page.mentions[opening].start]
    for number in reported(page, page.mentions[opening].end):
        mention = page.mentions[number]
        if page.sentences[mention.start] - first >= SENTENCES:
            return
        cluster = clusters.of(number)
        if mention.form != "name" or cluster is None or cluster.type != "person":
            continue
        if page.sentences[mention.start] == first or not fits(page, opening, number, cluster):
            return
        clusters.put(opening, cluster)
        describe(cluster, list(page.doc[page.mentions[opening].start : page.mentions[opening].end]))
        return


def reported(page: Page, start: int) -> Iterator[int]:
    """The mentions from a token on that are the reporter's own."""
    return (number for number, mention in enumerate(page.mentions) if mention.quote is None and mention.start >= start)


def is_described(page: Page, number: int, body: int) -> bool:
    """Whether a mention opens the body as its subject and names one person by office or job."""
    mention = page.mentions[number]
    if mention.form != "noun" or mention.start > body + 1 or page.head(number).dep_ not in SUBJECTS or is_plural(page, number):
        return False
    return page.doc[mention.head].lower_ in entries("role_nouns")


def fits(page: Page, opening: int, number: int, cluster: Cluster) -> bool:
    """Whether a name is the lead's: the subject of its own sentence or a quote's source, described by nothing else, of no other gender."""
    told = word_gender(page.doc[page.mentions[opening].head].lower_)
    subject = (
        page.head(number).dep_ in SUBJECTS
        and page.sentences[page.mentions[number].start] != page.sentences[page.mentions[number - 1].start]
    )
    first = min(cluster.mentions) == number
    described = bool(cluster.nouns) or bool(words_before(page, number))
    return first and (subject or number in page.sourced) and not described and (told is None or cluster.gender in {told, None})
