"""Gender: what names, nouns and forms of address tell."""

import spacy

from quoteapi.findings import Mention
from quoteapi.speakers.gender import address_gender, given_name_gender, name_gender, word_gender


def test_a_first_name_tells_where_most_bearers_agree() -> None:
    """Susan and David tell, Jordan does not, and of a double name the first part does."""
    assert given_name_gender("susan") == "f"
    assert given_name_gender("david") == "m"
    assert given_name_gender("jordan") is None
    assert given_name_gender("mary-lou") == "f"
    assert given_name_gender("xqz") is None


def test_a_slavic_family_name_tells() -> None:
    """Petrova is a woman's; Petrov leaves open whether Valeri is one."""
    assert name_gender("Sasha Petrova", ("sasha", "petrova")) == "f"
    assert name_gender("Valeri Petrov", ("valeri", "petrov")) is None
    assert name_gender("Susan Roe", ("susan", "roe")) == "f"


def test_a_letter_that_english_lacks_makes_another_name() -> None:
    """Asa is a man's name in the US; Åsa is not that name. An accent makes no other one of José."""
    assert name_gender("Asa Roe", ("asa", "roe")) == "m"
    assert name_gender("Åsa Roe", ("asa", "roe")) is None
    assert name_gender("José Roe", ("jose", "roe")) == "m"


def test_a_noun_tells() -> None:
    """A spokeswoman is she, Mr. is he, a senator is either."""
    assert word_gender("spokeswoman") == "f"
    assert word_gender("Mr.") == "m"
    assert word_gender("senator") is None


def test_the_form_of_address_before_a_name_tells() -> None:
    """Congresswoman Dr. Roe is a woman; a woman elsewhere in the sentence tells nothing."""
    doc = spacy.blank("en")("The woman saw Congresswoman Dr. Roe and Mr. Doe and Kent.")
    at = {token.text: token.i for token in doc}
    assert address_gender(doc, mention(at["Roe"])) == "f"
    assert address_gender(doc, mention(at["Doe"])) == "m"
    assert address_gender(doc, mention(at["Kent"])) is None


def mention(token: int) -> Mention:
    """A name of one token."""
    return Mention(token, token + 1, token, "name", "person")


def test_a_family_name_first_tells_nothing() -> None:
    """Dang is no man's given name there; Thi is a woman's middle name."""
    assert name_gender("Dang Thi Hoa", ("dang", "thi", "hoa")) == "f"
    assert name_gender("Dang Hoa", ("dang", "hoa")) is None
