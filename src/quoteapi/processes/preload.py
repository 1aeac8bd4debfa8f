"""Imported by the fork server alone, which can be told only to import something: it loads the engine that workers share."""

from quoteapi.processes.child import share_engine

share_engine()
