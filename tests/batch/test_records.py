"""Records: what a line asks for, or what is wrong with it."""

import msgspec
import pytest
from msgspec import UNSET

from quoteapi.batch.fields import Columns
from quoteapi.batch.records import Defaults, Place, Record, Reject, Task, chained, request_body, tasks


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
            b'{"id": ["e"], "text": "Hi."}',
            None,
        )
    )
    assert only(first).article.id == "a"
    told = [msgspec.json.decode(reject.as_json()) for reject in rejects if isinstance(reject, Reject)]
    assert [(reject["file"], reject["line"], reject["id"]) for reject in told] == [
        ("in.jsonl", number, identity) for number, identity in enumerate([None, "c", "d", None, None], start=2)
    ]
    for reject, word in zip(told, ["JSON", "There are: id, txet.", "UTF-8", "#/id", "QUOTEAPI_MAX_BODY_SIZE"], strict=True):
        assert word in reject["reason"]


def test_where_columns_are_named_every_other_field_is_carried() -> None:
    """Also those of a request's names."""
    body = b'{"nr": 7, "body": "Caf\\u00e9 \\u201c", "text": 5, "url": "https://example.org", "language": "de"}'
    (task,) = tasks(records(body), columns=Columns(text="body", id="nr"))
    article = only(task).article
    assert (article.id, article.text, article.language) == ("7", "Café “", UNSET)
    assert msgspec.json.decode(only(task).carried) == {"text": 5, "url": "https://example.org", "language": "de"}


def test_a_request_carries_what_is_no_field_of_one() -> None:
    """And an id may be a number, as in most archives."""
    body = b'{"id": 7, "text": "Hi.", "offset_unit": "utf8", "outlet": "Herald", "tags": ["a",\r "b"], "n": 1.10}'
    (task,) = tasks(records(body))
    assert (only(task).article.id, only(task).article.offset_unit) == ("7", "utf8")
    assert msgspec.json.decode(only(task).carried) == {"outlet": "Herald", "tags": ["a", "b"], "n": 1.1}
    assert b"\r" not in only(task).carried


@pytest.mark.parametrize("name", ["body", "Content", "ARTICLE"])
def test_the_text_is_found_under_its_usual_names(name: str) -> None:
    """In capitals or not; every other field is then carried, and a reject names the field."""
    body = msgspec.json.encode({"id": 7.0, name: "Hi.", "language": "de"})
    good, bad = tasks(records(body, msgspec.json.encode({name: ["Hi."]})))
    assert (only(good).article.text, only(good).article.id, only(good).carried) == ("Hi.", "7", b'{"language":"de"}')
    assert only(good).rejected("The text is empty.").reason == f"The text in {name} is empty."
    assert isinstance(bad, Reject)
    assert f"#/{name}: " in bad.reason


def test_an_article_without_an_id_gets_the_one_that_was_made() -> None:
    """Where it has none, null, or an empty one."""
    bodies = [b'{"text": "Hi."}', b'{"id": null, "text": "Hi."}', b'{"id": "", "text": "Hi."}', b'{"id": "a", "text": "Hi."}']
    made = [msgspec.structs.replace(record, made_id=f"in.jsonl:{record.place.number}") for record in records(*bodies)]
    assert [only(task).article.id for task in tasks(made)] == ["in.jsonl:1", "in.jsonl:2", "in.jsonl:3", "a"]
    assert only(next(iter(tasks(records(bodies[0]))))).article.id is None


def test_a_column_that_changed_is_another_record() -> None:
    """As a run that goes on has to know."""
    record = Record(Place("in.csv", 2, "row", 9), b"{}", "text", b'{"outlet":"Herald"}')
    changed = msgspec.structs.replace(record, carried=b'{"outlet":"Post"}')
    assert next(chained([record])).place.chain != next(chained([changed])).place.chain
    assert next(chained([record])) == msgspec.structs.replace(record, place=next(chained([record])).place)


@pytest.mark.parametrize(
    ("body", "word"),
    [
        (b"{}", "#/body"),
        (b"[]", "object"),
        (b"no JSON", "JSON"),
        (b'{"body": 5}', "#/body"),
        (b'{"body": 1, "id": ' + b"[" * 20000, "nested too deep"),
        (b'{"\xff": 1}', "UTF-8"),
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
