"""The answer: what the stages found, in the caller's own offsets and the contract's structs."""

from quoteapi.answer.composer import Findings, compose

__all__ = ["Findings", "compose"]
