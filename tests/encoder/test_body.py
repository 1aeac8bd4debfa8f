"""The body: the states of a document that reported speech and the model `base` share."""

import numpy as np
import pytest
from spacy.language import Language

from quoteapi.encoder import Encoder, point, tag
from quoteapi.encoder.body import Body, body_of, body_windows
from quoteapi.encoder.session import packaged_encoder
from quoteapi.quotes import find_quotes

ARTICLE = "\n\n".join(
    [
        "“We carried eleven people a night,” said Marta Vell, who bought the line in 2011. She said that it paid for nobody's fuel.",
        "Old Tobias Grane, who has fished off Ostmark for forty years, said he would miss the lights of the boats.",
    ]
    * 6
)


@pytest.fixture(scope="module")
def base() -> Encoder:
    """The packaged encoder with the model `base`."""
    return packaged_encoder("base")


def test_windows_cover_every_piece_once(nlp: Language, base: Encoder) -> None:
    """In order; each has a state for its beginning, one per piece and one for its end."""
    body = body_of(nlp(ARTICLE), base)
    assert len(body.windows) > 1
    assert [end for _, end in body.windows[:-1]] == [start for start, _ in body.windows[1:]]
    for number, (start, end) in enumerate(body.windows):
        assert len(body.of_window(number)) == end - start + 2


def test_pieces_have_the_states_of_their_windows() -> None:
    """Between the first and the last state of the document."""
    body = Body([(0, 2), (2, 3)], np.arange(7, dtype=np.float32)[:, None])
    assert body.of_window(1).ravel().tolist() == [4, 5, 6]
    assert body.of_pieces(np.array([0, 2])).ravel().tolist() == [0, 1, 5, 6]


def test_states_are_computed_once_where_both_readers_need_them(nlp: Language, base: Encoder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reported speech takes those that the upper layers of `base` have read."""
    doc, quotes = nlp(ARTICLE), find_quotes(ARTICLE)
    point(doc, quotes, base)
    monkeypatch.setattr(base, "body", lambda _: pytest.fail("a window is read again"))
    assert tag(doc, quotes, base)


def test_both_models_read_reported_speech_alike(nlp: Language, encoder: Encoder, base: Encoder) -> None:
    """It has the same layers in both."""
    for (span, states), (other_span, other) in zip(body_windows(nlp(ARTICLE), encoder), body_windows(nlp(ARTICLE), base), strict=True):
        assert span == other_span
        assert np.array_equal(states, other)


def test_base_points_at_sources_and_antecedents(nlp: Language, base: Encoder) -> None:
    """At the name beside a cue, and from a pronoun at the person that it stands for."""
    doc = nlp(ARTICLE)
    pointing = point(doc, find_quotes(ARTICLE), base)
    source = pointing.sources[0]
    assert doc[max(source.tokens, key=source.tokens.__getitem__)].text in {"Marta", "Vell"}
    assert abs(sum(source.tokens.values()) + source.nobody - 1) < 0.05
    antecedents = pointing.antecedents(next(token.i for token in doc if token.text == "he"))
    assert doc[max(antecedents, key=antecedents.__getitem__)].text in {"Tobias", "Grane"}


def test_base_is_the_mean_of_two_models_but_for_kinds(nlp: Language, base: Encoder) -> None:
    """Sources, antecedents and holders of roles are each the mean of what the two predict; kinds are those of the larger one."""
    pointing = point(nlp(ARTICLE), find_quotes(ARTICLE), base)
    small, large = (reading.sources[0] for reading in pointing.readings)
    token = max(large.tokens, key=large.tokens.__getitem__)
    assert pointing.sources[0].tokens[token] == pytest.approx((small.tokens[token] + large.tokens[token]) / 2)
    assert pointing.sources[0].nobody == pytest.approx((small.nobody + large.nobody) / 2)
    assert pointing.sources[0].kinds == large.kinds != small.kinds


def test_a_text_without_pieces_has_no_windows(nlp: Language, base: Encoder) -> None:
    """And nothing is read."""
    assert list(body_windows(nlp("\n\n"), base)) == []
