"""Bylines: the author of an article, to whom first-person pronouns outside quotes refer.

A byline is a line of its own above the text (“By Jane Roe”). The last line of an essay may name its author (Jane Roe teaches history in
Kelby).
"""

from quoteapi.speakers.mention_context import MentionContext

FIRST_PERSON = frozenset({"i", "me", "my"})
MAX_PARAGRAPHS = 5
"""Number of paragraphs at the top among which a byline may stand."""
LONGEST = 12
"""Maximum length of a byline, in tokens."""
CLOSES = frozenset({"faithfully", "sincerely", "truly", "regards", "respectfully", "yours"})
MIN_FIRST_PERSON = 2
"""Minimum number of first-person pronouns outside quotes for the last line to be read as naming the author."""
SUBJECTS = frozenset({"nsubj", "nsubj:outer"})


def author(context: MentionContext) -> int | None:
    """Returns the mention that names the article's author; None if no line does."""
    names = [
        number
        for number, mention in enumerate(context.mentions)
        if mention.form == "name" and mention.type == "person" and mention.quote is None
    ]
    found = next((number for number in names if is_byline(context, number) or is_signature(context, number)), None)
    return closing_name(context, names) if found is None else found


def is_byline(context: MentionContext, number: int) -> bool:
    """Whether a name follows *By* in a short line near the top."""
    start = context.mentions[number].start
    if context.paragraphs[start] >= MAX_PARAGRAPHS or start == 0 or context.doc[start - 1].lower_ != "by":
        return False
    opens = start == 1 or context.paragraphs[start - 2] != context.paragraphs[start] or context.doc[start - 2].is_space
    end = next((i for i in range(start, len(context.doc)) if context.paragraphs[i] != context.paragraphs[start]), len(context.doc))
    return opens and end - start <= LONGEST


def is_signature(context: MentionContext, number: int) -> bool:
    """Whether a name stands on the line below the complimentary close of a letter (Yours faithfully,)."""
    start = context.mentions[number].start
    before = list(context.doc[max(0, start - 4) : start])
    breaks = any("\n" in token.text for token in before)
    return breaks and any(token.lower_ in CLOSES for token in before)


def closing_name(context: MentionContext, names: list[int]) -> int | None:
    """Returns the name that opens the last paragraph as its subject, in an article written in the first person."""
    said = sum(m.form == "pronoun" and m.quote is None and context.doc[m.head].lower_ in FIRST_PERSON for m in context.mentions)
    if said < MIN_FIRST_PERSON or not len(context.doc):
        return None
    last = context.paragraphs[-1]
    opening = next((number for number in names if context.paragraphs[context.mentions[number].start] == last), None)
    if opening is None:
        return None
    first = next(token for token in context.doc if context.paragraphs[token.i] == last and not token.is_space)
    return opening if context.mentions[opening].start == first.i and context.head(opening).dep_ in SUBJECTS else None
