"""Pronoun: the third-person pronoun that an article itself uses for a speaker.

The evidence is the speaker's chain of mentions alone. Nothing is inferred from a given name, a title or a role.
"""

from collections.abc import Sequence

from spacy.tokens import Doc

from quoteapi.findings import FoundSpeaker, Mention
from quoteapi.structs import Pronoun

FORMS: dict[str, Pronoun] = {
    **dict.fromkeys(("she", "her", "hers", "herself"), "she"),
    **dict.fromkeys(("he", "him", "his", "himself"), "he"),
    **dict.fromkeys(("they", "them", "their", "theirs", "themself"), "they"),
}
MIN_WEIGHT = 0.7
"""Minimum sum of the certainties of a pronoun's mentions; chosen on annotated articles."""
SHARE = 0.75
"""Minimum share of the pronoun in the certainties of all pronouns: a chain that mixes *he* and *she* has an error."""


def pronoun_of(doc: Doc, speaker: FoundSpeaker, mentions: Sequence[Mention]) -> Pronoun | None:
    """Returns the pronoun that the article uses for a person, named or not; None if it uses none, or if the mentions contradict each other.

    Args:
        doc: The article.
        speaker: The speaker; groups, organizations and documents have no pronoun.
        mentions: All mentions, into which the speaker's indices point.
    """
    if speaker.type not in {"person", "unnamed"}:
        return None
    weights: dict[Pronoun, float] = {}
    certainties = speaker.certainties or (1.0,) * len(speaker.mentions)
    for number, certainty in zip(speaker.mentions, certainties, strict=True):
        form = FORMS.get(doc[mentions[number].head].lower_) if mentions[number].form == "pronoun" else None
        if form is not None:
            weights[form] = weights.get(form, 0.0) + certainty
    best = max(weights, key=weights.__getitem__, default=None)
    return best if best is not None and weights[best] >= max(MIN_WEIGHT, SHARE * sum(weights.values())) else None
