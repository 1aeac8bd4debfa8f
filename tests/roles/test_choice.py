"""The choice among a speaker's roles, or of none."""

from msgspec.structs import replace

from quoteapi.findings import FoundRole
from quoteapi.roles.choice import Candidate, Choice, TagEvidence, features_of, packaged_choice, ranked

MAYOR = Candidate(FoundRole((10, 19), pattern="apposition"), (3, 5), near="same", belief=0.95, tagged=TagEvidence(0.95, 0.9))
SUMMER = Candidate(FoundRole((0, 11), pattern="title"), (0, 2), near="alone", belief=0.01)


def test_a_score_adds_up_what_is_told() -> None:
    """Each trait counts by its weight; one that no weight is known for counts nothing."""
    assert Choice({"type person": 1.0, "built title": -0.5, "belief": 0.0}).score(SUMMER, "person") == 0.5


def test_what_the_encoder_did_not_read_is_no_trait() -> None:
    """So that a text without an encoder's word is judged by its constructions alone."""
    names = dict(features_of(Candidate(FoundRole((10, 19), pattern="apposition"), (3, 5)), "person"))
    assert not {"belief", "tagged", "borne", "best"} & set(names)
    assert not any(name.startswith("near") for name in names)


def test_a_description_that_both_find_is_above_one_that_the_encoder_takes_for_none() -> None:
    """Under the weights that ship: a role beats a season before the name, which is none."""
    (first, mayor), (second, summer) = ranked([SUMMER, MAYOR], "person")
    assert (mayor, summer) == (MAYOR, SUMMER)
    assert first > 0 > second


def test_what_somebody_else_says_of_a_speaker_counts_less() -> None:
    """Words inside a quote."""
    choice = packaged_choice()
    assert choice.score(replace(MAYOR, quoted=True), "person") < choice.score(MAYOR, "person")
