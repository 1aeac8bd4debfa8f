"""Telemetry: a span a request, where the settings ask for it."""

import sys
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from structlog.contextvars import get_contextvars

from quoteapi.api import create_app
from quoteapi.api.telemetry import TelemetryMissingError, trace_requests, tracer_provider
from quoteapi.settings import Settings
from serving import SERVE_POISONED

if TYPE_CHECKING:
    from serving import Server

pytest.importorskip("opentelemetry.sdk", reason="the extra [telemetry] is not installed")

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

Answers = Callable[..., list[httpx.Response]]
PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


class Collector(HTTPServer):
    """A collector of traces, that keeps what it is sent."""

    def __init__(self) -> None:
        self.received: list[ExportTraceServiceRequest] = []

        class Handler(BaseHTTPRequestHandler):
            """Takes spans in protobuf."""

            def do_POST(self) -> None:
                """Keep the spans."""
                body = self.rfile.read(int(self.headers["Content-Length"]))
                collector.received.append(ExportTraceServiceRequest.FromString(body))
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        collector = self
        super().__init__(("127.0.0.1", 0), Handler)


@pytest.fixture
def collector() -> Iterator[Collector]:
    """A collector that listens."""
    collector = Collector()
    thread = Thread(target=collector.serve_forever)
    thread.start()
    yield collector
    collector.shutdown()
    thread.join()
    collector.server_close()


def test_a_span_is_named_by_its_route_and_goes_on_with_the_callers_trace(answers: Answers) -> None:
    """Its trace id is in the log; machines' requests have none."""
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    bound: dict[str, Any] = {}
    inner = create_app(Settings())

    async def app(scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401  ASGI's
        bound.update(get_contextvars())
        await inner(scope, receive, send)

    answers(
        trace_requests(app, provider),
        httpx.Request("GET", "http://test/problems/not-json", headers={"traceparent": PARENT}),
        httpx.Request("GET", "http://test/health/live"),
        httpx.Request("GET", "http://test/metrics"),
    )
    (span,) = exporter.get_finished_spans()
    assert span.name == "GET /problems/{name}"
    assert span.attributes is not None
    assert span.attributes["http.route"] == "/problems/{name}"
    assert span.context is not None
    assert f"{span.context.trace_id:032x}" == PARENT.split("-")[1] == bound["trace_id"]


def test_traces_are_sent_where_opentelemetrys_variables_say(start_server: "Callable[..., Server]", collector: Collector) -> None:
    """With the service's name; the last ones before the server ends."""
    url = f"http://127.0.0.1:{collector.server_port}"
    server = start_server(
        SERVE_POISONED, QUOTEAPI_TELEMETRY="true", OTEL_EXPORTER_OTLP_ENDPOINT=url, OTEL_RESOURCE_ATTRIBUTES="deployment.environment=test"
    )
    httpx.get(f"{server.url}/problems/not-json")
    server.stop()
    (resource_spans,) = collector.received[0].resource_spans
    attributes = {attribute.key: attribute.value.string_value for attribute in resource_spans.resource.attributes}
    assert (attributes["service.name"], attributes["deployment.environment"]) == ("quoteapi", "test")
    names = [span.name for scope in resource_spans.scope_spans for span in scope.spans]
    assert names == ["GET /problems/{name}"]


def test_a_name_of_its_own_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    """`OTEL_SERVICE_NAME` as everywhere."""
    monkeypatch.setenv("OTEL_SERVICE_NAME", "desk")
    provider = tracer_provider()
    assert provider.resource.attributes["service.name"] == "desk"
    provider.shutdown()


def test_it_is_told_if_what_is_asked_for_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the extra to install."""
    monkeypatch.setitem(sys.modules, "opentelemetry.exporter.otlp.proto.http.trace_exporter", None)
    with pytest.raises(TelemetryMissingError, match=r"pip install '\.\[telemetry\]'"):
        create_app(Settings(telemetry=True))
