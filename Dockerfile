# quoteapi as a service: docker build -t quoteapi . && docker run --rm -p 8000:8000 quoteapi (more in docs/container.md)
ARG BASE=python:3.12-slim

FROM ${BASE} AS build
ARG EXTRAS=html
# hadolint ignore=DL3008
RUN apt-get update && apt-get install --yes --no-install-recommends binutils tini && rm -rf /var/lib/apt/lists/* \
    && python -m venv /opt/build && python -m venv --without-pip /opt/quoteapi
WORKDIR /source
COPY pyproject.toml README.md LICENSE ./
COPY src src
# Both secrets are for networks with a package index or certificates of their own; neither has to be given, and none stays in the image.
# What nobody runs goes: debugging symbols, which spaCy's wheels carry, and the libraries' own tests.
RUN --mount=type=secret,id=pip.conf,target=/etc/pip.conf \
    --mount=type=secret,id=ca-certificates,target=/etc/ssl/certs/ca-certificates.crt \
    /opt/build/bin/pip --python /opt/quoteapi/bin/python install --no-cache-dir ".${EXTRAS:+[${EXTRAS}]}" \
    && find /opt/quoteapi -name '*.so' -not -path '*.libs/*' -exec strip --strip-debug {} + \
    && find /opt/quoteapi -type d -name tests -prune -exec rm -rf {} +

FROM ${BASE}
LABEL org.opencontainers.image.title="quoteapi" \
    org.opencontainers.image.description="Reads a news article and tells who said what, over HTTP" \
    org.opencontainers.image.licenses="Apache-2.0"
# The user owns nothing and may write to /tmp alone, which `docker run --read-only --tmpfs /tmp` makes sure of.
RUN useradd --uid 10001 --user-group --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin quoteapi \
    && chmod go-w /var/tmp /run/lock
COPY --from=build /usr/bin/tini /usr/bin/tini
COPY --from=build /opt/quoteapi /opt/quoteapi
ENV PATH=/opt/quoteapi/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    QUOTEAPI_HOST=0.0.0.0
USER 10001:10001
WORKDIR /tmp
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as http; http.urlopen(f\"http://127.0.0.1:{os.getenv('QUOTEAPI_PORT') or 8000}/health/live\", timeout=2)"]
# As process 1, Python would be deaf to SIGTERM until the server listens; 143 is how a process ends that was told to.
ENTRYPOINT ["tini", "-e", "143", "--", "quoteapi"]
CMD ["serve"]
