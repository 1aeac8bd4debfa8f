"""Modality: words that were said, that were not, and that somebody might say."""

import pytest

from quoteapi.engine import QuoteEngine
from quoteapi.quotes.modality import modality_of
from quoteapi.structs import Article


def told(engine: QuoteEngine, text: str) -> list[tuple[str, str, str | None]]:
    """Kind, modality and speaker of each quote."""
    quotes = engine.extract(Article(text=text, include=["other"])).quotes
    return [(quote.kind, quote.modality, None if quote.speaker is None else quote.speaker.name) for quote in quotes]


@pytest.mark.parametrize(
    "text",
    [
        "She never said “Close the port”, whatever the tapes are claimed to show.",
        "Roe did not say “the wall is safe”.",
        "Nobody said “sorry” after the flood.",
        "Tomas Reed denied that he had said “let them swim”.",
        "Reed denied ever saying “let them swim”.",
        "The minister refused to call it “a failure”.",
        "The report never uses the word “negligence”.",
        "The mayor stopped short of saying “we lied”.",
        "Reed could not have said “I was there”, because he was at sea.",
        "No official has ever said “We are sorry.”",
        "The coach left without saying “goodbye”.",
        "Instead of saying “thank you”, the board sent a bill.",
        "The statement did not include the words “we apologise”.",
        "He declined to say whether the beams were “rotten”.",
        "Neither Reed nor Roe said “stop”.",
        pytest.param(
            "Contrary to reports, Jane Roe never told the crew “Abandon ship”.",
            marks=pytest.mark.xfail(reason="the encoder takes the words for a term"),
        ),
        "The minister is not saying “trust us”, Jane Roe argued.",
        "At no point did Jane Roe say “the dam is safe”.",
        "Jane Roe neither confirmed the figure nor called it “wrong”.",
        "It is untrue that Jane Roe said “we knew”, her lawyer told the court.",
        "Jane Roe rejected claims that she had called the plan “stupid”.",
        "Jane Roe does not remember saying “we knew”.",
        "Jane Roe was never heard to say “thank you”.",
        "Jane Roe avoided saying “strike”.",
        pytest.param(
            "Jane Roe wouldn’t call the vote “rigged”.",
            marks=pytest.mark.xfail(reason="the encoder takes the word for a term"),
        ),
        "Not one of the directors said “sorry”.",
        "No-one told us “run”.",
        "The letter nowhere says “guarantee”.",
        "Far from saying “never”, Jane Roe left the door open.",
        "Jane Roe has yet to say “yes”.",
        "Jane Roe would not go so far as to say it was “a lie”.",
        "Jane Roe never once used the phrase “managed retreat”.",
        "Jane Roe failed to say “sorry”.",
    ],
)
def test_what_nobody_said_is_denied(engine: QuoteEngine, text: str) -> None:
    """By a word beside the verb, by its subject, or by what governs it; it is nobody's speech then."""
    assert told(engine, text) == [("other", "denied", None)]


@pytest.mark.parametrize(
    "text",
    [
        "He shrugged, as if to say “What did you expect?”",
        "She raised an eyebrow as though to say: “Not again.”",
        "Roe could have said “I was wrong”, and the matter would have ended there.",
        "Imagine a doctor saying, “Come back when you are dead.”",
        "If the minister says “yes” on Friday, the bridge will be built.",
        "Did Jane Roe say “close the port” that night? The inquiry will ask.",
        "A cynic might say “They were paid to look away.”",
        "Suppose a neighbour says “Your dog bit me.” What then?",
        "Officers were told to say “no comment” to anyone who called.",
        "It was like telling a drowning man, “Try the backstroke.”",
        "Voters may well say, “We have heard this before.”",
        "Just say “no” when the caller asks for your code.",
        "Jane Roe would have said “no” had anyone asked.",
        "Had Jane Roe said “stop”, the train would have stopped.",
        "Jane Roe was tempted to say “I told you so”.",
        "Jane Roe wanted the minister to say “we failed”.",
        "The court will decide whether Jane Roe said “push him”.",
        "Children are taught to say “thank you” before they can tie a shoe.",
        "Jane Roe pretended that the captain had said “turn left”.",
        "Jane Roe hopes that voters will say “enough”.",
        "It would be like a baker saying “we have no bread”.",
        "Jane Roe might as well have said “go home”.",
        "Would Jane Roe call it “a success”? She laughed.",
        "You could say “it was luck”.",
        "When she was asked if anyone could have said “stop”, Jane Roe wept.",
        "Jane Roe can say “I built that”.",
        "Traders had hoped Jane Roe would say “rates have peaked”.",
    ],
)
def test_what_somebody_might_say_is_hypothetical(engine: QuoteEngine, text: str) -> None:
    """Under a modal, in a condition, a question, a command, a comparison, or behind a verb of wishing and ordering."""
    assert told(engine, text) == [("other", "hypothetical", None)]


@pytest.mark.parametrize(
    "text",
    [
        "“I never said that,” Jane Roe said.",
        "“We will not pay,” said Jane Roe.",
        "Jane Roe allegedly said “Close the port” at about midnight.",
        "Jane Roe reportedly told the crew: “Abandon ship.”",
        "Jane Roe will say in a speech tonight: “We have no time left.”",
        "“The wall will hold,” Jane Roe is expected to say on Friday.",
        "Jane Roe would later say: “It was the worst night of my life.”",
        "Jane Roe went on to say: “The pumps never ran.”",
        "“I can't imagine it,” Jane Roe said when asked if she would resign.",
        "Asked if the wall was safe, Jane Roe said: “No.”",
        "“If it rains, we swim,” Jane Roe said.",
        "Jane Roe did not hesitate to say “we failed”.",
        "Jane Roe could not help saying “I told you so”.",
        "Not only did Jane Roe say “we failed”, she named the engineer.",
        "Jane Roe, who has never been shy, said: “Sack him.”",
        "Nobody was hurt, Jane Roe said, calling it “a small miracle”.",
        "“Nobody told us anything,” said Jane Roe.",
        "The company has not said when it will pay, but Jane Roe called the delay “shameful”.",
        "Jane Roe has not spoken to the press since May, when she said: “Leave us alone.”",
        "Could the wall have been saved? “No,” said Jane Roe.",
        "“Who could say no?” asked Jane Roe.",
        "Jane Roe can be heard saying “Turn it off” on the recording.",
        "Jane Roe, declining to give details, said the talks were “not going well”.",
        "Jane Roe refused to resign, saying “I have done nothing wrong”.",
        "Jane Roe denied the charge. “I was at home,” she said.",
        "“It is not true,” Jane Roe, who denied all charges, told the court.",
        "Jane Roe described the plan as “a coat of paint”.",
        "Unless it rains, Jane Roe said, the crop is “finished”.",
        "Jane Roe may have been tired, but she said: “I regret nothing.”",
        "Jane Roe doesn't mince words: “He lied.”",
        "“We can't go on,” a tearful Jane Roe told the inquiry, without looking up.",
        pytest.param(
            "Jane Roe did not say “sorry” until the third day.",
            marks=pytest.mark.xfail(reason="the encoder takes the word for a term"),
        ),
        "Jane Roe declined to comment other than to say “we are looking into it”.",
        "Jane Roe declined to comment, saying only that the case was “with the lawyers”.",
        pytest.param(
            "Jane Roe did not just say “no”; she slammed the door.",
            marks=pytest.mark.xfail(reason="the encoder takes the word for a term"),
        ),
        "Jane Roe never tired of saying “the sea always wins”.",
        "Jane Roe did not deny that she had said “let them swim”.",
        "Jane Roe could only say “I am sorry”.",
        "Jane Roe asked whether the tide was “turning”.",
        "Jane Roe asked if the wall would “last the winter”.",
        "Jane Roe urged the council to “stop wasting time”.",
        "Jane Roe told the council to “wake up”.",
        "Jane Roe warned that the wall might “collapse without notice”.",
        "Jane Roe said the council should “hang its head”.",
        "Jane Roe insisted she had never “taken a penny”.",
        "Jane Roe said nobody had “lifted a finger”.",
        "Jane Roe, asked whether she would resign, said: “Why would I?”",
        "“I wouldn't say that,” Jane Roe said.",
        "“If you ask me,” said Jane Roe, “they are late.”",
        "“No,” said Jane Roe, without hesitating.",
        "If the wall fails, Jane Roe said, “we all swim”.",
        "Why did Jane Roe say “close the port”? Because the glass was falling.",
        "“You can't be serious,” Jane Roe is said to have told him.",
        "Jane Roe, who could not attend, sent a message: “Win it for me.”",
        "Without naming anyone, Jane Roe said some colleagues were “asleep”.",
        "Rather than resign, Jane Roe called the report “a fairy tale”.",
        "The minister may be right, but Jane Roe called him “a coward”.",
        "Nobody believed Jane Roe when she said “the wall is moving”.",
        "Nobody is safe until everybody is, Jane Roe said. “That is the lesson.”",
        "Jane Roe used to say “measure twice”.",
        "Jane Roe was forced to say “I resign”.",
        "Jane Roe managed to say “help” before the line went dead.",
        "Jane Roe said she did not mention the dam because “nothing at all can say it leaks”.",
    ],
)
def test_what_is_said_stays_asserted(engine: QuoteEngine, text: str) -> None:
    """Whatever is negated or supposed among the words reported, or elsewhere in the sentence; hearsay and *will say*, too."""
    assert {(kind != "other", modality, name) for kind, modality, name in told(engine, text)} == {(True, "asserted", "Jane Roe")}


@pytest.mark.parametrize(
    ("text", "modalities"),
    [
        ("Jane Roe did not say “soon”. Tomas Reed said: “By Friday.”", ["denied", "asserted"]),
        ("Jane Roe did not say “soon” but “when the money comes”.", ["denied", "asserted"]),
        ("“She never said ‘close the port’,” Jane Roe told the inquiry.", ["asserted", "denied"]),
        ("“People might say, ‘You are mad,’” Jane Roe said.", ["asserted", "hypothetical"]),
        ("“He said, ‘You are mad,’ and left,” Jane Roe said.", ["asserted", "asserted"]),
    ],
)
def test_each_quote_has_its_own_modality(engine: QuoteEngine, text: str, modalities: list[str]) -> None:
    """One of two in a sentence, and one within another, may be denied alone."""
    assert [modality for _, modality, _ in told(engine, text)] == modalities


@pytest.mark.parametrize(
    ("text", "word", "modality"),
    [
        ("Jane Roe said the wall would hold.", "said", "asserted"),
        ("Jane Roe did not say that the wall would hold.", "say", "denied"),
        ("Jane Roe declined to say whether the wall would hold.", "say", "denied"),
        ("Jane Roe might say that the wall would hold.", "say", "hypothetical"),
    ],
)
def test_a_verb_that_reports_without_marks_is_told_the_same_way(engine: QuoteEngine, text: str, word: str, modality: str) -> None:
    """As indirect speech needs it."""
    verb = next(token for token in engine.nlp(text) if token.text == word)
    assert modality_of(verb) == modality
