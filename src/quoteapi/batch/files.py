"""Files: answers and rejects as they are kept, and where a run that was stopped goes on.

What is done is read from the files alone: the lines that are complete. Answers carry no line number, so they belong, in order, to the
lines of the input that were not rejected. Every line is handed to the system before the next one is begun, so that neither file is ahead
of the other when a run is killed.
"""

from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import BinaryIO

import msgspec
from msgspec import Struct

from quoteapi.batch.lines import Answered, Line, Reject, identity, numbered_lines, tasks
from quoteapi.batch.local import answer_tasks
from quoteapi.errors import QuoteapiError
from quoteapi.processes import engine_pool
from quoteapi.settings import Settings


class OtherInputError(QuoteapiError):
    """The answers that are there belong to another input."""

    def __init__(self, output: Path, reason: str) -> None:
        super().__init__(f"{output} holds the answers to another input: {reason}. Name another file, or delete this one.")


class Counts(Struct):
    """What a run did: lines answered and rejected now, and those that were done before."""

    answered: int = 0
    rejected: int = 0
    done_before: int = 0


class _Complete(Struct, frozen=True):
    """The complete lines of a file: how many, and the last one."""

    count: int
    last: bytes


class _LineNumber(Struct):
    line: int


def rejects_path(output: Path) -> Path:
    """Where the rejects of an output go."""
    return output.with_name(f"{output.name}.rejects.jsonl")


def run_files(source: BinaryIO, output: Path, settings: Settings, *, on_line: Callable[[int], None]) -> Counts:
    """Answer every line of `source` that has no answer or reject yet, and add it to `output` or its rejects.

    Args:
        source: A request object a line.
        output: Gets an answer a line; a file beside it, named for it, gets the rejects where there are any.
        settings: Say how many processes work, and with what engine.
        on_line: Told after every line how many bytes of the source are done.

    Raises:
        OtherInputError: `output` belongs to another input.
        EngineUnavailableError: The engine cannot be loaded.
        OSError: A file cannot be read or written.
    """
    beside = rejects_path(output)
    answered, rejected = _complete_lines(output, begin=b'{"id":'), _complete_lines(beside, begin=b'{"line":')
    counts = Counts(done_before=answered.count + rejected.count)
    lines = numbered_lines(source, longest=settings.max_body_size)
    left = _undone(lines, output, answered=answered, rejected=_line_numbers(beside, rejected.count))
    with output.open("ab") as answers, beside.open("ab") as rejects:
        for outcome in _written(left, answers, rejects, settings):
            counts.answered += isinstance(outcome, Answered)
            counts.rejected += isinstance(outcome, Reject)
            on_line(outcome.end)
    if not beside.stat().st_size:
        beside.unlink()
    return counts


def run_streams(source: BinaryIO, answers: BinaryIO, rejects: BinaryIO, settings: Settings) -> None:
    """Answer every line of `source`, for streams that cannot be gone on with.

    Raises:
        EngineUnavailableError: The engine cannot be loaded.
        OSError: A stream cannot be read or written.
    """
    for _ in _written(numbered_lines(source, longest=settings.max_body_size), answers, rejects, settings):
        pass


def _written(lines: Iterator[Line], answers: BinaryIO, rejects: BinaryIO, settings: Settings) -> Generator[Answered | Reject]:
    """The outcome of each line, once it is written: a run that is killed has lost nothing that was told of."""
    with closing(answer_tasks(tasks(lines), lambda: engine_pool(settings), workers=settings.worker_count)) as outcomes:
        for outcome in outcomes:
            stream, line = (answers, outcome.answer) if isinstance(outcome, Answered) else (rejects, outcome.as_json())
            stream.write(line + b"\n")
            stream.flush()
            yield outcome


def _complete_lines(path: Path, *, begin: bytes) -> _Complete:
    """Count a file's complete lines, and cut a torn one at its end off, provided that it begins as ours do."""
    if not path.exists():
        return _Complete(count=0, last=b"")
    count = size = 0
    last = b""
    with path.open("rb+") as file:
        for line in file:
            if line.endswith(b"\n"):
                count, size, last = count + 1, size + len(line), line
            elif line[: len(begin)] != begin[: len(line)]:
                raise OtherInputError(path, "its last line is none of ours")
        file.truncate(size)
    return _Complete(count=count, last=last)


def _line_numbers(path: Path, count: int) -> Iterator[int]:
    """The line numbers of a file of rejects, its first `count` lines; they ascend."""
    if count:
        with path.open("rb") as file:
            for line in islice(file, count):
                yield msgspec.json.decode(line, type=_LineNumber).line


def _undone(lines: Iterator[Line], output: Path, *, answered: _Complete, rejected: Iterator[int]) -> Iterator[Line]:
    """The lines that have neither an answer nor a reject."""
    left = answered.count
    next_rejected = next(rejected, None)
    for line in lines:
        if line.number == next_rejected:
            next_rejected = next(rejected, None)
        elif left:
            left -= 1
            if not left and identity(line.body or b"") != identity(answered.last):
                raise OtherInputError(output, f"its last answer is not to line {line.number}")
        else:
            yield line
    if left:
        raise OtherInputError(output, "it has more answers than the input has lines")
