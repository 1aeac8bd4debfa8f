"""Clients that others generate from the document: openapi-python-client here, openapi-typescript with the client that is made of it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from serving import Server

ROOT = Path(__file__).parents[2]
CONFIG = ROOT / "clients" / "openapi-python-client.yaml"
PROGRAM = """
import sys
from quoteapi_client import Client
from quoteapi_client.api.health import check_ready
from quoteapi_client.api.quotes import extract_quotes
from quoteapi_client.models import Answer, Article, ArticleOffsetUnit, Problem

client = Client(base_url=sys.argv[1])
assert check_ready.sync(client=client).status.value == "ready"
text = "🌊 “The sea wall held,” said Jane Roe, the harbour master."
answer = extract_quotes.sync(client=client, body=Article(text=text, offset_unit=ArticleOffsetUnit.UTF16))
assert isinstance(answer, Answer)
(quote,) = answer.quotes
print(quote.start, quote.text, quote.speaker.name, quote.speaker.role, sep="|")
problem = extract_quotes.sync(client=client, body=Article(text=" "))
assert isinstance(problem, Problem)
print(problem.title)
"""


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a client that openapi-python-client has just generated."""
    folder = tmp_path_factory.mktemp("generated") / "client"
    generator = Path(sys.executable).with_name("openapi-python-client")
    command = [generator, "generate", "--path", ROOT / "openapi" / "openapi.json", "--config", CONFIG, "--output-path", folder]
    environment = {**os.environ, "PATH": os.pathsep.join([str(generator.parent), os.environ["PATH"]])}
    done = subprocess.run(  # noqa: S603  the generator, with arguments of this file
        [*map(str, command), "--fail-on-warning"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        env=environment,
    )
    assert done.returncode == 0, done.stdout
    assert "warn" not in done.stdout.lower(), done.stdout
    return folder


def test_a_client_is_generated_without_a_warning(generated: Path) -> None:
    """With a module for every route."""
    modules = {path.stem for path in (generated / "quoteapi_client" / "api").rglob("*.py")}
    assert {"extract_quotes", "verify_quotes", "describe_problem", "check_live", "check_ready", "read_metrics"} <= modules


def test_the_generated_client_reads_an_article(generated: Path, server: Server) -> None:
    """And tells a problem."""
    done = subprocess.run(  # noqa: S603  this interpreter, a program of this file
        [sys.executable, "-c", PROGRAM, server.url], cwd=generated, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == "4|The sea wall held,|Jane Roe|the harbour master\nEmpty text\n"
