"""Poison texts: through the engine at a length that it reads soon, and through a server at the lengths that it takes."""

from collections.abc import Iterator
from typing import get_args

import httpx
import msgspec
import pytest

from offsets import assert_offsets_hold
from poison import POISON, repeated
from quoteapi.engine import QuoteEngine
from quoteapi.structs import Answer, Article, OffsetUnit
from raw import article, asked, post
from serving import PATIENCE, SERVE, Server, starting, wait_for
from target import ALIKE, CASES

LENGTH = 10 * CASES
"""Code points of a text for the engine: a long run has longer ones, too."""
LIMIT = 200_000
"""Code points that a server takes by default."""
WORST = ["one mark", "quotes of a word with a cue", "many people"]
"""Those of which a server is sent the most that it takes, by default; all of them in a long run. Each costs it a worker."""
UNITS: tuple[OffsetUnit, ...] = get_args(get_args(OffsetUnit)[0])
READ = [name for name, made in POISON.items() if made(LENGTH).strip()]
"""Those of which something is read."""


@pytest.mark.parametrize(
    ("name", "unit"),
    [(name, unit) for number, name in enumerate(READ) for unit in ([UNITS[number % len(UNITS)]] if ALIKE else UNITS)],
)
def test_every_offset_is_the_callers(engine: QuoteEngine, name: str, unit: OffsetUnit) -> None:
    """Whatever the text is made of: `text[start:end]` is what the answer says stands there, and the answer is JSON.

    The units take turns over the texts; in a long run each text is read in each of them.
    """
    text = POISON[name](LENGTH)
    answer = engine.extract(Article(text=text, language="en", offset_unit=unit, include=["other", "alternatives", "mentioned"]))
    assert_offsets_hold(text, answer)
    assert msgspec.json.decode(msgspec.json.encode(answer), type=Answer) == answer


def test_a_text_of_line_breaks_alone_is_empty(target_of_texts: Server) -> None:
    """Two hundred thousand of them, too."""
    reply = asked(target_of_texts.url, post(article(POISON["line breaks"](LIMIT))))
    assert (reply.status, reply.problem()) == (422, "empty-text")


@pytest.mark.parametrize(
    ("escaped", "status"),
    [(r"\ud800", 400), (r"\udc00\ud800", 400), (r"\ud83d \ude80", 400), (r"\ud83d\ude80", 200), (r"\u0000", 200), (r"\uffff", 200)],
)
def test_surrogates_in_escapes_are_read_in_pairs_alone(target_of_texts: Server, escaped: str, status: int) -> None:
    """A lone one is no character, and JSON with it is refused; every character that there is is read."""
    reply = asked(target_of_texts.url, post(f'{{"text": "“Hi {escaped},” said Jane Roe."}}'.encode()))
    assert reply.status == status
    assert status == 200 or reply.problem() == "not-json"


@pytest.fixture(scope="module")
def target_of_texts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that takes long texts, but not for long."""
    with starting(tmp_path_factory.mktemp("texts")) as started:
        server = started(
            SERVE,
            QUOTEAPI_MAX_TEXT_LENGTH="10000000",
            QUOTEAPI_MAX_BODY_SIZE="70000000",
            QUOTEAPI_TIME_LIMIT="1",
            QUOTEAPI_TIME_LIMIT_PER_THOUSAND="0",
            QUOTEAPI_WORKERS="1",
        )
        server.wait_until_ready()
        yield server


@pytest.mark.parametrize("name", WORST if ALIKE else [*POISON])
def test_the_longest_poison_is_answered_or_given_up(target_of_texts: Server, name: str) -> None:
    """As long as a server takes texts by default: an answer, or a 504; and the next caller's article is read."""
    response = httpx.post(f"{target_of_texts.url}/quotes", json={"text": POISON[name](LIMIT)}, timeout=PATIENCE)
    assert response.status_code == 200 or response.json()["type"] in {"/problems/too-slow", "/problems/empty-text"}
    wait_for(lambda: answers_right(target_of_texts), target_of_texts.log)


def test_one_line_of_ten_megabytes_is_answered_or_given_up(target_of_texts: Server) -> None:
    """Where the limits are so high, one that holds no line break costs nobody else anything."""
    response = target_of_texts.post(repeated("“Hi,” said Jane Roe, and ")(10_000_000))
    assert response.status_code == 200 or response.json()["type"] == "/problems/too-slow"
    wait_for(lambda: answers_right(target_of_texts), target_of_texts.log)


def test_the_server_only_ever_gave_up_for_the_time(target_of_texts: Server) -> None:
    """No worker died of a text, and none broke on it."""
    figures = httpx.get(f"{target_of_texts.url}/metrics", timeout=PATIENCE).text
    assert 'cause="died"' not in figures
    assert 'status="500"' not in figures
    assert "Traceback" not in target_of_texts.log.read_text()


def answers_right(server: Server) -> bool:
    """Whether an article is read as ever; False where a slow machine has stopped even that one."""
    response = server.post("“The sea wall held,” said Jane Roe, the harbour master.")
    if response.status_code == 504:
        return False
    assert response.status_code == 200
    return [speaker["name"] for speaker in response.json()["speakers"]] == ["Jane Roe"]
