"""Telemetry: a trace of every request, exported by OpenTelemetry as its own variables (`OTEL_…`) say; needs the extra `[telemetry]`."""

from typing import TYPE_CHECKING, cast

from litestar.types import ASGIApp, Message, Receive, Scope, Send
from structlog.contextvars import bind_contextvars

from quoteapi.errors import QuoteapiError

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider

_EXCLUDED = "/health/,/metrics"
"""Routes that machines request every few seconds, which would fill the traces."""


class TelemetryMissingError(QuoteapiError):
    """Traces are requested, but the libraries that export them are not installed."""

    def __init__(self, module: str) -> None:
        super().__init__(
            f"QUOTEAPI_TELEMETRY is set and {module} is missing: run pip install '.[telemetry]' in the checkout of quoteapi, or unset it."
        )


def tracer_provider() -> "TracerProvider":
    """Return a provider that exports spans in the background, by OTLP over HTTP; shut it down to send the last ones.

    Raises:
        TelemetryMissingError: The extra is not installed.
    """
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415  an extra
        from opentelemetry.sdk.resources import OTELResourceDetector, Resource  # noqa: PLC0415  the same
        from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415  the same
        from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415  the same
    except ModuleNotFoundError as error:
        raise TelemetryMissingError(error.name or "opentelemetry") from None
    own = Resource({"service.name": "quoteapi"}).merge(OTELResourceDetector().detect())  # OTEL_SERVICE_NAME wins
    provider = TracerProvider(resource=Resource.create().merge(own))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    return provider


def trace_requests(app: ASGIApp, provider: "TracerProvider") -> ASGIApp:
    """Wrap the application to make a span for every request, named by its route; every line of the log carries the trace id.

    Raises:
        TelemetryMissingError: The extra is not installed.
    """
    try:
        from opentelemetry import trace  # noqa: PLC0415  an extra
        from opentelemetry.instrumentation.asgi import OpenTelemetryMiddleware  # noqa: PLC0415  the same
        from opentelemetry.metrics import NoOpMeterProvider  # noqa: PLC0415  the same
    except ModuleNotFoundError as error:
        raise TelemetryMissingError(error.name or "opentelemetry") from None

    async def named(scope: Scope, receive: Receive, send: Send) -> None:
        span = trace.get_current_span()
        if span.is_recording():
            bind_contextvars(trace_id=trace.format_trace_id(span.get_span_context().trace_id))

        async def name_and_send(message: Message) -> None:
            route = scope.get("path_template")
            if message["type"] == "http.response.start" and route is not None:
                span.update_name(f"{scope.get('method')} {route}")
                span.set_attribute("http.route", route)
            await send(message)

        await app(scope, receive, name_and_send)

    traced = OpenTelemetryMiddleware(
        named,
        excluded_urls=_EXCLUDED,
        default_span_details=lambda scope: (scope.get("method", ""), {}),  # the route is known only later
        exclude_spans=["receive", "send"],
        tracer_provider=provider,
        meter_provider=NoOpMeterProvider(),  # metrics are at /metrics
    )
    return cast("ASGIApp", traced)
