"""Schemathesis over the OpenAPI document, with all its checks: what the document allows is answered as it says, and nothing else is.

In process it makes up cases of one request each; against a server also whole scenarios, with the command that anybody can run.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from litestar.types import ASGIApp
from schemathesis.python import asgi

import schemathesis_hooks
from quoteapi.api import create_app
from quoteapi.settings import Settings
from serving import Server
from target import ALIKE, CASES, Target, made_up

DOCUMENT = schemathesis.openapi.from_path(Path(__file__).parents[2] / "openapi" / "openapi.json")
KEY = "kRz0bXUnm5PMeQ3aWv9d"


def attack(url: str, folder: Path, *options: str) -> None:
    """Let the command of Schemathesis loose on a server, to leave its files in a folder; what it finds is told in its words."""
    fixed = ["--generation-deterministic"] if ALIKE else ["--generation-database=none"]
    told = subprocess.run(  # noqa: S603  this command of ours
        [
            str(Path(sys.executable).with_name("schemathesis")),
            "run",
            f"{url}/schema/openapi.json",
            "--checks=all",
            f"--max-examples={CASES // 3 if ALIKE else CASES}",  # in process there are as many as elsewhere
            "--continue-on-failure",
            *fixed,
            *options,
        ],
        cwd=folder,
        env={**os.environ, "SCHEMATHESIS_HOOKS": str(schemathesis_hooks.__file__)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stdout + told.stderr
    assert " passed" in told.stdout, told.stdout


@pytest.fixture
def application() -> ASGIApp:
    """An application in this process, ready; Schemathesis ends it behind the test."""
    app = create_app(Settings(workers=1))
    with asgi.get_client(app) as client:
        while client.get(f"http://{asgi.HOST}/health/ready").status_code != 200:
            time.sleep(0.1)
    return app


@DOCUMENT.parametrize()
@settings(made_up, suppress_health_check=list(HealthCheck))  # one application for all cases of a route is what is meant
def test_the_application_does_what_its_document_says(case: schemathesis.Case, application: ASGIApp) -> None:
    """Case by case, without a server between."""
    case.call_and_validate(app=application)


def test_a_server_does_what_its_document_says(target: Target, tmp_path: Path) -> None:
    """Examples, the bounds of every field, scenarios of several requests, and in a longer run cases made up."""
    attack(target.url, tmp_path, *(["--phases=examples,coverage,stateful"] if ALIKE else []))  # in process, cases are made up, too


def test_the_server_is_unharmed(target: Target) -> None:
    """By all of that."""
    target.assert_unharmed()


def test_a_server_with_keys_and_a_rate_does_what_its_document_says(start_server: Callable[..., Server], tmp_path: Path) -> None:
    """With a key and without, and more often than is allowed."""
    (tmp_path / "keys").write_text(f"newsroom: {KEY}\n")
    server = start_server(QUOTEAPI_API_KEYS=str(tmp_path / "keys"), QUOTEAPI_RATE_LIMIT="15")
    server.wait_until_ready()
    only = ["--include-path=/quotes", "--phases=examples,fuzzing"]  # what keys and rates change does not depend on the bounds of fields
    attack(server.url, tmp_path, *only)
    attack(server.url, tmp_path, *only, "--header", f"Authorization: Bearer {KEY}")
    log = server.log.read_text()
    assert [status for status in (200, 401, 429) if f'"status": {status}' not in log] == []
    assert "Traceback" not in log
