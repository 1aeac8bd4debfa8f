"""The local runner: order kept, memory bounded, and no article that stops a run."""

from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor

from quoteapi.batch.lines import Answered, Reject, Task
from quoteapi.batch.local import AHEAD, answer_tasks
from quoteapi.structs import Article

Pools = Callable[[], ProcessPoolExecutor]


def some_tasks(*texts: str) -> list[Task | Reject]:
    """A task a text, in order, with its line as its id."""
    return [Task(line=line, end=line, article=Article(text=text, id=str(line))) for line, text in enumerate(texts, start=1)]


def told(outcomes: Iterator[Answered | Reject]) -> list[tuple[int, str]]:
    """Each outcome's line, and why it was rejected where it was."""
    return [(outcome.line, outcome.reason if isinstance(outcome, Reject) else "") for outcome in outcomes]


def test_outcomes_keep_the_order_of_their_tasks(fragile_pool: Pools) -> None:
    """A slow article holds the later ones back, and rejects pass in their place."""
    items = some_tasks("slow", "a", "slow", "b", "c", "slow", "d")
    items.insert(3, Reject(line=99, end=99, id=None, reason="bad"))
    assert told(answer_tasks(items, fragile_pool, workers=2)) == [
        (1, ""), (2, ""), (3, ""), (99, "bad"), (4, ""), (5, ""), (6, ""), (7, ""),
    ]  # fmt: skip


def test_no_more_is_read_than_is_worked_on(fragile_pool: Pools) -> None:
    """However long the stream is."""
    read = 0

    def endless() -> Iterator[Task | Reject]:
        nonlocal read
        while True:
            read += 1
            yield Task(line=read, end=read, article=Article(text="a"))

    outcomes = answer_tasks(endless(), fragile_pool, workers=2)
    for done in range(1, 30):
        next(outcomes)
        assert read <= done + 2 * AHEAD
    outcomes.close()


def test_an_article_that_kills_its_process_is_rejected_alone(fragile_pool: Pools) -> None:
    """By a crash or by eating its memory. Those in flight beside it are answered, in order; so are those after it."""
    outcomes = told(answer_tasks(some_tasks("a", "slow", "die", "b", "c", "leak", "d"), fragile_pool, workers=2))
    died = "The process that read this article died."
    assert outcomes == [(1, ""), (2, ""), (3, died), (4, ""), (5, ""), (6, died), (7, "")]


def test_an_engine_that_fails_on_an_article_says_where_without_the_articles_words(fragile_pool: Pools) -> None:
    """The error's message may quote the article; it is left out."""
    ((_, empty), (_, failed), (_, fine)) = told(answer_tasks(some_tasks(" ", "fail", "a"), fragile_pool, workers=2))
    assert "empty" in empty
    assert "KeyError in extract_timed, fragile_engine.py line" in failed
    assert "word of the article" not in failed
    assert fine == ""
