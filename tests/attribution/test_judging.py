"""Judging: the scorer on parts of bags that are added up."""

import pytest
from spacy.language import Language

from quoteapi.attribution.judging import Judge, bags_of
from quoteapi.attribution.resolver import packaged_scorer
from quoteapi.attribution.scene import set_scene
from quoteapi.mentions import find_mentions
from quoteapi.quotes import find_quotes

TEXT = """\
The pumps at Kelby failed on Monday, said Marta Vell, who runs the yard. “We had no warning,” Vell told the council.

“None at all,” she added. Tobias Grane, a fitter, said the valves were “older than the pier”.
"""


@pytest.mark.parametrize("previous", [None, 0, 1])
def test_a_judge_decides_as_the_bags_say_that_its_scorer_was_fitted_on(nlp: Language, previous: int | None) -> None:
    """Whether the parts of a bag are added up once or all at once, and however often a candidate is asked for."""
    doc = nlp(TEXT)
    quotes = find_quotes(TEXT)
    mentions = find_mentions(doc, quotes)
    scene = set_scene(doc, quotes, mentions)
    judge = Judge(scene, packaged_scorer())
    candidates = [number for number, mention in enumerate(mentions) if mention.quote is None]
    assert len(quotes) == 3
    for number in range(len(quotes)):
        for asked in (candidates[:3], candidates, []):
            told = packaged_scorer().choice(bags_of(number, asked, scene, previous))
            assert judge.probabilities(number, asked, previous).tolist() == pytest.approx(told.tolist(), abs=1e-6)
