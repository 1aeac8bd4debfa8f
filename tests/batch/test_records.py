"""Lines: a stream cut and read, a line at a time."""

import io

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from quoteapi.batch.lines import Reject, Task, numbered_lines, tasks


@given(st.lists(st.binary(max_size=12).filter(lambda line: b"\n" not in line)), st.integers(1, 8))
def test_lines_keep_their_number_and_end(lines: list[bytes], longest: int) -> None:
    """Blank lines count, though they ask for nothing; a line that is too long is told as one line, not as several."""
    stream = b"\n".join(lines)
    expected = [(number, line) for number, line in enumerate(lines, start=1) if line.strip() or len(line) > longest]
    found = list(numbered_lines(io.BytesIO(stream), longest=longest))
    assert [line.number for line in found] == [number for number, _ in expected]
    for line, (_, body) in zip(found, expected, strict=True):
        assert line.body is None if len(body) > longest else line.body is not None and line.body.rstrip(b"\n") == body
        assert stream[: line.end].rstrip(b"\n").endswith(body.rstrip(b"\n"))


def test_a_good_line_is_a_task_and_a_bad_one_a_reject() -> None:
    """Nothing stops at a bad line; its id is told where it has one."""
    source = b"\n".join(
        [
            b'{"id": "a", "text": "Hi."}',
            b"Hi.",
            b'{"id": "c", "txet": "Hi."}',
            b'{"id": "d", "text": "caf\xe9"}',
            b'{"id": 5, "text": "Hi."}',
            b'{"text": "' + b"a" * 100 + b'"}',
        ]
    )
    first, *rejects = tasks(numbered_lines(io.BytesIO(source), longest=80))
    assert isinstance(first, Task)
    assert first.article.id == "a"
    assert all(isinstance(reject, Reject) for reject in rejects)
    told = [msgspec.json.decode(reject.as_json()) for reject in rejects if isinstance(reject, Reject)]
    assert [(reject["line"], reject["id"]) for reject in told] == [(2, None), (3, "c"), (4, "d"), (5, None), (6, None)]
    for reject, word in zip(told, ["JSON", "#/txet", "UTF-8", "#/id", "QUOTEAPI_MAX_BODY_SIZE"], strict=True):
        assert word in reject["reason"]
