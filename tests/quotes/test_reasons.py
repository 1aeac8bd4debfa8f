"""Reasons: why words in marks are nobody's speech."""

import pytest
from msgspec import UNSET

from quoteapi.engine import QuoteEngine
from quoteapi.structs import Article


def reasons(engine: QuoteEngine, text: str) -> list[object]:
    """The reason of each quote; unset for speech."""
    return [quote.reason for quote in engine.extract(Article(text=text, include=["other"])).quotes]


@pytest.mark.parametrize(
    "text",
    [
        "Her second novel, “The Lamplighter's Ledger,” was published in May.",
        "He played the harbour pilot in “Low Water”, which opened in cinemas last week.",
        "The choir sang “Bring the Boats Home” as the coffin was carried out.",
        "She is best known for directing “A Field of Salt” and its sequel.",
        "The tanker “Northern Grace” ran aground off Kelby on Sunday.",
        "Readers of “The Tinker's Almanac” will know the recipe.",
        "The museum has lent Moreau’s “Woman with a Lantern” to the gallery.",
        "Nolan sat through three episodes of “The Quarry” before falling asleep.",
        "“Harbour Lights” won best picture and two other prizes at the festival.",
        "A paper in the journal described the method; its title was “On the movement of sand in shallow bays.”",
        "The podcast “Second Tide” has four million listeners.",
        "The band closed its set with “Gasoline Sunday” and left the stage without an encore.",
        "She was reading “Emma” on the train.",
        "Tarn's last film was “The Long Dry,” a comedy about a well.",
        "The essay, called “What the Sand Knows”, won a prize.",
        "He hummed “The Ferryman's Daughter” on the way home.",
        "Her exhibition “Nets” opens at the harbour gallery on Friday.",
        "The lifeboat “Grace of God” was launched at six.",
        "The BBC's “Morning Tide” invited her twice.",
        "A chapter titled “Salt” explains how.",
        "In “The Salt House,” Marsh writes about her mother.",
        "Jane Roe told “Morning Tide” that she was tired.",
        "Critics compared it to “Northern Lights” and “The Quarry.”",
    ],
)
def test_a_work_a_show_and_a_ship_have_titles(engine: QuoteEngine, text: str) -> None:
    """Before or behind the noun, alone or several at once."""
    assert set(reasons(engine, text)) == {"title"}


@pytest.mark.parametrize(
    "text",
    [
        "Marcus “The Anvil” Bell retired from boxing in 2009.",
        "Ellen Marsh, nicknamed “Duchess” by her crew, took the wheel.",
        "The striker, known to fans as “the Plumber”, missed twice.",
        "Pilot Ellen Marsh is known in Kelby as “the woman who came back”.",
        "Joseph Tarn, alias “Blackie”, was arrested in the port.",
        "The bomb, which the crew called “Aunt Mabel”, never went off.",
        "Kelby, dubbed “the city of bridges”, has lost three of them.",
        "Fans still call the ground “the Bunker”.",
        "Rita “Queen of Quay Street” Odum ran the café for forty years.",
        "The “Kelby Three” were released in March.",
        "The programme, code-named “Blue Door”, cost millions.",
    ],
)
def test_what_somebody_is_called_is_a_nickname(engine: QuoteEngine, text: str) -> None:
    """Inside a name, or behind a word for naming."""
    assert set(reasons(engine, text)) == {"nickname"}


@pytest.mark.parametrize(
    "text",
    [
        "Marchers carried placards reading “Water is not for sale” past the ministry.",
        "The regiment’s motto, “By sea, by stubbornness”, is carved over the gate.",
        "She wore a T-shirt with the slogan “Ask me about drains”.",
        "A banner that said “Save our ferry” hung from the church tower.",
        "The brand’s tagline, “Brighter by Monday”, was dropped in 2011.",
        "Hundreds of posts carried the hashtag “#OpenTheGate”.",
        "A tattoo on his arm reads “Mum”.",
        "Supporters waved banners: “Roe must go”.",
        "The party's slogan is “Dry feet for all”.",
        "“Dry feet for all” has been the party's slogan since 1998.",
    ],
)
def test_a_motto_and_what_a_placard_shouts_are_slogans(engine: QuoteEngine, text: str) -> None:
    """Whoever carries it says nothing here."""
    assert set(reasons(engine, text)) == {"slogan"}


@pytest.mark.parametrize(
    "text",
    [
        "A sign on the gate reads “No swimming beyond this point”.",
        "He clicked the button marked “Submit” and waited.",
        "The screen above the platform showed “Cancelled” in red.",
        "Boxes stamped “Fragile” lay open in the rain.",
        "The plaque reads: “To the crew of the lifeboat, 1931.”",
        "The gate bears the words “Abandon hope”.",
        "“Mind the gap” was painted on the step.",
        "Her badge read “Trainee”.",
        "Each door is labelled “Push” on one side and “Pull” on the other.",
        "The inn has hung out a new plaque. It reads “Dogs welcome, owners on a lead”.",
        "The gravestone says only “Father”.",
    ],
)
def test_what_a_thing_shows_is_a_sign(engine: QuoteEngine, text: str) -> None:
    """A sign, a label, a plaque, a button; words that are stamped on a box."""
    assert set(reasons(engine, text)) == {"sign"}


@pytest.mark.parametrize(
    "text",
    [
        "“Harbour in ruins,” ran the headline in the evening edition.",
        "The paper printed the story under the headline “Mayor sinks ferry”.",
        "Monday’s front page was headlined “The day the lights went out”.",
        "Under a headline that read “Shame”, the paper printed his photograph.",
    ],
)
def test_a_headline_is_nobodys_words(engine: QuoteEngine, text: str) -> None:
    """Whether its paper or the word itself is named."""
    assert set(reasons(engine, text)) == {"headline"}


@pytest.mark.parametrize(
    "text",
    [
        "The word “ferry” comes from an old verb meaning to carry.",
        "In the local dialect “smoor” means to bank up a fire for the night.",
        "The term “blue carbon” refers to what marshes store.",
        pytest.param(
            "The town’s name translates as “place of two winds”.",
            marks=pytest.mark.xfail(reason="the encoder takes the words for speech"),
        ),
        "Engineers speak of “scour” when a current digs out a footing.",
        "The bill defines “vessel” as anything that floats and can be steered.",
        "The practice is known as “ghosting” among recruiters.",
        "Spell it with a “c”, the registrar's form explains, and it will be found.",
        "The hearing turned on what “reasonable” means.",
        "“Fulsome” does not mean what most people think.",
        "The suffix “-by” is Norse.",
        "The Welsh word “hiraeth” has no English twin.",
        "The acronym stands for “harbour and inland navigation”.",
    ],
)
def test_a_word_as_a_word_is_a_term(engine: QuoteEngine, text: str) -> None:
    """What it means, where it comes from, how it is spelt."""
    assert set(reasons(engine, text)) == {"term"}


@pytest.mark.parametrize(
    "text",
    [
        "The council’s “consultation” lasted eleven minutes and heard nobody.",
        "The so-called “smart” meters stopped working in the frost.",
        "Farmers met on Tuesday to talk about the so-called “salt tax” on 40 villages.",
        "His “holiday home” turned out to be a shed with a padlock.",
        "Critics of the “free” school meals point to a tax rise in the same budget.",
        "The factory’s “green” label costs more than the paint.",
        "They were supposedly “volunteers”, though each was paid forty pounds a day.",
        "The “experts” on the panel had never seen a sluice.",
        "A “temporary” fence has stood there since 1987.",
        "He was paid “expenses” of nine thousand pounds a month.",
        "Their “tour” of the plant took four minutes and ended in the canteen.",
    ],
)
def test_words_held_at_arms_length_are_scare_quotes(engine: QuoteEngine, text: str) -> None:
    """A few words inside the reporter's own sentence."""
    assert set(reasons(engine, text)) == {"scare"}


@pytest.mark.parametrize(
    "text",
    [
        "Marchers chanted “No more walls” outside the ministry.",
        "The report said the beams were “beyond repair”.",
        "The letter read: “You are hereby dismissed.”",
        "In a statement, the company said it was “disappointed”.",
        "The record label said in a statement: “We wish her well.”",
        "The ministry sent a letter about the sign. It reads: “You have ten days to take it down.”",
        "The ministry bought a banner last week. It said it was “not a waste of money”.",
        "The bishop attacked the scheme as “an insult to the poor”.",
        "Jane Roe said the so-called “peace levy” would ruin the ports.",
        "Jane Roe called the plan “a coat of paint”.",
        "Jane Roe praised what she called the “quiet courage” of the crew.",
    ],
)
def test_what_somebody_says_has_no_reason(engine: QuoteEngine, text: str) -> None:
    """A crowd that chants, a report, a letter, a record label: they speak."""
    assert reasons(engine, text) == [UNSET]


def test_what_nothing_tells_is_unclear(engine: QuoteEngine) -> None:
    """No word around the marks says why they are there."""
    assert reasons(engine, "The company sells its mattresses with the promise “Sleep like a stone”.") == ["unclear"]


def test_words_that_are_not_asked_for_stay_out(engine: QuoteEngine) -> None:
    """Whatever their reason."""
    assert not engine.extract(Article(text="Her second novel, “The Salt Road”, won a prize in 2011.")).quotes


def test_what_people_in_general_call_something_is_a_term(engine: QuoteEngine) -> None:
    """What somebody calls it is said."""
    assert reasons(engine, "The mine would use what engineers call a “closed-loop” system.") == ["term"]
    assert reasons(engine, "The campaign denounced what it calls “the single biggest attack in history.”") == [UNSET]


def test_a_long_name_by_which_something_is_known_is_a_title(engine: QuoteEngine) -> None:
    """An act's; a short one is a nickname, with an article before it, too."""
    assert reasons(engine, "The bill, known as the “Justice Against Sponsors of Floods Act”, passed.") == ["title"]
    assert reasons(engine, "Commuters have nicknamed the new footbridge “the Wobbler”.") == ["nickname"]
