"""Coreference: mentions that refer to one entity, on articles read by the packaged pipeline."""

from collections.abc import Callable
from random import Random

import pytest
import spacy
from spacy.language import Language

from quoteapi.engine import QuoteEngine
from quoteapi.findings import Attribution, FoundSpeaker
from quoteapi.mentions import find_mentions
from quoteapi.quotes import find_quotes
from quoteapi.speakers import join_speakers
from quoteapi.structs import Article, Person

Join = Callable[..., Callable[[str], FoundSpeaker | None]]

COUNCIL = (
    "Mayor Helen Harrow met reporters on Monday. Her husband, Peter Harrow, stood beside her.\n\n"
    "“We will rebuild the harbour,” Mrs. Harrow said. “I promise it.”\n\n"
    "“It will cost a lot,” Mr. Harrow said later."
)


def name(speaker: FoundSpeaker | None) -> str | None:
    """The speaker's name."""
    return speaker.name if speaker else None


def test_a_short_name_gets_its_fullest_form(join: Join) -> None:
    """Oduya is Marta Oduya, without the title."""
    at = join("Senator Marta Oduya arrived in London on Friday. Oduya said the bill was dead.")
    assert name(at("Oduya said")) == "Marta Oduya"


def test_a_given_name_that_may_be_a_title_is_kept(join: Join) -> None:
    """The encoder takes Dean and Earl for a part of the name."""
    at = join("Economist Dean Oduya arrived in London with Earl Harrow on Friday. Oduya said the bill was dead, and Harrow agreed.")
    assert (name(at("Oduya said")), name(at("Harrow agreed"))) == ("Dean Oduya", "Earl Harrow")


def test_spouses_are_told_by_their_form_of_address(join: Join) -> None:
    """Mrs. Harrow is Helen, Mr. Harrow is Peter."""
    at = join(COUNCIL, "Harrow said.", "Harrow said.", "Harrow said later")
    assert name(at("Harrow said.")) == "Helen Harrow"
    assert name(at("Harrow said later")) == "Peter Harrow"


def test_a_pronoun_is_whom_its_gender_allows(join: Join) -> None:
    """She is not the man who was named last."""
    at = join("Susan Miller met David Cole in Boston. “The talks went well,” she said.", "she said")
    assert name(at("she said")) == "Susan Miller"
    at = join("Susan Miller met David Cole in Boston. “The talks went well,” he said.", "he said")
    assert name(at("he said")) == "David Cole"


def test_the_source_of_the_quote_before_goes_on(join: Join) -> None:
    """He said follows the one who spoke last."""
    text = "“The talks went well,” David Cole said of his meeting with Peter Miller.\n\n“It was a start,” he said."
    assert name(join(text, "David Cole", "he said")("he said")) == "David Cole"


def test_i_is_the_speaker(join: Join) -> None:
    """I inside a quote joins its source."""
    text = "“I saw the wave,” said David Cole."
    at = join(text, "David Cole")
    assert name(at("I saw")) == "David Cole"


def test_an_acronym_joins_its_name(join: Join) -> None:
    """SEC is the Securities and Exchange Commission, which shows no article."""
    at = join("The Securities and Exchange Commission sued on Friday. The SEC said the fund had lied.")
    found = at("SEC said")
    assert name(found) == "Securities and Exchange Commission"
    assert found
    assert found.type == "organization"


def test_unnamed_sources_stay_apart(join: Join) -> None:
    """Two spokesmen are two; the spokesman is the one before."""
    text = (
        "“We are ready,” said a spokesman for the ministry.\n\n“We are not,” said a spokesman for the union.\n\n"
        "“Talks go on,” the spokesman said."
    )
    at = join(text, "a spokesman for the ministry", "a spokesman for the union", "the spokesman said")
    ministry, union = at("a spokesman for the ministry"), at("a spokesman for the union")
    assert ministry is not union
    assert ministry
    assert (ministry.type, ministry.name) == ("unnamed", "a spokesman for the ministry")
    assert at("the spokesman said") is union


def test_the_list_gives_its_name(join: Join) -> None:
    """A full name that is an entry's alias takes the entry's name and position."""
    people = [Person(name="Ann Other"), Person(name="Marta J. Oduya", aliases=["marta oduya"])]
    at = join("Senator Marta Oduya arrived in London on Friday. Oduya said the bill was dead.", people=people)
    found = at("Oduya said")
    assert found
    assert (found.name, found.known) == ("Marta J. Oduya", (people[1],))


def test_two_names_of_one_entry_are_one_speaker(join: Join) -> None:
    """The newsroom knows that both names are the same person's."""
    people = [Person(name="Susan Miller", aliases=["Susan Cole"])]
    at = join("Susan Miller was here in May. Susan Cole was there in June.", people=people)
    assert at("Susan Miller") is at("Susan Cole")


def test_every_mention_is_in_one_speaker_at_most(nlp: Language) -> None:
    """Speakers share no mention and come in the order of their first."""
    doc = nlp(COUNCIL)
    quotes = find_quotes(COUNCIL)
    mentions = find_mentions(doc, quotes)
    speakers = join_speakers(doc, quotes, mentions, [nobody()] * len(quotes))
    joined = [mention for speaker in speakers for mention in speaker.mentions]
    assert len(joined) == len(set(joined))
    assert [s.mentions[0] for s in speakers] == sorted(s.mentions[0] for s in speakers)
    assert all(list(s.mentions) == sorted(s.mentions) for s in speakers)


def nobody() -> Attribution:
    """A quote that is handed to nobody."""
    return Attribution(mention=None, cue=None, addressee=None, probability=1.0, method="unattributed")


@pytest.mark.parametrize("seed", range(8))
def test_scrambled_articles_are_joined_without_an_error(nlp: Language, seed: int) -> None:
    """Whatever the words and whoever the source, on our pipeline and on a blank one."""
    random = Random(seed)  # noqa: S311 - a reproducible shuffle, nothing secret
    words = COUNCIL.split(" ")
    random.shuffle(words)
    text = " ".join(words)
    for pipeline in (nlp, spacy.blank("en")):
        doc = pipeline(text)
        quotes = find_quotes(text)
        mentions = find_mentions(doc, quotes)
        attributions = [Attribution(random.randrange(len(mentions)) if mentions else None, None, None, 1.0, "cue") for _ in quotes]
        assert join_speakers(doc, quotes, mentions, attributions) is not None


def test_a_letter_speaks_for_who_wrote(join: Join) -> None:
    """Without a noun for it in the sentence before: the ministry wrote, so the letter is its."""
    text = "The Harbour Ministry wrote to Peter Miller on Friday. The harbour was closed. “The wall is safe,” the letter said."
    assert name(join(text, "letter said")("letter said")) == "Harbour Ministry"


def test_they_are_no_places(join: Join) -> None:
    """Boston and London do not answer."""
    text = "Researchers came from Boston and London. “It is time,” they wrote."
    found = join(text, "they wrote")("they wrote")
    assert found is None or "Boston" not in found.name


def test_an_office_joined_by_a_hyphen_is_no_part_of_the_name(join: Join) -> None:
    """President-elect Susan Miller is Susan Miller."""
    text = "President-elect Susan Miller said: “It is time.” “It is late,” Miller said."
    at = join(text, "Susan Miller", "Miller said.")
    assert name(at("Susan Miller")) == name(at("Miller said.")) == "Susan Miller"


def test_the_source_is_nobody_who_has_a_name(join: Join) -> None:
    """Who speaks without being named is not who was named last."""
    text = "Susan Miller will head the ministry. “It is settled,” the source said."
    assert name(join(text, "the source said")("the source said")) != "Susan Miller"


def test_a_government_is_its_own_countrys(join: Join) -> None:
    """The Norwegian one does not speak for Boston."""
    text = "Ministers met in Boston. “It is time,” the Norwegian government said."
    assert name(join(text, "Norwegian government said")("Norwegian government said")) != "Boston"


def test_the_arabic_article_may_be_left_out(join: Join) -> None:
    """Maliki is Samir al-Maliki."""
    text = "Samir al-Maliki came to London. “It is time,” Maliki said."
    assert name(join(text, "Maliki said")("Maliki said")) == "Samir al-Maliki"


def test_two_who_speak_together_are_a_group(join: Join) -> None:
    """They are both of those whom the text joins."""
    text = "Susan Miller and David Cole sponsored the bill. “It is time,” they wrote."
    found = join(text, "they wrote")("they wrote")
    assert found
    assert (found.name, found.type) == ("Susan Miller and David Cole", "group")


def test_a_description_takes_up_whom_it_described(join: Join) -> None:
    """The senator is the one whom the text calls so, not the one who was named last."""
    text = "Senator Susan Miller met Mayor David Cole in Boston. “It is time,” the senator said."
    assert name(join(text, "the senator said")("the senator said")) == "Susan Miller"


@pytest.mark.parametrize(("office", "noun"), [("the ministry’s head of coastal works", "head of"), ("a former governor", "governor")])
def test_an_office_between_commas_is_its_holders(join: Join, office: str, noun: str) -> None:
    """However the parser reads the sentence around it."""
    text = f"Repairs had been planned, according to Susan Miller, {office}, who called the report “unfair.”"
    assert name(join(text, noun)(noun)) == "Susan Miller"


def test_a_minister_from_elsewhere_is_somebody_else(join: Join) -> None:
    """The Brazilian minister is not the French one who was named before."""
    text = "Paul Morin, France's defence minister, spoke first. “It is deep,” the Brazilian defence minister said."
    assert name(join(text, "the Brazilian defence minister")("the Brazilian defence minister")) != "Paul Morin"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Oumou Roe scored on Tuesday. “It was luck,” the 27-year-old joked.", "the 27-year-old"),
        ("Oumou Roe scored on Tuesday. “It was luck,” the mother of two said.", "the mother"),
        ("Oumou Roe scored on Tuesday. “It was luck,” the former nurse told reporters.", "the former nurse"),
        ("His manager, Oumou Roe, fined John Doe. “It was late,” the manager said.", "the manager"),
    ],
)
def test_a_description_is_whom_it_fits(join: Join, text: str, words: str) -> None:
    """By what was said before, or the person spoken of."""
    assert name(join(text, words)(words)) == "Oumou Roe"


def test_the_two_are_those_named_together(join: Join) -> None:
    """As one group."""
    at = join("Jane Roe and John Doe came on Monday. “We are late,” the two said.", "the two")
    assert name(at("the two")) == "Jane Roe and John Doe"


def test_kin_share_a_family_name(join: Join) -> None:
    """The brothers' first names stand before one surname; without kinship a first name stays alone."""
    assert name(join("The brothers Tomas and Marek Roe won. “It was luck,” Tomas said.", "Tomas said")("Tomas said")) == "Tomas Roe"
    assert name(join("Singer Madonna and Marek Roe came. “It was luck,” Madonna said.", "Madonna said")("Madonna said")) == "Madonna"


@pytest.mark.parametrize(
    ("text", "words", "full"),
    [
        ("Azman bin Yusof came. “It held,” Azman said.", "Azman said", "Azman bin Yusof"),
        ("Kim Dong-hyun came. “It held,” Kim Dong Hyun said.", "Kim Dong Hyun", "Kim Dong Hyun"),
        ("Rosa Treviño Garza and Héctor Garza came. Treviño left. “It held,” Garza said.", "Garza said", "Héctor Garza"),
        ("The President of Chad Idris Roe came. “It held,” Roe said.", "Roe said", "Idris Roe"),
    ],
)
def test_names_of_many_languages_are_joined(join: Join, text: str, words: str, full: str) -> None:
    """Patronymics, hyphens, two family names, and a country that looks like a first name."""
    assert name(join(text, words)(words)) == full


def test_a_name_behind_in_is_a_places(join: Join) -> None:
    """He is the person, however often the town is named."""
    at = join("Luay Roe came to Clarkston in May. He lives in Clarkston. Clarkston became his home. “It is far,” he said.", "he said")
    assert name(at("he said")) == "Luay Roe"


def test_a_body_without_a_board_in_its_name_is_no_board(join: Join) -> None:
    """The board is somebody else's; the company may be Acme's."""
    assert name(join("Acme closed. “It is sad,” the board said.", "the board")("the board")) == "the board"


def test_a_headlines_capitals_make_no_fuller_name(join: Join) -> None:
    """The story's own form is shown."""
    at = join("Why The Party's Move Against Bernie Roe Failed\n\nSen. Bernie Roe came on Monday. “It is sad,” Roe said.", "Roe said")
    assert name(at("Roe said")) == "Bernie Roe"


def test_what_a_text_does_no_place_does(join: Join) -> None:
    """It begins: a leaflet, not the town in which it hangs."""
    at = join("A leaflet without a name hung on every door in Kelby on Monday. “Neighbours, hide your ladders,” it begins.", "it begins")
    assert at("it begins") is None


def test_who_told_something_since_the_quote_before_goes_on(join: Join) -> None:
    """By name, in the same paragraph, whoever was quoted before."""
    text = "“It was smoke,” said Thandi Dlamini.\n\nCaptain Sipho Ndaba said the pair would appear. “We look for nobody else,” he added."
    assert name(join(text, "Thandi", "he added")("he added")) == "Sipho Ndaba"


def test_her_head_is_nobody(join: Join) -> None:
    """She shakes it."""
    text = "Dang Thi Hoa, a potter, laughs and shakes her head. “Clay does not let you,” she says."
    assert name(join(text, "she says")("she says")) == "Dang Thi Hoa"


def test_whom_the_sentence_before_a_quote_is_about_is_she(join: Join) -> None:
    """Rather than the source of the quote before."""
    text = (
        "Gurdeep Singh told drivers to sleep: “You have won.” Harpreet Singh had driven up with an order in her hand.\n\n"
        "“I kept my word,” she said."
    )
    found = join(text, "Gurdeep Singh", "she said")("she said")
    assert found is not None
    assert found.name == "Harpreet Singh"


def test_one_of_several_is_somebody(join: Join) -> None:
    """Called so, as nobody tells more."""
    found = join("“They have stalled,” said one of the people.", "one of the people")("one of the people")
    assert found is not None
    assert found.name == "one of the people"


def test_a_day_is_no_part_of_whoever_spoke(join: Join) -> None:
    """Though it stands behind the noun."""
    found = join("A federal judge on Monday refused. “It is thin,” he wrote.", "A federal judge")("A federal judge")
    assert found is not None
    assert found.name == "A federal judge"


def test_a_text_without_an_author_is_a_document(engine: QuoteEngine) -> None:
    """And one whose author is told is that author's."""
    answer = engine.extract(Article(text="A poll found that nine in ten “never read the terms”. “Read them,” the survey said."))
    assert {speaker.type for speaker in answer.speakers} == {"document"}
