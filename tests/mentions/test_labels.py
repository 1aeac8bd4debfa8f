"""Labels as mentions."""

from spacy.language import Language

from quoteapi.mentions import find_mentions
from quoteapi.quotes import find_quotes
from quoteapi.quotes.turns import with_turns


def test_a_label_is_a_mention_whatever_the_finder_makes_of_it(nlp: Language) -> None:
    """A name, an office, a part; its title is none of it, and nothing else overlaps it."""
    text = "SEN. ROE: Did you sign?\n\nTHE CHAIR: Order.\n\nQ: Who asks?\n\nA: I do.\n\nUNIDENTIFIED MALE: We do.\n\nROE: I ask you."
    doc = nlp(text)
    mentions = find_mentions(doc, with_turns(text, find_quotes(text)))
    labels = {doc[m.start : m.end].text: (m.form, m.type) for m in mentions if m.quote is None}
    assert labels["ROE"] == ("name", "person")
    assert labels["CHAIR"] == labels["Q"] == labels["A"] == ("noun", "unnamed")
    taken = [i for m in mentions for i in range(m.start, m.end) if m.quote is None]
    assert len(taken) == len(set(taken))
