"""Kinds of names: the article as a whole corrects the finder of names."""

import spacy
from spacy.tokens import Doc, Span

from quoteapi.findings import Attribution, Mention
from quoteapi.speakers.kinds import corrected, tell_names
from quoteapi.speakers.page import Page


def page_of(words: str, names: dict[str, str], nouns: tuple[str, ...] = ()) -> Page:
    """A page of words parted by spaces, whose names carry these labels and whose nouns are mentions."""
    tokens = words.split()
    doc = Doc(spacy.blank("en").vocab, words=tokens, pos=["PROPN" if token[0].isupper() else "X" for token in tokens])
    kinds = {"PERSON": "person", "ORG": "organization", "GPE": "organization"}
    mentions: list[Mention] = []
    spans: list[Span] = []
    for phrase in (*names, *nouns):
        parts = phrase.split()
        start = next(i for i in range(len(tokens)) if tokens[i : i + len(parts)] == parts and not any(s.start <= i < s.end for s in spans))
        end = start + len(parts)
        if phrase in names:
            spans.append(Span(doc, start, end, label=names[phrase]))
            mentions.append(Mention(start, end, end - 1, "name", "person" if names[phrase] == "PERSON" else "organization"))
            assert kinds[names[phrase]] == mentions[-1].type
        else:
            mentions.append(Mention(start, end, end - 1, "noun", "unnamed"))
    doc.set_ents(sorted(spans))
    return Page(doc, [], corrected(doc, mentions, []), [])


def persons(page: Page) -> list[str]:
    """The names that are taken for persons'."""
    return [name.text for name in tell_names(page)[0].values()]


def test_a_title_inside_a_name_is_cut() -> None:
    """The United States Secretary of State Jane Roe is Jane Roe, whatever the label."""
    words = "Then United States Secretary of State Jane Roe left ."
    assert persons(page_of(words, {"United States Secretary of State Jane Roe": "PERSON"})) == ["Jane Roe"]
    assert persons(page_of(words, {"United States Secretary of State Jane Roe": "ORG"})) == ["Jane Roe"]


def test_a_bare_family_name_is_its_bearer() -> None:
    """Roe, taken for an organization or for no name at all, is Jane Roe."""
    words = "Jane Roe left . Later Roe came back ."
    assert persons(page_of(words, {"Jane Roe": "PERSON", "Roe": "ORG"})) == ["Jane Roe", "Roe"]
    assert persons(page_of(words, {"Jane Roe": "PERSON"}, ("Roe",))) == ["Jane Roe", "Roe"]


def test_a_body_is_no_person() -> None:
    """Kent Police, labelled as a person, is an organization; Emily Post is not."""
    assert persons(page_of("Then Kent Police left .", {"Kent Police": "PERSON"})) == []
    assert persons(page_of("Then Emily Post left .", {"Emily Post": "PERSON"})) == ["Emily Post"]


def test_what_dates_a_sentence_is_no_name() -> None:
    """Monday Roe is Roe, April Roe is April Roe."""
    assert persons(page_of("Then Monday Roe left .", {"Monday Roe": "PERSON"})) == ["Roe"]
    assert persons(page_of("Then April Roe left .", {"April Roe": "PERSON"})) == ["April Roe"]


def test_a_rank_of_two_words_is_cut() -> None:
    """Though Lance is a first name, too."""
    assert persons(page_of("Then Lance Corporal Jane Roe left .", {"Lance Corporal Jane Roe": "PERSON"})) == ["Jane Roe"]


def test_initials_are_a_bodys() -> None:
    """KHA, taken for a person, is an organization; the label of a turn is a person's name."""
    assert persons(page_of("Then KHA left .", {"KHA": "PERSON"})) == []
    assert persons(page_of("ROE : We left .", {"ROE": "PERSON"})) == ["ROE"]


def test_a_thing_stays_a_thing() -> None:
    """A capitalised noun that nobody bears is not made a name, unless a quote is handed to it."""
    page = page_of("Jane Roe left . Xylo fell .", {"Jane Roe": "PERSON"}, ("Xylo",))
    assert persons(page) == ["Jane Roe"]
    source = Attribution(mention=1, cue=None, addressee=None, probability=1.0, method="cue")
    assert [mention.form for mention in corrected(page.doc, page.mentions, [source])] == ["name", "name"]
