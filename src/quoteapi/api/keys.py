"""API keys: a file of the accepted keys, each with the name of its owner, read again when it changes.

    # anything behind a hash is a comment
    newsroom: kRz0bXUnm5PMeQ3aWv9d
    archive: 8GdyTq2LsfCjv7HoXw1n
    archive: 41nJp0ZcEuKxYbRmVt6a

Keys with the same name are one caller, so that a key can be replaced without a gap.
"""

import hashlib
import hmac
import re
from pathlib import Path

import structlog
from litestar.datastructures import Headers
from msgspec import Struct

from quoteapi.errors import QuoteapiError

logger = structlog.get_logger("quoteapi")

SHORTEST = 16
"""Minimum characters of a key: shorter ones can be guessed."""

_LINE = re.compile(r"(?:(?P<name>[^\s:#]+):\s*)?(?P<key>[!-9;-~]+)")
_BEARER = re.compile(r"bearer +(?P<key>\S+)", re.IGNORECASE)


class KeysError(QuoteapiError):
    """The file of API keys cannot be used; says why, without revealing a key."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"The API keys in {path} cannot be used: {reason}")


class _Key(Struct, frozen=True):
    digest: bytes
    name: str


class ApiKeys:
    """The keys in a file, kept up to date.

    If the file can no longer be used, the last keys stay in force, and the error is logged.

    Raises:
        KeysError: The file cannot be read, has an invalid line, or has no key.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._version = _version(path)
        self._keys = read_keys(path)

    def name_of(self, key: str) -> str | None:
        """Return the name of a key's owner; None if the key is unknown. Takes the same time in either case."""
        self._follow()
        digest = hashlib.sha256(key.encode()).digest()
        names = [known.name for known in self._keys if hmac.compare_digest(known.digest, digest)]
        return names[0] if names else None

    def _follow(self) -> None:
        """Read the file again if it has changed."""
        if (version := _version(self._path)) == self._version:
            return
        self._version = version
        try:
            self._keys = read_keys(self._path)
        except KeysError as error:
            logger.error("the API keys could not be read again, the last ones stay", reason=str(error))  # noqa: TRY400  a traceback says no more
        else:
            logger.info("the API keys were read again", keys=len(self._keys))


def read_keys(path: Path) -> list[_Key]:
    """Read the keys in a file.

    Raises:
        KeysError: The file cannot be read, has an invalid line, which is named, or has no key.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise KeysError(path, f"{error.strerror}.") from None
    except UnicodeDecodeError:
        raise KeysError(path, "it is not UTF-8.") from None
    keys: dict[bytes, _Key] = {}
    for number, line in enumerate(lines, start=1):
        if not (entry := line.partition("#")[0].strip()):
            continue
        if (found := _LINE.fullmatch(entry)) is None:
            raise KeysError(path, f"line {number} is neither KEY nor NAME: KEY, with a key of visible ASCII characters without colons.")
        if len(found["key"]) < SHORTEST:
            raise KeysError(path, f"the key in line {number} has fewer than {SHORTEST} characters and could be guessed.")
        digest = hashlib.sha256(found["key"].encode()).digest()
        if digest in keys:
            raise KeysError(path, f"line {number} repeats a key.")
        keys[digest] = _Key(digest, found["name"] or f"key-{digest.hex()[:8]}")
    if not keys:
        raise KeysError(path, "the file has no key. To let everybody in, unset QUOTEAPI_API_KEYS.")
    return list(keys.values())


def sent_key(headers: Headers) -> str | None:
    """Return the key that a request sends, as `Authorization: Bearer` or `X-API-Key`; None if it sends none."""
    if bearer := _BEARER.fullmatch(headers.get("authorization", "").strip()):
        return bearer["key"]
    return headers.get("x-api-key") or None


def _version(path: Path) -> tuple[int, int, int] | None:
    """Return a value that differs after each change of the file; None if there is no file."""
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_ino, stat.st_mtime_ns, stat.st_size
