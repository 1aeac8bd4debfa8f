"""The answer: what the stages found, as structs of the contract with offsets in the caller's string."""

from quoteapi.answer.composer import Findings, compose

__all__ = ["Findings", "compose"]
