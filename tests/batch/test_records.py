"""Records: what a line asks for, or what is wrong with it."""

import msgspec
import pytest
from msgspec import UNSET

from quoteapi.batch.records import Columns, Defaults, Place, Record, Reject, Task, chained, request_body, tasks


def records(*bodies: bytes | None) -> list[Record]:
    """A record a body, line by line."""
    return [Record(Place("in.jsonl", number, "line", number), body) for number, body in enumerate(bodies, start=1)]


def only(task: Task | Reject) -> Task:
    """A task, which it must be."""
    assert isinstance(task, Task), task
    return task


def test_a_good_record_is_a_task_and_a_bad_one_a_reject() -> None:
    """Nothing stops at a bad one; its place is told, and its id where it has one."""
    first, *rejects = tasks(
        records(
            b'{"id": "a", "text": "Hi."}',
            b"Hi.",
            b'{"id": "c", "txet": "Hi."}',
            b'{"id": "d", "text": "caf\xe9"}',
            b'{"id": 5, "text": "Hi."}',
            None,
        )
    )
    assert only(first).article.id == "a"
    told = [msgspec.json.decode(reject.as_json()) for reject in rejects if isinstance(reject, Reject)]
    assert [(reject["file"], reject["line"], reject["id"]) for reject in told] == [
        ("in.jsonl", number, identity) for number, identity in enumerate([None, "c", "d", None, None], start=2)
    ]
    for reject, word in zip(told, ["JSON", "#/txet", "UTF-8", "#/id", "QUOTEAPI_MAX_BODY_SIZE"], strict=True):
        assert word in reject["reason"]


def test_columns_leave_every_other_field_alone() -> None:
    """And an id may be a number there, as in most archives."""
    body = b'{"nr": 7, "body": "Caf\\u00e9 \\u201c", "text": 5, "url": "https://example.org", "language": "de"}'
    (task,) = tasks(records(body), columns=Columns(text="body", id="nr"))
    article = only(task).article
    assert (article.id, article.text, article.language) == ("7", "Café “", UNSET)


@pytest.mark.parametrize(
    ("body", "word"),
    [
        (b"{}", "#/body"),
        (b"[]", "object"),
        (b"no JSON", "JSON"),
        (b'{"body": 5}', "#/text"),
        (b'{"body": 1, "id": ' + b"[" * 20000, "JSON"),
        (b'{"\xff": 1}', "JSON"),
    ],
)
def test_a_record_without_its_columns_is_a_reject(body: bytes, word: str) -> None:
    """Whatever it is instead."""
    (reject,) = tasks(records(body), columns=Columns(text="body"))
    assert isinstance(reject, Reject)
    assert word in reject.reason


def test_a_records_own_fields_win() -> None:
    """Over what is asked for all."""
    defaults = Defaults(include=["other"], offset_unit="utf8", language="en-GB", format="html")
    plain, own = tasks(records(b'{"text": "Hi."}', b'{"text": "Hi.", "include": [], "offset_unit": "codepoint"}'), defaults=defaults)
    told = [(only(task).article.include, only(task).article.offset_unit, only(task).article.language) for task in (plain, own)]
    assert told == [(["other"], "utf8", "en-GB"), ([], "codepoint", "en-GB")]


def test_a_chain_is_known_again_and_shows_every_change_before_it() -> None:
    """Another word, another order, a record less; not the white space around one, which a missing line break at the end is."""

    def chain(*bodies: bytes | None) -> bytes:
        return list(chained(records(*bodies)))[-1].place.chain

    assert chain(b"a", b"b", b"c") == chain(b"a\n", b"b\n", b"c")
    assert len({chain(b"a", b"b", b"c"), chain(b"b", b"a", b"c"), chain(b"b", b"c"), chain(b"a", b"d", b"c"), chain(b"ab", b"c")}) == 5


def test_ids_that_are_numbers_become_text() -> None:
    """Digits for digits."""
    assert request_body(12, "Hi.") == b'{"id":"12","text":"Hi."}'
    assert request_body(None, None) == b'{"id":null,"text":null}'


def test_a_reject_shows_what_would_act_where_it_is_shown() -> None:
    """Marks of direction and controls of a file's name or an id are escaped in JSON, which holds the same."""
    reject = Reject(Place("gnp\u202e.jsonl\x9b", 1, "line", 0), "a\u2066b\x85", "It is bad.")
    written = reject.as_json().decode()
    assert written.isascii()
    assert msgspec.json.decode(written) == {"file": "gnp\u202e.jsonl\x9b", "line": 1, "id": "a\u2066b\x85", "reason": "It is bad."}
