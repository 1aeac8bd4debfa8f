"""A server under attack, and the cases that attacks make up."""

import os
from typing import NamedTuple

import httpx
from hypothesis import HealthCheck, settings

from raw import article, asked, post
from serving import PATIENCE, Server

CASES = int(os.environ.get("HOSTILE_CASES", "60"))
"""Cases of each attack that are made up."""
ALIKE = "HOSTILE_CASES" not in os.environ
"""Whether they are the same with every run: by default, so that the last change is to blame; where more are asked for, they are others."""

made_up = settings(
    max_examples=CASES,
    derandomize=ALIKE,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)
"""For a test whose cases are made up; it is not timed."""


few = settings(max_examples=max(CASES // 3, 1), deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""For a test whose cases are made up and read by the engine, or by the pipeline: a third as many, others with each run."""


class Target(NamedTuple):
    """A server that is attacked."""

    server: Server
    workers: list[int]
    """The process ids of its workers before."""

    @property
    def url(self) -> str:
        """Where it listens."""
        return self.server.url

    def assert_unharmed(self) -> None:
        """It answers right, by the workers that it had, and has neither answered with an error of its own nor logged one."""
        reply = asked(self.url, post(article("“The sea wall held,” said Jane Roe, the harbour master.")))
        assert reply.status == 200
        assert b'"name":"Jane Roe"' in reply.body
        assert self.server.worker_ids() == self.workers
        assert [line for line in self.requests() if 'status="500"' in line] == []
        log = self.server.log.read_text()
        assert "Traceback" not in log
        assert '"level": "error"' not in log

    def requests(self) -> list[str]:
        """Its counters of requests, by route and status."""
        figures = httpx.get(f"{self.url}/metrics", timeout=PATIENCE).text
        return [line for line in figures.splitlines() if line.startswith("quoteapi_requests_total{")]
