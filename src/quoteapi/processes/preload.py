"""Loads the engine that workers share when the fork server imports it; importing modules is all that a fork server can be told to do."""

from quoteapi.processes.worker_process import share_engine

share_engine()
