"""Descriptions: names and roles as the upper layers tag them."""

import numpy as np
import pytest
from spacy.language import Language

from quoteapi.encoder import Encoder, point
from quoteapi.encoder.descriptions import best_tags, stretches
from quoteapi.encoder.tags import NAMES, ROLES
from quoteapi.quotes import find_quotes

TEXT = "“The wall will hold,” said Marta Vell, the chief engineer of the Kelby Harbour Board. Vell has been with the board since May."


def test_names_and_roles_are_tagged(nlp: Language, encoder: Encoder) -> None:
    """A person, a body, and what she is; the role points at her name."""
    doc = nlp(TEXT)
    told = point(doc, find_quotes(TEXT), encoder).descriptions
    assert told is not None
    assert ("Marta Vell", "PERSON") in [(doc[name.start : name.end].text, name.label) for name in told.names]
    (role,) = [role for role in told.roles if "chief engineer" in doc[role.start : role.end].text]
    assert doc[max(role.holders, key=role.holders.__getitem__)].text in {"Marta", "Vell"}
    assert (role.status, role.best > 0.5) == ("current", True)


def test_a_stretch_never_goes_on_without_a_beginning() -> None:
    """However strongly a token is taken to go on with one."""
    scores = np.array([[0.0, -9.0, 2.0], [0.0, -9.0, 2.0]], dtype=np.float32)
    assert best_tags(scores, ROLES) == [0, 0]


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ("O B-PERSON I-PERSON O", [(1, 3, "PERSON")]),
        ("B-PERSON B-PERSON O B-ORG", [(0, 1, "PERSON"), (1, 2, "PERSON"), (3, 4, "ORG")]),
        ("O O O O", []),
    ],
)
def test_tags_make_stretches(blank: Language, tags: str, expected: list[tuple[int, int, str]]) -> None:
    """One from each beginning on, as far as it goes on."""
    assert list(stretches(blank("one two three four"), [NAMES.index(tag) for tag in tags.split()], NAMES)) == expected
