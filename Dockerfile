# quoteapi as a service: docker build -t quoteapi . && docker run --rm -p 8000:8000 quoteapi

FROM python:3.12-slim AS build
WORKDIR /source
RUN python -m venv /opt/build && python -m venv /opt/quoteapi
COPY pyproject.toml README.md LICENSE ./
COPY src src
RUN /opt/build/bin/pip wheel --no-cache-dir --no-deps --wheel-dir /wheels . \
    && /opt/quoteapi/bin/pip install --no-cache-dir /wheels/quoteapi-*.whl

FROM python:3.12-slim
# The user owns nothing and may write to /tmp alone, which `docker run --read-only --tmpfs /tmp` makes sure of.
RUN useradd --uid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin quoteapi \
    && chmod go-w /var/tmp /run/lock
COPY --from=build /opt/quoteapi /opt/quoteapi
ENV PATH=/opt/quoteapi/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1
USER 10001
WORKDIR /tmp
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/health/live', timeout=2)"]
CMD ["quoteapi", "serve", "--host", "0.0.0.0"]
