"""The joining of mentions: names first, then noun phrases and pronouns in reading order, quoted ones last."""

from collections.abc import Sequence
from itertools import chain

from spacy.tokens import Doc

from quoteapi.constructions.runs import is_time
from quoteapi.encoder import Pointing
from quoteapi.findings import Attribution, FoundQuote, FoundSpeaker, Mention
from quoteapi.knowledge import entries
from quoteapi.mentions.phrases import LONGEST, first_break
from quoteapi.speakers import authors, bylines, nominals, pronouns
from quoteapi.speakers.acronyms import without_offices
from quoteapi.speakers.authority import Authority, name_key
from quoteapi.speakers.belongings import Belongings
from quoteapi.speakers.bodies import join_organizations
from quoteapi.speakers.clusters import Cluster, Clusters
from quoteapi.speakers.descriptions import describe, describe_named, predicated
from quoteapi.speakers.discourse import Discourse
from quoteapi.speakers.gender import word_gender
from quoteapi.speakers.handles import join_handles
from quoteapi.speakers.headlines import headline_nouns, introduced, without_capitals
from quoteapi.speakers.interviews import join_labels
from quoteapi.speakers.jointly import Groups, conjuncts, included, joint_sources, together
from quoteapi.speakers.kinds import corrected, tell_names
from quoteapi.speakers.leads import join_lead
from quoteapi.speakers.names import clean, fullest
from quoteapi.speakers.page import Page, labels_of
from quoteapi.speakers.persons import join_persons
from quoteapi.speakers.singular_they import they_persons
from quoteapi.structs import Person, SpeakerType


def join_speakers(  # noqa: PLR0913 - what each stage before has found
    doc: Doc,
    quotes: Sequence[FoundQuote],
    mentions: Sequence[Mention],
    attributions: Sequence[Attribution],
    pointing: Pointing | None = None,
    *,
    authority: Authority | None = None,
) -> list[FoundSpeaker]:
    """Joins the mentions of an article that are one somebody.

    A mention that stands for nobody that the article tells is in no speaker; every other one is in exactly one.

    Args:
        doc: The article; parsed by our pipeline or another one, or bare.
        quotes: Its quotes in reading order.
        mentions: Its mentions in reading order.
        attributions: One for each quote, in the same order.
        pointing: What the encoder tells of the article.
        authority: The newsroom's own list of people.

    Returns:
        The speakers, whether quoted or not, in the order of their first mention.
    """
    labels = labels_of(quotes, attributions)
    told = without_capitals(doc, corrected(doc, mentions, attributions))
    page = Page(doc, quotes, [mentions[n] if n in labels else mention for n, mention in enumerate(told)], attributions, pointing)
    clusters = Clusters()
    persons, bodies = tell_names(page)
    join_persons(page, persons, clusters)
    join_organizations(page, without_offices(page, bodies, clusters), clusters)
    join_handles(page, clusters)
    describe_named(page, clusters)
    join_lead(page, clusters)
    for person in they_persons(page, clusters):
        person.is_they = True
    join_author(page, clusters)
    groups: Groups = {}
    certainty = join_reported(page, clusters, groups)
    join_labels(page, clusters)
    certainty |= join_quoted(page, clusters)
    known = join_listed(clusters, authority or Authority())
    jointly = joint_sources(page, clusters, groups)
    found = [
        FoundSpeaker(
            name=known[cluster][0].name if len(known.get(cluster, ())) == 1 else shown(cluster),
            type=type_of(page, cluster),
            mentions=tuple(sorted(cluster.mentions)),
            certainties=tuple(certainty.get(mention, 1.0) for mention in sorted(cluster.mentions)),
            known=tuple(known.get(cluster, ())),
            members=tuple(min(member.mentions) for member in cluster.members if member.mentions),
            jointly=jointly.get(cluster, {}),
        )
        for cluster in dict.fromkeys([*clusters, *jointly])
    ]
    return sorted(found, key=lambda speaker: first_token(page, speaker))


def type_of(page: Page, cluster: Cluster) -> SpeakerType:
    """What a somebody is; a text whose author the article does not say is a document."""
    nouns = [number for number in cluster.mentions if page.mentions[number].form == "noun"]
    texts = bool(nouns) and all(authors.is_document(page, number) for number in nouns)
    return "document" if cluster.type == "organization" and not cluster.is_named and texts else cluster.type


def first_token(page: Page, speaker: FoundSpeaker) -> tuple[int, bool]:
    """Where a speaker is first mentioned; a group behind the member with whom its words begin."""
    return min(page.mentions[number].start for number in (*speaker.mentions, *chain(*speaker.jointly.values()))), not speaker.mentions


def join_author(page: Page, clusters: Clusters) -> None:
    """Joins the I outside all quotes with whoever wrote the article."""
    writer = clusters.of(bylines.author(page))
    if writer is not None:
        own = (number for number, mention in enumerate(page.mentions) if mention.form == "pronoun" and mention.quote is None)
        writer.is_author = True
        clusters.put_all((number for number in own if page.doc[page.mentions[number].head].lower_ in pronouns.FIRST_PERSON), writer)


def join_reported(page: Page, clusters: Clusters, groups: Groups) -> dict[int, float]:
    """Joins the noun phrases and pronouns in the reporter's own words; returns how sure each antecedent is."""
    discourse, belongings = Discourse(page, clusters), Belongings(page, clusters)
    above = headline_nouns(page)
    for number, mention in enumerate(page.mentions):
        if mention.quote is not None or number in above:
            continue
        if clusters.of(number) is None and number not in page.labels:
            if mention.form == "pronoun":
                cluster = text_meant(page, number, clusters) or clusters.of(authors.writer_inside(page, number))
                cluster = cluster or pronouns.resolve(page, number, clusters, discourse, clusters.of(page.answered.get(number)))
            else:
                cluster = belongings.find(number) or writer_of_one(page, number, clusters, discourse)
                cluster = cluster or noun_cluster(page, number, clusters, discourse, groups)
            if cluster is not None:
                clusters.put(number, cluster)
        if (cluster := clusters.of(number)) is not None:
            belongings.note(number, cluster)
            discourse.see(number, together(page, number, clusters, groups))
    for number in sorted(number for number in above - page.labels.keys() if clusters.of(number) is None):
        documents = number in page.sourced and authors.is_document(page, number)
        means = noun_cluster(page, number, clusters, discourse, groups) if documents else headline_cluster(page, number, clusters)
        if means is not None:
            clusters.put(number, means)
    return discourse.certainty


def headline_cluster(page: Page, number: int, clusters: Clusters) -> Cluster | None:
    """The somebody of a headline's noun phrase: one of the story's, or somebody new."""
    return introduced(page, number, clusters) or somebody_new(page, number)


def noun_cluster(page: Page, number: int, clusters: Clusters, discourse: Discourse, groups: Groups) -> Cluster | None:
    """The somebody of a noun phrase: one spoken of before, a document's author, or somebody new; None for a thing."""
    document = authors.is_document(page, number)
    if document and (writer := authors.author(page, number)) is not None:
        cluster = writers_cluster(page, number, writer, clusters, discourse, groups)
        if cluster is not None:
            describe_document(page, number, cluster)
            return cluster if number in page.sourced else None
        if page.mentions[writer].form == "pronoun":
            return None  # her statement, where nobody is she
    subject = clusters.of(predicated(page, number))
    if subject is not None and subject.type in {"person", "unnamed"}:
        describe(subject, list(page.doc[page.mentions[number].start : page.mentions[number].end]))
        return subject
    if (members := included(page, number, clusters, groups)) is not None:
        for noun in authors.written(page, number):
            members.nouns.setdefault(noun, set())
        return members
    if (cluster := nominals.resolve(page, number, discourse)) is not None:
        return cluster if not document or number in page.sourced else None
    return somebody_new(page, number)


def text_meant(page: Page, number: int, clusters: Clusters) -> Cluster | None:
    """Who wrote the text that *it* stands for where its words are quoted, or the text (A letter lay there. “Dear Sirs,” it begins)."""
    text = authors.text_before(page, number) if pronouns.is_text(page, number) else None
    if text is None:
        return None
    if (writer := authors.author(page, text)) is not None:
        return clusters.of(writer)
    if clusters.of(text) is None:
        clusters.put(text, newcomer(page, text))
    return clusters.of(text)


def writer_of_one(page: Page, number: int, clusters: Clusters, discourse: Discourse) -> Cluster | None:
    """Whose the texts are of which *one* is quoted (“…,” says one of her letters)."""
    owner = authors.owner_of_one(page, number) if number in page.sourced else None
    if owner is not None and clusters.of(owner) is None and page.mentions[owner].form == "pronoun":
        known = pronouns.resolve(page, owner, clusters, discourse)
        if known is not None:
            clusters.put(owner, known)
    return clusters.of(owner)


def writers_cluster(  # noqa: PLR0913, PLR0917 - what is joined so far
    page: Page, number: int, writer: int, clusters: Clusters, discourse: Discourse, groups: Groups
) -> Cluster | None:
    """The somebody of a document's author."""
    if clusters.of(writer) is None and writer > number and page.mentions[writer].form == "noun":
        named = noun_cluster(page, writer, clusters, discourse, groups)  # a statement from the ministry: the ministry is read first
        if named is not None:
            clusters.put(writer, named)
    cluster = together(page, last_conjunct(page, writer), clusters, groups) or clusters.of(writer)
    if cluster is None and number in page.sourced and page.mentions[writer].form == "noun":
        cluster = newcomer(page, writer)  # whoever writes is somebody, whatever the noun (the family)
        clusters.put(writer, cluster)
    return cluster


def somebody_new(page: Page, number: int) -> Cluster | None:
    """Somebody whom a noun phrase brings in; None for a thing."""
    if is_part_of_body(page, number):
        return None
    known = number in page.eligible or (is_somebody(page, number) and not authors.is_document(page, number))
    return newcomer(page, number) if known else None


def is_part_of_body(page: Page, number: int) -> bool:
    """Whether a phrase is *her head* and no more: she shakes it, and nobody leads her by that name."""
    mention = page.mentions[number]
    return mention.end - mention.start == 2 and page.doc[mention.start].tag_ == "PRP$" and page.doc[mention.head].lower_ == "head"  # noqa: PLR2004 - two words


def describe_document(page: Page, number: int, cluster: Cluster) -> None:
    """Notes that a somebody is the author of a document."""
    head = page.doc[page.mentions[number].head]
    cluster.nouns.setdefault((head.lemma_ or head.text).lower(), set())


def is_somebody(page: Page, number: int) -> bool:
    """Whether a noun phrase names people or a body, rather than a thing."""
    return page.mentions[number].type == "organization" or nominals.is_somebody(nominals.noun_of(page, number))


def newcomer(page: Page, number: int) -> Cluster:
    """Somebody whom a noun phrase brings in."""
    mention = page.mentions[number]
    cluster = Cluster(mention.type, shown=clean(page.doc[mention.start : participle_end(page, number)].text))
    head = page.doc[mention.head]
    noun = (head.lemma_ or head.text).lower()
    cluster.nouns[noun] = set(nominals.words(page, number))
    if mention.type == "unnamed" and (told := word_gender(noun)):
        cluster.votes[told] += 2
    return cluster


def participle_end(page: Page, number: int) -> int:
    """The token after a phrase and the participle clause that follows it at once (a man infected with tuberculosis), a day left out."""
    mention = page.mentions[number]
    if mention.end - mention.start > 3 and page.doc[mention.end - 2].lower_ == "on" and is_time(page.doc, mention.end - 1):  # noqa: PLR2004 - a noun and its article before *on Monday*
        return mention.end - 2
    clause = next((child for child in page.doc[mention.head].rights if child.dep_ == "acl" and child.left_edge.i == mention.end), None)
    if clause is None or mention.type != "unnamed" or clause.tag_ not in {"VBN", "VBG"}:
        return mention.end
    return first_break(page.doc, mention.end, min(clause.right_edge.i + 1, mention.end + LONGEST))


def last_conjunct(page: Page, number: int) -> int:
    """The last of the mentions that *and* joins to this one."""
    return conjuncts(page, number)[-1]


def join_quoted(page: Page, clusters: Clusters) -> dict[int, float]:
    """Joins what stands inside quotes: the speaker's I, and the nouns and pronouns to which a quote inside the quote is handed.

    Returns how sure each antecedent is.
    """
    discourse = Discourse(page, clusters)
    for number, mention in enumerate(page.mentions):
        if mention.quote is not None and clusters.of(number) is None:
            cluster = pronouns.first_person(page, number, clusters)
            if cluster is None and number in page.eligible and not is_address(page, number):
                speaker = clusters.of(page.attributions[mention.quote].mention)
                if mention.form == "pronoun":
                    cluster = pronouns.resolve(page, number, clusters, discourse, speaker)
                else:
                    cluster = nominals.resolve(page, number, discourse)
                    cluster = newcomer(page, number) if cluster is None or cluster is speaker else cluster
            if cluster is not None:
                clusters.put(number, cluster)
        if clusters.of(number) is not None:
            discourse.see(number)
    return discourse.certainty


def is_address(page: Page, number: int) -> bool:
    """Whether a quoted noun is but a title, by which the speaker addresses somebody else (Governor, I ask you)."""
    mention = page.mentions[number]
    return mention.form == "noun" and mention.end - mention.start == 1 and page.doc[mention.head].lower_.rstrip(".") in entries("titles")


def join_listed(clusters: Clusters, authority: Authority) -> dict[Cluster, list[Person]]:
    """The entries of the authority list that each somebody may be; two that are the same entry become one."""
    first: dict[int, Cluster] = {}
    found: dict[Cluster, list[Person]] = {}
    names = {cluster: known_names(cluster) for cluster in clusters if cluster.is_named}
    near = authority.about({word for texts in names.values() for text in texts for word in name_key(text)})
    for cluster, texts in names.items():
        bearers = near.bearers(texts)
        if len(bearers) == 1 and id(bearers[0]) in first:
            clusters.merge(first[id(bearers[0])], cluster)
        elif bearers:
            found[cluster] = bearers
            if len(bearers) == 1:
                first[id(bearers[0])] = cluster
    return found


def known_names(cluster: Cluster) -> set[str]:
    """The names by which the authority list may know a named somebody: full ones, and the one to show."""
    return {name.text for name in (*cluster.names, *cluster.quoted_names) if len(name.keys) > 1} | {shown(cluster)}


def shown(cluster: Cluster) -> str:
    """The name to show for a somebody."""
    if cluster.members and not cluster.shown:
        *rest, last = map(shown, cluster.members)
        names = [fullest(member.names) for member in cluster.members if member.names]
        if len({name.family for name in names}) == 1 and all(len(name.keys) == 2 for name in names):  # noqa: PLR2004 - a given and a family name
            rest = [name.partition(" ")[0] for name in rest]
        return f"{', '.join(rest)} and {last}"
    if not cluster.names and not cluster.quoted_names:
        return cluster.shown
    name = fullest(cluster.names or cluster.quoted_names)
    if len(name.keys) == 1 and cluster.quoted_names:
        name = fullest([name, *cluster.quoted_names])
    return name.text
