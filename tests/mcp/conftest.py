"""Two servers of the session: one with the packaged engine, one with the poisoned engine, which costs hardly anything."""

from collections.abc import Iterator

import pytest

pytest.importorskip("mcp", reason="the extra [mcp] is not installed")

from assisting import SERVE_POISONED, Assistant, assisting


@pytest.fixture(scope="session")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """An assistant with the packaged engine, by the newest protocol, and with small limits."""
    limits = {"QUOTEAPI_MAX_TEXT_LENGTH": "50000", "QUOTEAPI_MAX_BODY_SIZE": "200000"}
    with assisting(tmp_path_factory.mktemp("mcp"), **limits) as assistant:
        yield assistant


@pytest.fixture(scope="session")
def poisoned_assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """An assistant with the poisoned engine, by the protocol of the handshake."""
    folder = tmp_path_factory.mktemp("poisoned-mcp")
    with assisting(folder, program=SERVE_POISONED.format(maker="make"), mode="legacy") as assistant:
        yield assistant
