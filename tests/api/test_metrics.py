"""Metrics: counted by fixed words, each application for itself, in a format that Prometheus reads."""

from collections.abc import Callable
from pathlib import Path
from typing import get_args

import httpx
import msgspec
import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families as read_openmetrics
from prometheus_client.parser import text_string_to_metric_families

from quoteapi.api import create_app
from quoteapi.api.metrics import Metrics
from quoteapi.api.request_records import RequestRecord
from quoteapi.api.workers import WorkerFigures
from quoteapi.settings import Settings
from quoteapi.timing import Stage

Answers = Callable[..., list[httpx.Response]]
METRICS = httpx.Request("GET", "http://test/metrics")


def samples(text: str) -> dict[tuple[str, ...], float]:
    """Every figure, by its name and the values of its labels."""
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        if not sample.name.endswith("_bucket")
    }


def test_requests_are_counted_by_route_method_and_status(answers: Answers) -> None:
    """A path with a placeholder, and whatever is not there, is one label however many paths are asked for."""
    *_, response = answers(
        create_app(Settings()),
        *[httpx.Request("GET", f"http://test/problems/{name}") for name in ("not-json", "not-utf8", "nothing")],
        *[httpx.Request("GET", f"http://test/nothing/{number}") for number in range(5)],
        httpx.Request("BREW", "http://test/health/live"),
        METRICS,
    )
    figures = samples(response.text)
    requests = {key[1:]: value for key, value in figures.items() if key[0] == "quoteapi_requests_total"}
    assert requests[("GET", "/problems/{name}", "200")] == 2
    assert requests[("GET", "/problems/{name}", "404")] == 1
    assert requests[("GET", "none", "404")] == 5
    assert {key[0] for key in requests} == {"GET", "none"}
    assert figures[("quoteapi_request_seconds_count", "/problems/{name}")] == 3
    assert figures[("quoteapi_refusals_total", "not-found")] == 6
    assert "/nothing" not in response.text


def test_each_application_counts_for_itself(answers: Answers) -> None:
    """Nothing is kept beside it."""
    (first,) = answers(create_app(Settings()), METRICS)
    (second,) = answers(create_app(Settings()), METRICS)
    assert samples(first.text).keys() == samples(second.text).keys()


def test_an_article_that_was_read_is_counted_in_all_its_figures() -> None:
    """Those that are not known are left out."""
    metrics = Metrics()
    stages: dict[Stage, float] = {"document": 0.2, "encoder": 0.1}
    metrics.count(RequestRecord(method="POST", route="/quotes", status=200, characters=700, quotes=3, waited=0.5, read=0.4, stages=stages))
    metrics.count(RequestRecord(method="POST", route="/quotes", status=422, characters=5))
    figures = samples(metrics.exposed("")[0].decode())
    assert figures[("quoteapi_document_characters_sum",)] == 705
    assert figures[("quoteapi_document_quotes_sum",)] == 3
    assert figures[("quoteapi_document_quotes_count",)] == 1
    assert figures[("quoteapi_queue_wait_seconds_sum",)] == 0.5
    assert figures[("quoteapi_read_seconds_sum",)] == 0.4
    assert figures[("quoteapi_stage_seconds_sum", "document")] == 0.2


def test_the_workers_are_asked_whenever_the_metrics_are_read() -> None:
    """What is told is how they are then."""
    now = WorkerFigures(loaded=2, wanted=2, reading=2, waiting=3, low_priority=0, places=4, replaced={"died": 1}, refused=0, left=0)
    metrics = Metrics()
    metrics.follow(lambda: now)
    figures = samples(metrics.exposed("")[0].decode())
    assert (figures[("quoteapi_workers",)], figures[("quoteapi_reading",)], figures[("quoteapi_queue_length",)]) == (2, 2, 3)
    assert figures[("quoteapi_workers_replaced_total", "died")] == 1
    now = msgspec.structs.replace(now, waiting=0)
    assert samples(metrics.exposed("")[0].decode())[("quoteapi_queue_length",)] == 0


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="the process's memory is read from /proc")
def test_the_server_tells_what_its_articles_took(client: httpx.Client) -> None:
    """Through the processes: every stage, the quotes, the characters; and the server's own memory."""
    before = samples(client.get("/metrics").text)
    text = "“It held,” said Jane Roe, the harbour master. “We were lucky,” she said."
    assert client.post("/quotes", json={"text": text, "include": ["indirect"]}).status_code == 200
    after = samples(client.get("/metrics").text)

    def gain(*key: str) -> float:
        return after[key] - before.get(key, 0)

    assert gain("quoteapi_requests_total", "POST", "/quotes", "200") == 1
    assert gain("quoteapi_document_quotes_sum") == 2
    assert gain("quoteapi_document_characters_sum") == len(text)
    for stage in get_args(Stage):
        assert gain("quoteapi_stage_seconds_count", stage) == 1
        assert gain("quoteapi_stage_seconds_sum", stage) > 0
    assert after[("process_resident_memory_bytes",)] > 1_000_000


def test_the_format_is_the_one_that_is_asked_for(client: httpx.Client) -> None:
    """Prometheus asks for OpenMetrics."""
    plain = client.get("/metrics")
    assert plain.headers["content-type"].startswith("text/plain")
    asked = client.get("/metrics", headers={"Accept": "application/openmetrics-text; version=1.0.0"})
    assert asked.headers["content-type"].startswith("application/openmetrics-text")
    assert [family.name for family in read_openmetrics(asked.text) if family.name == "quoteapi_requests"]
