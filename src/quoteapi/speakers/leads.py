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
from quoteapi.speakers.page import SUBJECTS, Page

SENTENCES = 3
"""Sentences from the lead on among which the name stands."""
DATELINE = 14
"""Tokens of a dateline at most."""
DASHES = frozenset({"—", "–", "-", "--", ":"})


def story_start(page: Page) -> int:
    """The first token of the story, behind its headline and its dateline (KELBY, Norland —)."""
    end = headline_end(page.doc)
    start = next((token.i for token in page.doc[end:] if token.text[:1].isalnum()), 0)
    if start >= len(page.doc):
        return start
    dash = next((token.i for token in page.doc[start : start + DATELINE] if token.text in DASHES), None)
    return dash + 1 if dash is not None and page.doc[start].is_upper and len(page.doc[start]) > 1 else start


def join_lead(page: Page, clusters: Clusters) -> None:
    """Joins what the story's first sentences call somebody, by office or job, with the person whom the next ones name as theirs."""
    body = story_start(page)
    for named_after in (opened, brought_in, before_quote):
        pair = named_after(page, clusters, body)
        if pair is not None:
            join(page, clusters, *pair)
            break
    for number in reported(page, body):
        if number in page.sourced and page.mentions[number].form == "name":
            described = described_before(page, clusters, number, body)
            if described is not None:
                join(page, clusters, described, clusters.of(number))


def join(page: Page, clusters: Clusters, opening: int, cluster: Cluster | None) -> None:
    """Joins a description with the somebody whom it is of."""
    if cluster is not None:
        clusters.put(opening, cluster)
        describe(cluster, list(page.doc[page.mentions[opening].start : page.mentions[opening].end]))


def described_before(page: Page, clusters: Clusters, number: int, body: int) -> int | None:
    """The subject of the sentence right before a quote, where it is whose source a name is that nothing else introduces.

    His deputy went further. “Never,” said Jane Roe. – It says whose office it is, and nobody has been called so before.
    """
    cluster = clusters.of(number)
    if cluster is None or cluster.type != "person":
        return None
    quote = page.quotes[min(page.sourced[number])].outer[0]
    if quote > page.doc[page.mentions[number].start].idx:
        return None
    opening = job_before(page, clusters, number, body)
    if opening is None:
        return None
    phrase = page.doc[page.mentions[opening].start : page.mentions[opening].end]
    owned = any(token.tag_ in {"POS", "PRP$"} or token.lower_ == "of" for token in phrase)
    if not owned or not fits(page, clusters, opening, number, body):
        return None
    noun = page.doc[page.mentions[opening].head].lemma_.lower()
    words = {token.lower_ for token in phrase if token.is_alpha and not token.is_stop} - {noun}
    return None if any(words <= other.nouns[noun] for other in clusters if noun in other.nouns) else opening


def job_before(page: Page, clusters: Clusters, number: int, body: int) -> int | None:
    """The one subject, by office or job, of the sentence right before a source's quote, in the source's paragraph and nobody's so far."""
    if body >= len(page.doc):
        return None
    inside = page.last_sentence(page.doc[body].idx, page.quotes[min(page.sourced[number])].outer[0])
    jobs = [n for n in inside if clusters.of(n) is None and is_job(page, n) and page.function(n) == "subject"]
    near = len(jobs) == 1 and page.paragraphs[page.mentions[jobs[0]].start] == page.paragraphs[page.mentions[number].start]
    return jobs[0] if near else None


def opened(page: Page, clusters: Clusters, body: int) -> tuple[int, Cluster] | None:
    """The subject with which the story opens, and the first person whom the next sentences name (A tuner has been found out. Jane Roe)."""
    opening = next((number for number in reported(page, body) if is_described(page, number, body)), None)
    named = None if opening is None else named_next(page, clusters, opening)
    if opening is None or named is None:
        return None
    return (opening, named[1]) if fits(page, clusters, opening, named[0], body) else None


def brought_in(page: Page, clusters: Clusters, body: int) -> tuple[int, Cluster] | None:
    """Somebody whom the first sentence brings in, and whom the next one names with an age (… paid a driver. Jane Roe, 58, said)."""
    first = page.sentences[body] if body < len(page.doc) else 0
    inside = [n for n in reported(page, body) if page.sentences[page.mentions[n].start] == first and is_job(page, n)]
    new = [number for number in inside if page.doc[page.mentions[number].start].lower_ in {"a", "an"}]
    named = named_next(page, clusters, new[0]) if len(new) == 1 else None
    if named is None or not is_aged(page, named[0]):
        return None
    return (new[0], named[1]) if fits(page, clusters, new[0], named[0], body) else None


def before_quote(page: Page, clusters: Clusters, body: int) -> tuple[int, Cluster] | None:
    """The one subject before a quote, and the first person of the story, to whom the quote is handed (The coach is calm. “…,” Roe said)."""
    number = next((n for n in reported(page, body) if n in page.sourced and page.mentions[n].form == "name"), None)
    cluster = clusters.of(number)
    if number is None or cluster is None or cluster.type != "person":
        return None
    quote = page.quotes[min(page.sourced[number])].outer[0]
    before = [n for n in reported(page, body) if page.doc[page.mentions[n].start].idx < quote]
    last = max((page.sentences[page.mentions[n].start] for n in before), default=0)
    if quote > page.doc[page.mentions[number].start].idx or any(names_other(page, clusters, n, cluster, last) for n in before):
        return None
    opening = job_before(page, clusters, number, body)
    return (opening, cluster) if opening is not None and fits(page, clusters, opening, number, body) else None


def named_next(page: Page, clusters: Clusters, opening: int) -> tuple[int, Cluster] | None:
    """The first person named in the sentences after a mention's; None where its own sentence names one."""
    first = page.sentences[page.mentions[opening].start]
    for number in reported(page, page.mentions[opening].end):
        mention, cluster = page.mentions[number], clusters.of(number)
        if page.sentences[mention.start] - first >= SENTENCES:
            return None
        if mention.form == "name" and cluster is not None and cluster.type == "person":
            return None if page.sentences[mention.start] == first else (number, cluster)
    return None


def names_other(page: Page, clusters: Clusters, number: int, cluster: Cluster, sentence: int) -> bool:
    """Whether a mention before a sentence names a person other than a somebody."""
    other = clusters.of(number)
    named = page.mentions[number].form == "name" and other is not None and other.type == "person" and other is not cluster
    return named and page.sentences[page.mentions[number].start] < sentence


def reported(page: Page, start: int) -> Iterator[int]:
    """The mentions from a token on that are the reporter's own."""
    return (number for number, mention in enumerate(page.mentions) if mention.quote is None and mention.start >= start)


def is_described(page: Page, number: int, body: int) -> bool:
    """Whether a mention opens the body as its subject and names one person by office or job."""
    return page.mentions[number].start <= body + 1 and page.head(number).dep_ in SUBJECTS and is_job(page, number)


def is_job(page: Page, number: int) -> bool:
    """Whether a mention is a noun for one person's office or job."""
    mention = page.mentions[number]
    return mention.form == "noun" and not is_plural(page, number) and page.doc[mention.head].lower_ in entries("role_nouns")


def is_aged(page: Page, number: int) -> bool:
    """Whether an age stands behind a name (Jane Roe, 58, said)."""
    after = page.doc[page.mentions[number].end : page.mentions[number].end + 3]
    return len(after) == 3 and after[0].text == "," and after[1].like_num and after[2].is_punct  # noqa: PLR2004 - comma, age, comma


def fits(page: Page, clusters: Clusters, opening: int, number: int, body: int) -> bool:
    """Whether a name is the lead's: the subject of its own sentence or a quote's source, described by nothing else, of no other gender."""
    cluster = clusters.of(number)
    noun = page.doc[page.mentions[opening].head].lemma_.lower()
    plain = entries("courtesies")
    described = cluster is not None and any(words - plain for words in cluster.nouns.values())
    titled = any(word.is_alpha and word.lower_ not in plain for word in words_before(page, number))
    if cluster is None or ((described or titled) and noun not in cluster.nouns):
        return False
    if any(page.mentions[other].form == "noun" and page.mentions[other].quote is None for other in cluster.mentions):
        return False
    told = word_gender(page.doc[page.mentions[opening].head].lower_)
    subject = (
        page.head(number).dep_ in SUBJECTS
        and page.sentences[page.mentions[number].start] != page.sentences[page.mentions[number - 1].start]
    )
    first = next((other for other in sorted(cluster.mentions) if page.mentions[other].start >= body), None) == number
    return first and (subject or number in page.sourced) and (told is None or cluster.gender in {told, None})
