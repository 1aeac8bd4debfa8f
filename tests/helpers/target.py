"""A server under attack, and the generated cases of attacks."""

import os
from typing import NamedTuple

import httpx
from hypothesis import HealthCheck, settings

from raw import article, asked, post
from serving import PATIENCE, Server

CASES = int(os.environ.get("HOSTILE_CASES", "60"))
"""Number of generated cases per attack."""
ALIKE = "HOSTILE_CASES" not in os.environ
"""Whether every run generates the same cases: by default, so that a failure is due to the last change; not if more cases are requested."""

made_up = settings(
    max_examples=CASES,
    derandomize=ALIKE,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)
"""Settings for a test with generated cases, without a deadline."""


few = settings(max_examples=max(CASES // 3, 1), deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""Settings for a test whose generated cases the engine or pipeline reads: a third as many, and others with each run."""


class Target(NamedTuple):
    """A server under attack."""

    server: Server
    workers: list[int]
    """The process ids of its workers before the attack."""

    @property
    def url(self) -> str:
        """Its address."""
        return self.server.url

    def assert_unharmed(self) -> None:
        """Check that it answers correctly with the same workers, and has neither answered with a 500 nor logged an error."""
        reply = asked(self.url, post(article("“The sea wall held,” said Jane Roe, the harbour master.")))
        assert reply.status == 200
        assert b'"name":"Jane Roe"' in reply.body
        assert self.server.worker_ids() == self.workers
        assert [line for line in self.requests() if 'status="500"' in line] == []
        log = self.server.log.read_text()
        assert "Traceback" not in log
        assert '"level": "error"' not in log

    def requests(self) -> list[str]:
        """Its request counters, by route and status."""
        figures = httpx.get(f"{self.url}/metrics", timeout=PATIENCE).text
        return [line for line in figures.splitlines() if line.startswith("quoteapi_requests_total{")]
