"""The image: built from the Dockerfile and run as `docs/container.md` says, closed to everything that it does not need.

Takes some minutes, so it is done only where IMAGE_BASE names the base: `python:3.12-slim`, or, where no image registry is reached, a name
under `localhost/`, which `deploy/local-base.sh` then makes (as root).
"""

import io
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tarfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import httpx
import msgspec
import pytest

from quoteapi.engine import QuoteEngine
from quoteapi.structs import Answer, Article
from serving import PATIENCE

ROOT = Path(__file__).parents[2]
ARTICLE = (ROOT / "tests" / "articles" / "harbour.txt").read_text(encoding="utf-8")
BASE = os.environ.get("IMAGE_BASE", "")
SECRETS = {"pip.conf": Path("/etc/pip.conf"), "ca-certificates": Path("/etc/ssl/certs/ca-certificates.crt")}
"""How this machine reaches its package index."""
ASK = """
import sys, urllib.request as http
body = sys.stdin.buffer.read() or None
request = http.Request("http://127.0.0.1:8000" + sys.argv[1], body, {"Content-Type": "text/plain; charset=utf-8"})
sys.stdout.buffer.write(http.urlopen(request).read())
"""
"""Sends a request from inside the container, which has no network to ask it through."""
ACCOUNTS = {f"etc/{file}{old}" for file in ("passwd", "shadow", "group", "gshadow", "subuid", "subgid") for old in ("", "-")}

pytestmark = [
    pytest.mark.skipif(not BASE, reason="takes minutes; IMAGE_BASE names the base to build on"),
    pytest.mark.skipif(not (shutil.which("buildah") and shutil.which("podman")), reason="needs buildah and podman"),
]


def run(*command: str | Path, given: str = "", **environment: str) -> str:
    """What a command prints; its errors are the test's."""
    done = subprocess.run(command, cwd=ROOT, input=given.encode(), capture_output=True, env=os.environ | environment, check=False)  # noqa: S603  our own commands
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def succeeds(*command: str) -> bool:
    """Whether a command ends well."""
    return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False).returncode == 0  # noqa: S603  our own commands


def wait_for(condition: Callable[[], bool], container: str) -> None:
    """Return once the condition holds."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, run("podman", "logs", container)
        time.sleep(0.1)


class Container(NamedTuple):
    """A container that runs."""

    name: str

    def execute(self, program: str, *arguments: str, given: str = "") -> str:
        """What a Python program in the container prints."""
        return run("podman", "exec", "--interactive", self.name, "python", "-c", program, *arguments, given=given)

    def ask(self, path: str, *, given: str = "") -> str:
        """The body of an answer to a request from the inside."""
        return self.execute(ASK, path, given=given)

    def is_well(self) -> bool:
        """Whether its health check passes and every engine is loaded."""
        return succeeds("podman", "healthcheck", "run", self.name) and succeeds(
            "podman", "exec", self.name, "python", "-c", ASK, "/health/ready"
        )

    def exit_code(self) -> int:
        """How it ended."""
        return int(run("podman", "inspect", self.name, "--format", "{{.State.ExitCode}}"))

    def log(self) -> list[dict[str, object]]:
        """The events that it has logged."""
        done = subprocess.run(["podman", "logs", self.name], capture_output=True, text=True, check=True)  # noqa: S603, S607  podman
        return [json.loads(line) for line in (done.stdout + done.stderr).splitlines()]


@pytest.fixture(scope="module", autouse=True)
def podman_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Limits, and a runtime where there is one, that also work where this runs in a sandbox itself; whoever has settings keeps them."""
    path = tmp_path_factory.mktemp("podman") / "containers.conf"
    runtime = '[engine]\nruntime = "runc"\ncgroup_manager = "cgroupfs"\n' if shutil.which("runc") else ""
    path.write_text(f'[containers]\ndefault_ulimits = ["nofile=4096:4096", "nproc=4096:4096"]\n{runtime}')
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CONTAINERS_CONF", os.environ.get("CONTAINERS_CONF", str(path)))
        yield


@pytest.fixture(scope="module")
def base() -> str:
    """The base image."""
    if BASE.startswith("localhost/") and BASE not in run("podman", "images", "--format", "{{.Repository}}:{{.Tag}}").split():
        run("deploy/local-base.sh", BASE)
    return BASE


def build(base: str, *arguments: str, given: str = "") -> str:
    """The name of an image that is built in this folder."""
    name = f"localhost/quoteapi-test:{secrets.token_hex(4)}"
    command = ["buildah", "build", "--format", "docker", "--isolation", "chroot", "--network", "host", "--build-arg", f"BASE={base}"]
    run(*command, "--tag", name, *arguments, ".", given=given)
    return name


@pytest.fixture(scope="module")
def image(base: str) -> Iterator[str]:
    """The image."""
    name = build(base, *(f"--secret=id={secret},src={path}" for secret, path in SECRETS.items() if path.exists()))
    yield name
    run("podman", "image", "rm", "--force", name)


@pytest.fixture
def start(image: str) -> Iterator[Callable[[], Container]]:
    """Starts containers without network, file system or privileges; they go with the test."""
    started = []
    closed = ["--network=none", "--read-only", "--tmpfs=/tmp", "--cap-drop=all", "--security-opt=no-new-privileges"]

    def start_one() -> Container:
        started.append(Container(f"quoteapi-{secrets.token_hex(4)}"))
        run("podman", "run", "--detach", "--name", started[-1].name, *closed, "--env=QUOTEAPI_WORKERS=1", image)
        return started[-1]

    yield start_one
    for container in started:
        run("podman", "rm", "--force", "--time=0", container.name)


def files_of(image: str) -> dict[str, bytes]:
    """Every file of an image, by its path."""
    name = f"files-{secrets.token_hex(4)}"
    run("podman", "create", "--name", name, image, "true")
    try:
        exported = subprocess.run(["podman", "export", name], capture_output=True, check=True).stdout  # noqa: S603, S607  podman
    finally:
        run("podman", "rm", name)
    with tarfile.open(fileobj=io.BytesIO(exported)) as archive:
        return {member.name: opened.read() for member in archive if member.isfile() and (opened := archive.extractfile(member))}


def test_the_builder_gets_what_the_package_is_built_from_and_no_more(base: str) -> None:
    """No history, no tests, no environment; and no weights twice."""
    context = build(base, "--file=-", given="FROM scratch\nCOPY . /")
    files = files_of(context)
    run("podman", "image", "rm", context)
    assert {path.partition("/")[0] for path in files} - {"dev", "etc", "proc", "run", "sys"} == {
        "src",
        "pyproject.toml",
        "README.md",
        "LICENSE",
    }
    large = Counter(content for content in files.values() if len(content) > 1_000_000)
    assert large
    assert max(large.values()) == 1


def test_nothing_of_the_build_stays(base: str, image: str) -> None:
    """Beside the environment, the user's account and tini the image is its base: no source, index, certificate nor installer."""
    before, after = files_of(base), files_of(image)
    changed = {path for path, content in after.items() if before.get(path) != content}
    assert {path for path in changed if not path.startswith("opt/quoteapi/")} - ACCOUNTS == {"usr/bin/tini"}
    installed = {Path(path).parts[5] for path in changed if path.startswith("opt/quoteapi/lib/python")}
    assert "quoteapi" in installed
    assert not installed & {"pip", "hatchling"}


def test_an_article_is_read_without_network_or_anything_to_write_to(start: Callable[[], Container]) -> None:
    """The health check passes, the answer is the engine's, and every line of the log is an event."""
    container = start()
    wait_for(container.is_well, container.name)
    answer = msgspec.json.decode(container.ask("/quotes", given=ARTICLE), type=Answer)
    expected = QuoteEngine().extract(Article(text=ARTICLE))
    assert [(quote.text, quote.speaker) for quote in answer.quotes] == [(quote.text, quote.speaker) for quote in expected.quotes]
    assert "a worker can read" in [event["event"] for event in container.log()]


def test_it_runs_as_nobody_in_particular(start: Callable[[], Container]) -> None:
    """Every process has the image's user, none may become another, and only `/tmp` can be written."""
    container = start()
    wait_for(container.is_well, container.name)
    assert set(run("podman", "top", container.name, "user").split()[1:]) == {"quoteapi"}
    program = "import os, tempfile; print([path for path in ('/', '/opt/quoteapi', '/var/tmp', '/tmp') if os.access(path, os.W_OK)])"
    assert container.execute(program).strip() == "['/tmp']"
    status = container.execute("print(open('/proc/1/status').read())").split()
    assert (status[status.index("CapBnd:") + 1], status[status.index("NoNewPrivs:") + 1]) == ("0" * 16, "1")


def test_what_is_being_read_when_it_is_stopped_is_answered(start: Callable[[], Container]) -> None:
    """On SIGTERM the article is answered first; then the container ends by itself, well."""
    container = start()
    wait_for(container.is_well, container.name)
    command = ["podman", "exec", "--interactive", container.name, "python", "-c", ASK, "/quotes"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as caller:  # noqa: S603  podman
        assert caller.stdin is not None
        caller.stdin.write((ARTICLE * 40).encode())
        caller.stdin.close()
        wait_for(lambda: "quoteapi_reading 1.0" in container.ask("/metrics"), container.name)
        run("podman", "stop", "--time=240", container.name)
    assert container.exit_code() == 0
    events = container.log()
    stopping = next(number for number, event in enumerate(events) if event["event"] == "Shutting down")
    assert [event.get("status") for event in events[stopping:] if event.get("path") == "/quotes"] == [200]


def test_it_can_be_stopped_before_it_listens(start: Callable[[], Container]) -> None:
    """It ends by itself, and is not killed when its time to stop is over."""
    container = start()
    run("podman", "stop", f"--time={PATIENCE:.0f}", container.name)
    assert container.exit_code() == 0


def test_the_compose_file_serves_who_has_a_key(image: str, tmp_path: Path) -> None:
    """Started by podman-compose, on a port of this machine's loopback; the secret's file is the keys'."""
    keys = tmp_path / "api-keys.txt"
    key = secrets.token_urlsafe()
    keys.write_text(f"newsroom: {key}\n")
    keys.chmod(0o644)
    for folder in (tmp_path, *tmp_path.parents[:2]):
        folder.chmod(0o755)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    compose = [Path(sys.executable).with_name("podman-compose"), "--file=deploy/compose.yaml"]
    environment = {"IMAGE": image, "PORT": str(port), "KEYS": str(keys)}
    url = f"http://127.0.0.1:{port}"
    try:
        run(*compose, "up", "--detach", "--no-build", **environment)
        wait_for(lambda: answers(f"{url}/health/ready"), "quoteapi_quoteapi_1")
        statuses = [
            httpx.post(f"{url}/quotes", json={"text": ARTICLE}, headers=headers, timeout=120).status_code
            for headers in ({}, {"X-API-Key": key})
        ]
    finally:
        run(*compose, "down", **environment)
    assert statuses == [401, 200]


def answers(url: str) -> bool:
    """Whether there is a 200 at a URL."""
    try:
        return httpx.get(url).status_code == 200
    except httpx.TransportError:
        return False
