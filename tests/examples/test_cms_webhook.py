"""The webhook receiver, as a process of its own beside a real service."""

import hashlib
import hmac
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from bs4 import BeautifulSoup

from scripted import Scripted, reply
from serving import PATIENCE, Server, wait_for

EXAMPLES = Path(__file__).parents[2] / "examples"
SECRET = "the tide turns at noon"  # noqa: S105  of this test alone
CONTENT = """<h2>Kelby&rsquo;s wall 🌊</h2>
<!-- wp:paragraph -->
<p>&ldquo;It <em>did not</em> fail in a night 😢,&rdquo; said <a href="/holm">Anders Holm</a>, a hydrologist.
&ldquo;It will,&rdquo; he added, &ldquo;take years &amp; money.&rdquo;</p>
<!-- /wp:paragraph -->
<script>const joke = "“Hi,” said Eve Roe.";</script>
<blockquote><p>A wall like this stands for a “hundred” years.</p></blockquote>"""


@contextmanager
def receiver(folder: Path, service: str, **environment: str) -> Iterator[str]:
    """Where a receiver listens that asks a service."""
    log = folder / "receiver.log"
    command = [sys.executable, "-m", "uvicorn", "--factory", "cms_webhook:create_app", "--app-dir", str(EXAMPLES), "--port", "0"]
    with log.open("wb") as written:
        process = subprocess.Popen(  # noqa: S603  this command of ours
            command, stderr=written, stdout=written, env={**os.environ, "WEBHOOK_SECRET": SECRET, "QUOTEAPI_URL": service, **environment}
        )
    try:
        wait_for(lambda: "running on" in log.read_text() or process.poll() is not None, log)
        (url,) = re.findall(r"running on (http://[\d.:]+)", log.read_text())
        yield url
    finally:
        process.terminate()
        process.wait(PATIENCE)


@pytest.fixture(scope="module")
def url(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A receiver beside the session's service."""
    with receiver(tmp_path_factory.mktemp("receiver"), server.url) as url:
        yield url


def deliver(url: str, hook: Any, *, secret: str = SECRET) -> httpx.Response:  # noqa: ANN401  any JSON
    """The answer to a hook that is signed with a secret."""
    body = json.dumps(hook).encode()
    signature = "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    headers = {"X-Webhook-Signature": signature, "Content-Type": "application/json"}
    return httpx.post(f"{url}/hooks/post-published", content=body, headers=headers, timeout=PATIENCE)


def hook(content: str) -> dict[str, Any]:
    """A post of such content has been published."""
    return {"event": "post_published", "post": {"id": 7, "title": "Kelby", "content": content}}


def test_a_post_comes_back_with_its_quotes(url: str) -> None:
    """Offsets count UTF-16 units of the text; scripts and comments are no text."""
    response = deliver(url, hook(CONTENT))
    assert response.status_code == 200, response.text
    marked = response.json()
    text, quotes = marked["text"], marked["answer"]["quotes"]
    assert marked["post"] == 7
    assert "Eve Roe" not in text
    assert "wp:paragraph" not in text
    assert [(quote["text"], quote["speaker"]["name"]) for quote in quotes[:2]] == [
        ("It did not fail in a night 😢,", "Anders Holm"),
        ("It will, take years & money.", "Anders Holm"),
    ]
    units = text.encode("utf-16-le")
    for quote in quotes:
        for span in quote["spans"]:
            assert units[2 * span["start"] : 2 * span["end"]].decode("utf-16-le") == span["text"]


def test_the_html_marks_each_stretch_and_changes_nothing_else(url: str) -> None:
    """Also through an inline element; without the marks it is the post that was sent."""
    marked = deliver(url, hook(CONTENT)).json()
    page = BeautifulSoup(marked["html"], "html.parser")
    found = page.select("span.quote")
    assert [(mark.text, mark["data-speaker"]) for mark in found[:5]] == [
        ("It ", "Anders Holm"),
        ("did not", "Anders Holm"),
        (" fail in a night 😢,", "Anders Holm"),
        ("It will,", "Anders Holm"),
        ("take years & money.", "Anders Holm"),
    ]
    assert len({mark["data-quote"] for mark in found[:3]}) == 1
    for mark in found:
        mark.unwrap()
    assert str(page) == str(BeautifulSoup(CONTENT, "html.parser"))


def test_a_speakers_name_cannot_break_out_of_its_attribute(url: str) -> None:
    """What an article says is no HTML of the post's."""
    content = "<p>&ldquo;The wall held,&rdquo; said Jane &quot;&gt;&lt;img src=x&gt; Roe.</p><p>&ldquo;&lt;b&gt;No,&rdquo; she said.</p>"
    page = BeautifulSoup(deliver(url, hook(content)).json()["html"], "html.parser")
    assert not page.select("img, b")
    assert page.select("span.quote")


def test_a_wrong_signature_is_turned_away(url: str) -> None:
    """Whether it is another secret's or none at all."""
    assert deliver(url, hook(CONTENT), secret="another").status_code == 401  # noqa: S106  of this test alone
    assert httpx.post(f"{url}/hooks/post-published", json=hook(CONTENT)).status_code == 401
    assert httpx.post(f"{url}/hooks/post-published", json=hook(CONTENT), headers={"X-Webhook-Signature": b"\xe9"}).status_code == 401


@pytest.mark.parametrize(
    ("sent", "status", "words"),
    [
        ({"event": "post_deleted", "post": {"id": 7, "content": "a"}}, 400, "no post_published hook"),
        ({"event": "post_published", "post": {"id": 7}}, 400, "content"),
        (hook("<p> </p>"), 422, "The text is empty"),
        (hook("<p>" + "long " * 20_000 + "</p>"), 422, "Text too long"),
    ],
)
def test_what_cannot_be_read_is_told(url: str, sent: object, status: int, words: str) -> None:
    """In words that the plug-in can show."""
    response = deliver(url, sent)
    assert (response.status_code, words in response.json()["detail"]) == (status, True), response.text


def test_a_busy_service_has_the_hook_delivered_again(scripted: Callable[..., Scripted], tmp_path: Path) -> None:
    """With a 503 and the time that the service names, where that is more than the plug-in waits."""
    with receiver(tmp_path, scripted(reply(429, Retry_After="3600")).url) as url:
        response = deliver(url, hook(CONTENT))
    assert (response.status_code, response.headers["Retry-After"]) == (503, "3600")


def test_a_service_that_is_not_there_is_told(tmp_path: Path) -> None:
    """After the tries that the receiver has time for."""
    with receiver(tmp_path, "http://127.0.0.1:9") as url:
        assert deliver(url, hook(CONTENT)).status_code == 502
