"""API keys: a file of them, followed as it changes."""

from pathlib import Path

import pytest
from litestar.datastructures import Headers
from structlog.testing import capture_logs

from quoteapi.api.keys import ApiKeys, KeysError, read_keys, sent_key

ONE, TWO, THREE = "first-key-0123456789", "second-key-012345678", "third-key~=+/0123456"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file with keys of two callers, one of them without a name."""
    path = tmp_path / "keys"
    path.write_text(f"# the newsroom's\nnewsroom: {ONE}\n\n  archive:{TWO} # until May\n{THREE}\n")
    return path


def test_a_key_is_its_owners(file: Path) -> None:
    """With or without blanks behind the name; one that has no name is told by a hash of it, never by itself."""
    keys = ApiKeys(file)
    assert (keys.name_of(ONE), keys.name_of(TWO)) == ("newsroom", "archive")
    name = keys.name_of(THREE)
    assert name is not None
    assert name.startswith("key-")
    assert name.removeprefix("key-") not in THREE


def test_a_file_may_begin_with_a_byte_order_mark(file: Path) -> None:
    """As programs of Windows write files: it is no part of the first key."""
    file.write_bytes(b"\xef\xbb\xbf" + ONE.encode())
    assert ApiKeys(file).name_of(ONE) is not None


@pytest.mark.parametrize("key", ["", ONE[:-1], f"{ONE} ", ONE.upper(), "newsroom", f"newsroom: {ONE}", "clé-é-é-é-é-é-é-é-é"])
def test_what_is_near_a_key_is_none(file: Path, key: str) -> None:
    """Every character counts."""
    assert ApiKeys(file).name_of(key) is None


def test_a_changed_file_is_read_again(file: Path) -> None:
    """A key is let in as soon as it is there, and no longer than it is; two of one name are one caller."""
    keys = ApiKeys(file)
    file.write_text(f"newsroom: {ONE}\nnewsroom: {TWO}\n")
    assert (keys.name_of(ONE), keys.name_of(TWO), keys.name_of(THREE)) == ("newsroom", "newsroom", None)
    file.write_text(f"newsroom: {TWO}\n")
    assert (keys.name_of(ONE), keys.name_of(TWO)) == (None, "newsroom")


@pytest.mark.parametrize("content", [None, b"", b"newsroom: short\n", b"\xff\xfe"], ids=["gone", "empty", "short", "no text"])
def test_a_file_that_breaks_leaves_the_last_keys(file: Path, content: bytes | None) -> None:
    """With one error in the log, however many ask; once it is whole again, it counts again."""
    keys = ApiKeys(file)
    if content is None:
        file.unlink()
    else:
        file.write_bytes(content)
    with capture_logs() as log:
        assert [keys.name_of(ONE) for _ in range(3)] == ["newsroom"] * 3
    assert [line["log_level"] for line in log] == ["error"]
    assert str(file) in log[0]["reason"]
    file.write_text(f"desk: {ONE}\n")
    assert keys.name_of(ONE) == "desk"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "has no key. To let everybody in, unset QUOTEAPI_API_KEYS"),
        ("# none\n\n", "has no key"),
        (f"{ONE}\nnewsroom: 0123456789abcde\n", "line 2 has fewer than 16 characters"),
        (f"a: {ONE}\n\nb: {ONE}\n", "line 3 repeats a key"),
        ("two words of a key\n", "line 1 is neither"),
        (f"a: b: {ONE}\n", "line 1 is neither"),
        ("clé-é-é-é-é-é-é-é-é\n", "line 1 is neither"),
    ],
)
def test_a_wrong_file_is_told_by_its_line_and_never_by_a_key(tmp_path: Path, content: str, reason: str) -> None:
    """The message may be logged."""
    path = tmp_path / "keys"
    path.write_text(content)
    with pytest.raises(KeysError, match=reason) as caught:
        read_keys(path)
    assert "0123456789" not in str(caught.value)
    assert str(path) in str(caught.value)


def test_a_file_that_is_not_there_is_an_error_at_once(tmp_path: Path) -> None:
    """A service that was to be closed does not start open."""
    with pytest.raises(KeysError, match="No such file"):
        ApiKeys(tmp_path / "none")


@pytest.mark.parametrize(
    ("headers", "key"),
    [
        ({}, None),
        ({"authorization": "Bearer abc"}, "abc"),
        ({"authorization": "bearer  abc "}, "abc"),
        ({"x-api-key": "abc"}, "abc"),
        ({"authorization": "Basic abc", "x-api-key": "xyz"}, "xyz"),
        ({"authorization": "Bearer abc", "x-api-key": "xyz"}, "abc"),
        ({"authorization": "Bearer"}, None),
        ({"authorization": "Bearer a b"}, None),
        ({"x-api-key": ""}, None),
    ],
)
def test_a_key_is_sent_in_either_header(headers: dict[str, str], key: str | None) -> None:
    """What belongs to a proxy in between (Basic) is passed over."""
    assert sent_key(Headers(headers)) == key
