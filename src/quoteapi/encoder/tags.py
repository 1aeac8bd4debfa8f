"""Tags: the classes by which the upper layers mark each token as part of a name, of a role, or as the head of a description.

For names and roles, each token begins a span, continues one, or is outside (Ramshaw and Marcus 1995).
"""

from typing import get_args

from quoteapi.structs import SpeakerType, Status

NEVER = -1e4
NAMES = ("O", "B-PERSON", "I-PERSON", "B-ORG", "I-ORG")
ROLES = ("O", "B-ROLE", "I-ROLE")
FOLLOWS = {
    NAMES: (
        (0.0, 0.0, NEVER, 0.0, NEVER),
        (-0.1, -1.4, 1.1, -0.9, NEVER),
        (0.0, -0.8, 0.7, -1.0, NEVER),
        (-0.2, -1.0, NEVER, -0.8, 1.1),
        (-0.1, -0.9, NEVER, -1.1, 1.1),
    ),
    ROLES: ((0.0, 0.0, NEVER), (-0.5, -1.2, 1.1), (-0.3, -0.5, 1.0)),
}
"""Score of each tag (column) after each other (row): 0.3 of their mutual information in annotated articles, chosen on marked-dev."""
ENTITIES: tuple[SpeakerType, ...] = ("person", "organization", "group", "unnamed", "document")
DESCRIPTIONS = ("O", *ENTITIES)
"""What the head of a description describes: an entity of a type, or none that the article identifies."""
STATUSES: tuple[Status, ...] = get_args(get_args(Status)[0])
"""The statuses of a role."""
