"""Metrics: what the service has done so far, for Prometheus. Labels have a few fixed values, never what a caller sent."""

from collections.abc import Callable, Iterable

from litestar.enums import HttpMethod
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Metric, ProcessCollector
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector

from quoteapi.api.request_records import RequestRecord
from quoteapi.api.workers import WorkerFigures

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
_QUOTES = (0, 1, 2, 5, 10, 20, 50, 100, 200)
_CHARACTERS = (500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000)
_METHODS = {method.value for method in HttpMethod}
_NONE = "none"
"""The label for a missing value: the route of a 404, the status if the caller left first, or an unknown method."""


class Metrics:
    """The metrics of one application, in a registry of their own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter("quoteapi_requests", "Requests answered.", ("method", "route", "status"), registry=self.registry)
        self._seconds = Histogram(
            "quoteapi_request_seconds",
            "From a request's headers to the end of its answer.",
            ("route",),
            buckets=_SECONDS,
            registry=self.registry,
        )
        self._refusals = Counter("quoteapi_refusals", "Problems answered, by kind.", ("problem",), registry=self.registry)
        self._stages = Histogram(
            "quoteapi_stage_seconds",
            "What each stage of the engine took with an article.",
            ("stage",),
            buckets=_SECONDS,
            registry=self.registry,
        )
        self._waits = Histogram(
            "quoteapi_queue_wait_seconds", "How long articles waited for a worker.", buckets=_SECONDS, registry=self.registry
        )
        self._reads = Histogram("quoteapi_read_seconds", "How long workers had articles.", buckets=_SECONDS, registry=self.registry)
        self._quotes = Histogram("quoteapi_document_quotes", "Quotes in an article.", buckets=_QUOTES, registry=self.registry)
        self._characters = Histogram(
            "quoteapi_document_characters", "Characters of an article.", buckets=_CHARACTERS, registry=self.registry
        )
        self.streams = Gauge("quoteapi_streams", "Streams of articles that are open.", registry=self.registry)
        ProcessCollector(registry=self.registry)  # of the process that answers HTTP

    def count(self, record: RequestRecord) -> None:
        """Count an answered request and its article."""
        route = record.route or _NONE
        method = record.method if record.method in _METHODS else _NONE
        self._requests.labels(method, route, str(record.status or _NONE)).inc()
        self._seconds.labels(route).observe(record.seconds)
        self.count_article(record if record.lines is None else RequestRecord(problem=record.problem))  # a stream's articles were counted

    def count_article(self, record: RequestRecord) -> None:
        """Count an article that was read or refused."""
        if record.problem is not None:
            self._refusals.labels(record.problem).inc()
        for stage, seconds in record.stages.items():
            self._stages.labels(stage).observe(seconds)
        for histogram, value in (
            (self._waits, record.waited),
            (self._reads, record.read),
            (self._quotes, record.quotes),
            (self._characters, record.characters),
        ):
            if value is not None:
                histogram.observe(value)

    def follow(self, figures: Callable[[], WorkerFigures]) -> None:
        """Include the workers' figures, fetched whenever these metrics are read."""
        self.registry.register(_WorkerCollector(figures))

    def exposed(self, accept: str) -> tuple[bytes, str]:
        """Return all metrics in the text format that `Accept` asks for, and its content type."""
        encode, content_type = choose_encoder(accept)
        return encode(self.registry), content_type


class _WorkerCollector(Collector):
    """Collects the workers' figures when the metrics are read."""

    def __init__(self, figures: Callable[[], WorkerFigures]) -> None:
        self._figures = figures

    def collect(self) -> Iterable[Metric]:
        """Yield the current metrics."""
        figures = self._figures()
        yield GaugeMetricFamily("quoteapi_workers", "Workers that can read.", value=figures.loaded)
        yield GaugeMetricFamily("quoteapi_queue_length", "Articles that wait for a worker.", value=figures.waiting)
        yield GaugeMetricFamily("quoteapi_queue_places", "Articles that may wait for a worker.", value=figures.places)
        yield GaugeMetricFamily("quoteapi_stream_queue_length", "Articles of streams that wait for a worker.", value=figures.low_priority)
        yield GaugeMetricFamily("quoteapi_reading", "Articles that are being read.", value=figures.reading)
        yield CounterMetricFamily("quoteapi_left", "Articles whose callers left before they were answered.", value=figures.left)
        replaced = CounterMetricFamily("quoteapi_workers_replaced", "Workers that were replaced.", labels=["cause"])
        for cause, count in figures.replaced.items():
            replaced.add_metric([cause], count)
        yield replaced
