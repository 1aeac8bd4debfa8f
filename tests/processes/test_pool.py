"""Engine processes: answers and refusals on their way between processes."""

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor

import msgspec
import pytest

from quoteapi.errors import EmptyTextError, TextTooLongError, UnsupportedLanguageError
from quoteapi.processes import EngineUnavailableError, Refused, answer_article, check_engine, engine_pool
from quoteapi.settings import Settings
from quoteapi.structs import Answer, Article


@pytest.fixture(scope="module")
def pool() -> Iterator[ProcessPoolExecutor]:
    """One engine process."""
    with engine_pool(Settings(workers=1, max_text_length=1000)) as pool:
        yield pool


def test_an_answer_comes_back_as_json(pool: ProcessPoolExecutor) -> None:
    """As the API sends it."""
    answer = pool.submit(answer_article, Article(text="“Hi,” said Jane Roe.", id="a1")).result()
    assert isinstance(answer, bytes)
    assert msgspec.json.decode(answer, type=Answer).id == "a1"


@pytest.mark.parametrize(
    ("article", "error"),
    [
        (Article(text=" "), EmptyTextError),
        (Article(text="a" * 1001), TextTooLongError),
        (Article(text="Hallo.", language="de"), UnsupportedLanguageError),
    ],
)
def test_a_refusal_comes_back_with_its_reason(pool: ProcessPoolExecutor, article: Article, error: type[Exception]) -> None:
    """As a value: an error whose constructor takes anything but its message would break the pool on its way."""
    refused = pool.submit(answer_article, article).result()
    assert isinstance(refused, Refused)
    assert refused.error is error
    assert refused.detail


def test_an_engine_that_cannot_be_loaded_is_told_by_every_job() -> None:
    """The pool stays whole, and the reason comes through."""
    with engine_pool(Settings(workers=1, pipeline="no-such-pipeline")) as pool:
        for _ in range(2):
            with pytest.raises(EngineUnavailableError, match="no-such-pipeline"):
                pool.submit(check_engine).result()
