"""First-person pronouns: inside a quote, they refer to its speaker."""

from quoteapi.speakers.entities import Entities, Entity
from quoteapi.speakers.mention_context import MentionContext

FIRST_PERSON = frozenset({"i", "me", "my", "mine", "myself"})
FIRST_PLURAL = frozenset({"we", "us", "our", "ours", "ourselves"})


def first_person(context: MentionContext, number: int, entities: Entities) -> Entity | None:
    """Returns the speaker of the quote in which I stands, or we if an organization or a group speaks."""
    mention = context.mentions[number]
    word = context.doc[mention.head].lower_
    if mention.quote is None or word not in FIRST_PERSON | FIRST_PLURAL:
        return None
    speaker = entities.of(context.attributions[mention.quote].mention)
    if speaker is not None and word in FIRST_PLURAL and speaker.type not in {"organization", "group"}:
        return None
    return speaker
