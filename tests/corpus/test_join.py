"""Marks that are published without texts are joined to the texts of whoever has these."""

import gzip
import hashlib
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from fences import ROOT
from quoteapi.evaluation.gold import GoldQuote, read_gold

CORPUS = ROOT / "corpus"
TEXT = (
    "Ada Lund, the harbour master, said “The wall held.”\n\n"
    "“We were lucky,” she and Tom Kerr, a cook, said. A sign read “Öffnen”. An “ end."
)
OTHER_ID = "b2"

Join = Callable[..., subprocess.CompletedProcess[str]]


def span(words: str) -> list[int]:
    """Where the words first stand in the article."""
    start = TEXT.index(words)
    return [start, start + len(words)]


def quote(words: str, kind: str, **more: object) -> dict[str, Any]:
    """A marked stretch."""
    start, end = span(words)
    return {"start": start, "end": end, "kind": kind, **more}


def role(words: str, *, best: bool) -> dict[str, Any]:
    """A marked role."""
    start, end = span(words)
    return {"start": start, "end": end, "text": words, "best": best, "status": "current"}


def entity(name: str, *roles: dict[str, Any], kind: str = "person") -> dict[str, Any]:
    """A marked entity."""
    return {"type": kind, "name": name, "mentions": [span(name)], "roles": list(roles), "aliases": [name]}


ENTITIES = {
    "E1": entity("Ada Lund", role("master", best=False), role("the harbour master", best=True)),
    "E2": entity("Tom Kerr", role("a cook", best=True)),
    "E3": entity("A sign", kind="document"),
}
FIRST = quote("The wall held.", "direct", speakers=["E1"], mention=span("Ada Lund"), cue=span("said"))
TOGETHER = quote("We were lucky,", "direct", speakers=["E1", "E2"], mention=span("she"), cue=None)
SIGN = quote("Öffnen", "mixed", speakers=["E3"], mention=None, cue=None)
BROKEN = quote(" end.", "bad", reason=None)
MARKED = {
    "id": "a1",
    "outlet": "The Kelby Post",
    "text": TEXT,
    "marker": "m0",
    "entities": ENTITIES,
    "quotes": [TOGETHER, FIRST, SIGN, BROKEN],
}


def without_text(article: dict[str, Any]) -> dict[str, Any]:
    """The article as it is published."""
    published = {key: value for key, value in article.items() if key != "text"}
    return published | {"length": len(article["text"]), "sha256": hashlib.sha256(article["text"].encode()).hexdigest()}


def write(path: Path, *articles: object) -> Path:
    """Write JSON lines, gzipped if the name ends in `.gz`."""
    lines = "".join(json.dumps(article) + "\n" for article in articles).encode()
    path.write_bytes(gzip.compress(lines) if path.suffix == ".gz" else lines)
    return path


def published(name: str) -> Iterator[dict[str, Any]]:
    """The articles of a published file."""
    with gzip.open(CORPUS / name, "rb") as file:
        yield from map(msgspec.json.decode, file)


@pytest.fixture
def join(tmp_path: Path) -> Join:
    """Join texts to the marks of two articles, `a1` and `b2`, and write `out.jsonl` or another file."""
    marks = write(tmp_path / "marks.jsonl.gz", without_text(MARKED), without_text(MARKED | {"id": OTHER_ID, "text": TEXT + "\n"}))

    def run(*texts: Path, output: str = "out.jsonl", options: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, CORPUS / "join.py", marks, *texts, "--output", tmp_path / output, *options]
        return subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  this interpreter, our script

    return run


def gold_of(join: Join, tmp_path: Path, *quotes: dict[str, Any], text: str = TEXT) -> tuple[GoldQuote, ...]:
    """The stretches of the first article as `quoteapi evaluate` reads them."""
    write(tmp_path / "marks.jsonl.gz", without_text(MARKED | {"quotes": list(quotes or MARKED["quotes"])}))
    done = join(write(tmp_path / "texts.jsonl", {"id": "a1", "text": text}), options=("--gold",))
    assert done.returncode == 0, done.stderr
    return read_gold(tmp_path / "out.jsonl")[0].quotes


def test_a_joined_article_is_what_was_marked(join: Join, tmp_path: Path) -> None:
    """Its text is in its place again, and neither length nor hash is left."""
    done = join(write(tmp_path / "texts.jsonl", {"id": "a1", "text": TEXT, "title": "Storm"}))
    assert done.returncode == 0
    joined = json.loads((tmp_path / "out.jsonl").read_text(encoding="utf-8"))
    assert joined == MARKED
    assert list(joined) == list(MARKED)


def test_it_says_what_was_joined_what_is_missing_and_what_has_another_text(join: Join, tmp_path: Path) -> None:
    """Of two articles one is there, the other has a character less."""
    texts = write(tmp_path / "texts.jsonl", {"id": "a1", "text": TEXT}, {"id": OTHER_ID, "text": TEXT})
    assert join(texts).stderr.splitlines() == ["1 joined, 0 missing, 1 with another text", "another text: b2"]
    assert join(write(tmp_path / "texts.jsonl", {"id": "a1", "text": TEXT})).stderr == "1 joined, 1 missing, 0 with another text\n"


def test_a_text_of_the_same_length_with_another_hash_is_another_text(join: Join, tmp_path: Path) -> None:
    """A single letter that differs is enough."""
    done = join(write(tmp_path / "texts.jsonl", {"id": "a1", "text": TEXT.replace("Ada", "Ida")}))
    assert done.returncode == 1
    assert "0 joined, 1 missing, 1 with another text" in done.stderr
    assert "no article was joined" in done.stderr
    assert not (tmp_path / "out.jsonl").exists()


def test_texts_come_from_several_files_gzipped_or_not(join: Join, tmp_path: Path) -> None:
    """The order of the marks is kept, whatever the order of the texts; of two texts with an id, the right one counts."""
    plain = write(tmp_path / "texts.jsonl", {"id": OTHER_ID, "text": "Something else."}, {"id": OTHER_ID, "text": TEXT + "\n"})
    packed = write(tmp_path / "texts.jsonl.gz", {"id": "a1", "text": TEXT}, {"id": "z9", "text": "Nobody marked this."})
    assert join(plain, packed).stderr == "2 joined, 0 missing, 0 with another text\n"
    assert [json.loads(line)["id"] for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()] == ["a1", OTHER_ID]


def test_the_same_articles_are_gzipped_to_the_same_bytes(join: Join, tmp_path: Path) -> None:
    """No time and no name is written into the file."""
    texts = write(tmp_path / "texts.jsonl", {"id": "a1", "text": TEXT})
    for name in ("one.jsonl.gz", "two.jsonl.gz"):
        assert join(texts, output=name).returncode == 0
    assert (tmp_path / "one.jsonl.gz").read_bytes() == (tmp_path / "two.jsonl.gz").read_bytes()
    assert json.loads(gzip.decompress((tmp_path / "one.jsonl.gz").read_bytes())) == MARKED


def test_gold_names_a_speaker_in_full_with_the_best_role(join: Join, tmp_path: Path) -> None:
    """Other roles are variants."""
    (told,) = gold_of(join, tmp_path, FIRST)
    assert (told.speaker, told.speaker_type, told.mention) == ("Ada Lund", "person", "Ada Lund")
    assert (told.role, told.role_variants) == ("the harbour master", ("master",))


def test_gold_makes_a_group_of_several_speakers(join: Join, tmp_path: Path) -> None:
    """Their names are joined, and they have no role."""
    (told,) = gold_of(join, tmp_path, TOGETHER)
    assert (told.speaker, told.speaker_type, told.mention, told.role) == ("Ada Lund and Tom Kerr", "group", "she", None)


def test_gold_calls_a_document_unnamed(join: Join, tmp_path: Path) -> None:
    """`quoteapi evaluate` knows no documents."""
    (told,) = gold_of(join, tmp_path, SIGN)
    assert (told.speaker, told.speaker_type) == ("A sign", "unnamed")


@pytest.mark.parametrize(
    "stretch", [quote("Öffnen", "other", reason="sign"), quote("Öffnen", "direct", speakers=[], mention=None, cue=None)]
)
def test_gold_has_no_speaker_for_what_is_nobodys(join: Join, tmp_path: Path, stretch: dict[str, Any]) -> None:
    """Either no speech, or the article does not say whose."""
    (told,) = gold_of(join, tmp_path, stretch)
    assert (told.kind, told.speaker, told.speaker_type, told.mention, told.role) == (stretch["kind"], None, None, None, None)


def test_gold_stands_in_the_order_of_the_text_without_bad_stretches(join: Join, tmp_path: Path) -> None:
    """The marks had them in another order."""
    assert [TEXT[told.start : told.end] for told in gold_of(join, tmp_path)] == ["The wall held.", "We were lucky,", "Öffnen"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b'{"id": "a1", "text": "x"}\nnonsense\n', "texts.jsonl, line 2: "),
        (b'["a1"]\n', "texts.jsonl, line 1: not a JSON object"),
        (b'\n{"id": "a1"}\n', "texts.jsonl, line 2: no field 'text', or it is of the wrong type (str expected)"),
        (b'{"id": 1, "text": "x"}\n', "texts.jsonl, line 1: no field 'id'"),
        (b'{"id": "\xff"}\n', "texts.jsonl, line 1: "),
        (b"\x1f\x8bnothing", "texts.jsonl cannot be read: "),
        (gzip.compress(b"{}" * 99)[:-12] + b"\xff" * 12, "texts.jsonl cannot be read: "),
        (None, "texts.jsonl cannot be read: "),
    ],
    ids=["no JSON", "no object", "no text", "a number as id", "no UTF-8", "no gzip", "broken gzip", "no file"],
)
def test_what_cannot_be_read_is_told_with_its_line(join: Join, tmp_path: Path, content: bytes | None, reason: str) -> None:
    """On one line of standard error, without a traceback."""
    if content is not None:
        (tmp_path / "texts.jsonl").write_bytes(content)
    done = join(tmp_path / "texts.jsonl")
    assert done.returncode == 2
    assert reason in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_file_that_cannot_be_written_is_told(join: Join, tmp_path: Path) -> None:
    """Its folder is missing."""
    done = join(write(tmp_path / "texts.jsonl", {"id": "a1", "text": TEXT}), output="missing/out.jsonl")
    assert done.returncode == 2
    assert "cannot be written" in done.stderr


@pytest.mark.parametrize(("name", "count"), [("marked-train.jsonl.gz", 1624), ("marked-more.jsonl.gz", 1080), ("marked-dev.jsonl.gz", 156)])
def test_published_marks_hold_no_text(name: str, count: int) -> None:
    """Of an article's words only names, noun phrases and roles are there, none of them as long as a paragraph."""
    articles = list(published(name))
    assert len({article["id"] for article in articles}) == len(articles) == count
    assert {frozenset(article) for article in articles} == {frozenset(without_text(MARKED))}
    entities = [entity for article in articles for entity in article["entities"].values()]
    words = [text for entity in entities for text in (entity["name"], *entity["aliases"], *(one["text"] for one in entity["roles"]))]
    assert max(map(len, words)) < 150
    assert not any("\n" in text for text in words)
    assert {key for article in articles for quote in article["quotes"] for key in quote} == {
        "start", "end", "kind", "speakers", "mention", "cue", "continues", "reason",
    }  # fmt: skip


def test_published_marks_stay_within_their_texts() -> None:
    """Every span ends at or before the length, and who speaks is an entity of the article."""
    for article in published("marked-dev.jsonl.gz"):
        spans = [one for entity in article["entities"].values() for one in entity["mentions"]]
        spans += [[one["start"], one["end"]] for one in article["quotes"]]
        assert all(0 <= start < end <= article["length"] for start, end in spans), article["id"]
        assert {key for one in article["quotes"] for key in one.get("speakers", ())} <= set(article["entities"])
