"""PolNeAR: articles with attributions in standoff files."""

from pathlib import Path

import pytest

from quoteapi.training.polnear import Attributed, articles, attributions, share

TEXT = "“It held,” Jane Roe said.\n"
STANDOFF = (
    "T1\tContent 0 10\t“It held,”\nT2\tSource 11 15;16 19\tJane Roe\nT3\tCue 20 24\tsaid\n"
    "E1\tCue:T3 Content:T1 Source:T2\nA1\tFlag E1\nE2\tCue:T3 Content2:T1\n"
)


@pytest.fixture
def split(tmp_path: Path) -> Path:
    """A split of one annotated article and one that is not."""
    for folder in ("text", "attributions"):
        (tmp_path / folder).mkdir()
    (tmp_path / "text" / "kelby_1.txt").write_text(TEXT, encoding="utf8", newline="")
    (tmp_path / "text" / "kelby_2.txt").write_text("Nothing.", encoding="utf8")
    (tmp_path / "attributions" / "kelby_1.txt.ann").write_text(STANDOFF, encoding="utf8")
    return tmp_path


def test_an_event_is_an_attribution(split: Path) -> None:
    """Content, source in two stretches, cue; a second event may lack a source."""
    first, second = attributions(split / "attributions" / "kelby_1.txt.ann")
    assert first == Attributed(content=[(0, 10)], source=[(11, 15), (16, 19)], cue=[(20, 24)])
    assert (second.content, second.source) == ([(0, 10)], [])


def test_an_article_comes_with_its_attributions(split: Path) -> None:
    """The text as it is on disk; one without annotations is left out."""
    (article,) = articles(split)
    assert (article.name, article.text, len(article.attributions)) == ("kelby_1", TEXT, 2)


def test_line_ends_are_kept(split: Path) -> None:
    """Offsets count them."""
    (split / "text" / "kelby_1.txt").write_bytes(b"It held.\r\n")
    assert next(articles(split)).text == "It held.\r\n"


def test_a_line_that_wraps_is_passed_over(split: Path) -> None:
    """An annotation's words may run on."""
    path = split / "attributions" / "kelby_1.txt.ann"
    path.write_text(STANDOFF.replace("“It held,”", "“It\nheld,”"), encoding="utf8")
    assert len(list(attributions(path))) == 2


@pytest.mark.parametrize(
    ("others", "expected"), [([], 0.0), ([(0, 10)], 1.0), ([(0, 2), (5, 7)], 0.4), ([(8, 20)], 0.2), ([(20, 30)], 0.0)]
)
def test_a_share_is_what_others_cover(others: list[tuple[int, int]], expected: float) -> None:
    """Of a stretch of ten characters; an empty stretch has none."""
    assert share((0, 10), others) == pytest.approx(expected)
    assert share((5, 5), others) == 0.0
