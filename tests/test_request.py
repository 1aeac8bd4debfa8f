"""Requests: bytes read as an article, or refused with every reason."""

import json
import tracemalloc
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from growth import STEEPEST, exponent
from quoteapi.errors import QuoteapiError
from quoteapi.request import NotJsonError, NotUtf8Error, TooDeepError, WrongShapeError, read_article, read_id, read_people, read_text
from quoteapi.structs import Article, Person

JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.text(max_size=5),
    lambda values: st.lists(values, max_size=3) | st.dictionaries(st.text(max_size=5), values, max_size=3),
    max_leaves=8,
)
FIELDS = st.sampled_from(["text", "id", "language", "offset_unit", "include", "people", "x", "a/b", "~"])


def place(value: Any, pointer: str) -> Any:  # noqa: ANN401  any JSON
    """What a pointer of the form `#/…` leads to; the last step may be missing, as that of a required field is."""
    steps = [step.replace("~1", "/").replace("~0", "~") for step in pointer.removeprefix("#").split("/")[1:]]
    for step in steps[:-1]:
        value = value[int(step)] if isinstance(value, list) else value[step]
    if steps and isinstance(value, list):
        return value[int(steps[-1])]
    return value.get(steps[-1]) if steps else value


def wrong_places(value: Any) -> list[str]:  # noqa: ANN401  any JSON
    """The pointers of what is wrong with a request; at least one where it is refused."""
    try:
        read_article(json.dumps(value).encode())
    except WrongShapeError as error:
        return [wrong.pointer for wrong in error.errors] or ["#/nothing was told"]
    return []


def test_an_article_is_read() -> None:
    """With all its fields, escapes decoded."""
    body = b'{"text": "\\u201cHi\\u201d", "id": null, "people": [{"name": "Jane Roe"}]}'
    assert read_article(body) == Article(text="“Hi”", people=[Person(name="Jane Roe")])


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1))
def test_the_text_comes_through_unchanged(text: str) -> None:
    """Whatever Unicode holds, escaped or not, bare or in JSON."""
    assert read_text(text.encode()) == text
    for ascii_alone in (True, False):
        assert read_article(json.dumps({"text": text}, ensure_ascii=ascii_alone).encode()).text == text


@given(st.binary())
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    """Nothing but our own errors is raised."""
    with suppress(QuoteapiError):
        read_article(body)


@given(st.dictionaries(FIELDS, JSON_VALUES, max_size=4) | JSON_VALUES)
def test_a_wrong_shape_is_told_by_pointers_that_lead_somewhere(value: Any) -> None:  # noqa: ANN401  any JSON
    """Each is a place in what was sent."""
    for pointer in wrong_places(value):
        place(value, pointer)


def test_bytes_that_are_no_utf_8_are_told_before_anything_else() -> None:
    """Also where the JSON is broken before them."""
    with pytest.raises(NotUtf8Error, match="byte 1"):
        read_article(b"{\xff")


@pytest.mark.parametrize("body", [b"[1,", b"{", b'{"text": 7', b'[{"x": }]'])
def test_broken_json_is_no_wrong_shape(body: bytes) -> None:
    """Though its shape could not be right either."""
    with pytest.raises(NotJsonError):
        read_article(body)


def test_deep_nesting_is_told() -> None:
    """In any field, and where there should be no array at all."""
    for body in (b"[" * 100_000, b'{"x":' * 100_000):
        with pytest.raises(TooDeepError):
            read_article(body)


def test_no_values_are_made_of_what_is_only_looked_at() -> None:
    """A wrong field of a million lists makes as few objects as a right one, so that it keeps nobody waiting."""
    body = b'{"text": "Hi", "x": [' + b",".join([b"[]"] * 100_000) + b"]}"
    tracemalloc.start()
    try:
        with pytest.raises(WrongShapeError, match="#/x: This field is unknown"):
            read_article(body)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 3 * len(body)


def test_a_list_of_people_is_read() -> None:
    """As the field `people` holds it; errors point into the list."""
    assert read_people(b'[{"name": "Jane Roe", "aliases": ["Roe"]}]') == [Person(name="Jane Roe", aliases=["Roe"])]
    with pytest.raises(WrongShapeError, match="#/1/nmae: This field is unknown"):
        read_people(b'[{"name": "Jane Roe"}, {"name": "Roe", "nmae": 1}]')


def test_a_list_of_people_may_begin_with_a_byte_order_mark() -> None:
    """As programs of Windows write files."""
    assert read_people(b'\xef\xbb\xbf[{"name": "Jane Roe"}]') == [Person(name="Jane Roe")]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (b'{"id": "a", "text": 7, "x": [1]}', "a"),
        (b'{"text": "Hi"}', None),
        (b'{"id": 7}', None),
        (b'{"id": "a"', None),
        (b"[" * 20_000, None),
        (b"\xff", None),
        (b"", None),
    ],
)
def test_an_id_is_found_in_a_request_that_is_wrong(body: bytes, found: str | None) -> None:
    """So that a problem can tell which article it is about."""
    assert read_id(body) == found


@pytest.mark.parametrize(
    ("part", "before", "after"),
    [
        ("unknown field `", '{"text":"x","include":["', '"]}'),
        ("unknown field ` - at `$", '{"text":"x","format":"', '"}'),
        (" - at `$.a", '{"text":"x","', '":1}'),
        (" - at `$.a", '{"text":"x","people":[{"name":"Roe","', '":1}]}'),
        ("[", '{"text":"x","language":{"', '":1}}'),
        ('a":1,"', '{"text":"x","', '":1}'),
        ('{"name":"Roe"},', '{"text":"x","people":[', "7]}"),
        ("{},", '{"text":"x","people":[', "7]}"),
        ('"other",', '{"text":"x","include":[', "7]}"),
        ("9", '{"text":', "}"),
        (" ", '{"text":7', "}"),
    ],
)
def test_what_is_wrong_is_found_in_linear_time_and_told_in_little(part: str, before: str, after: str) -> None:
    """However the caller chooses what errors quote; their message is short, too."""

    def refused(length: int) -> Callable[[], int]:
        body = f"{before}{part * (length // len(part))}{after}".encode()

        def told() -> int:
            with pytest.raises(WrongShapeError) as raised:
                read_article(body)
            return len(str(raised.value))

        return told

    assert exponent(refused, shortest=2_000, longest=64_000) < STEEPEST
    assert refused(200_000)() < 1_000


def test_unknown_fields_are_told_up_to_twenty() -> None:
    """A name that no pointer should hold is cut, and the pointer leads to the object that has it."""
    with pytest.raises(WrongShapeError) as raised:
        read_article(json.dumps({f"field{number}": 1 for number in range(30_000)}).encode())
    assert [error.pointer for error in raised.value.errors] == [f"#/field{number}" for number in range(20)]
    with pytest.raises(WrongShapeError) as raised:
        read_article(json.dumps({"text": "Hi", "people": [{"name": "Roe", "x" * 5000: 1}]}).encode())
    (error,) = raised.value.errors
    assert (error.pointer, error.detail) == ("#/people/0", f"The field “{'x' * 39}…” is unknown.")


def test_an_id_that_no_article_has_is_not_told() -> None:
    """It would come back in every error."""
    assert read_id(json.dumps({"id": "a" * 256}).encode()) == "a" * 256
    assert read_id(json.dumps({"id": "a" * 257}).encode()) is None
