"""Headlines: they name their people in short, before the story does, and in capitals that make names of common nouns.

So a headline's nouns (Rescued skipper speaks; UNION REJECTS OFFER) are read last, when the story has said who the skipper is.
"""

from collections.abc import Sequence

from msgspec.structs import replace
from spacy.tokens import Doc, Span

from quoteapi.findings import Mention
from quoteapi.knowledge import entries, meanings
from quoteapi.speakers.clusters import Cluster, Clusters
from quoteapi.speakers.gender import given_name_gender
from quoteapi.speakers.nominals import is_somebody, noun_of
from quoteapi.speakers.organizations import stands_for
from quoteapi.speakers.page import Page

SHORT = 28
"""Tokens of a first block that is a headline whatever it ends with."""
STOPS = frozenset(".?!")
ARTICLES = frozenset({"the", "a", "an"})


def headline_end(doc: Doc) -> int:
    """The first token behind the headline; 0 where the text has none.

    The headline is a first line that does not end as a sentence, or a first short block with an empty line behind it, as feeds write
    headlines with a full stop; one in which somebody said something is a sentence of the story.
    """
    block = next((token.i for token in doc if token.text.count("\n") > 1), 0)
    if 0 < block <= SHORT and not tells(doc[:block]):
        return block
    end = next((token.i for token in doc if "\n" in token.text), 0)
    last = next((token for token in reversed(doc[:end]) if not token.is_quote), None)
    return 0 if last is None or last.text[-1:] in STOPS else end


def tells(block: Span) -> bool:
    """Whether a block ends as a sentence that reports: with words between marks, or in the past tense and with articles."""
    verbs = [token for token in block if token.text in entries("reporting_forms")]
    told = any(token.tag_ == "VBD" for token in verbs) and any(token.text in ARTICLES for token in block)
    return bool(verbs) and (told or any(token.is_quote for token in block)) and block.text.rstrip("”\"'’")[-1:] in STOPS


def without_capitals(doc: Doc, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions, those names of a headline that are common nouns in the story as nouns (UNION, the union)."""
    end = headline_end(doc)
    if not end:
        return list(mentions)
    plain = {token.lower_ for token in doc[end:] if token.is_lower}
    return [common(doc, mention) if mention.end <= end and is_common(doc, mention, plain) else mention for mention in mentions]


def is_common(doc: Doc, mention: Mention, plain: set[str]) -> bool:
    """Whether a name ends in a noun for a job or a body that the story writes with a small letter, and has no first name in it."""
    last = doc[mention.end - 1].lower_
    if mention.form != "name" or last not in plain:
        return False
    given = any(given_name_gender(token.lower_) for token in doc[mention.start : mention.end - 1])
    return (
        mention.form == "name" and not given and last in plain and (last in entries("role_nouns") or last in meanings("organization_nouns"))
    )


def common(doc: Doc, mention: Mention) -> Mention:
    """A name as the noun phrase that it is."""
    body = doc[mention.end - 1].lower_ in meanings("organization_nouns")
    return replace(mention, form="noun", type="organization" if body else "unnamed")


def headline_nouns(page: Page) -> frozenset[int]:
    """The noun phrases of the headline."""
    end = headline_end(page.doc)
    return frozenset(number for number, mention in enumerate(page.mentions) if mention.end <= end and mention.form == "noun")


def introduced(page: Page, number: int, clusters: Clusters) -> Cluster | None:
    """The somebody of the story whom a headline's noun phrase means: called by the same noun there, the one named first."""
    noun = noun_of(page, number)
    kind = page.mentions[number].type

    def fits(cluster: Cluster) -> bool:
        if kind == "organization":
            return bool(cluster.keys) and not cluster.is_place and (noun in cluster.nouns or stands_for(noun, cluster.keys))
        called = noun in cluster.nouns or any(noun_of(page, other) == noun for other in cluster.mentions if other != number)
        return kind == "unnamed" and is_somebody(noun) and cluster.type == "person" and called

    found = [cluster for cluster in clusters if fits(cluster)]
    return min(found, key=lambda cluster: min(cluster.mentions), default=None)
