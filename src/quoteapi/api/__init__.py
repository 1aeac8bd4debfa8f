"""The HTTP API: requests in, answers and problems out.

`create_app` takes the settings and returns the ASGI application; `workers` is where articles leave for the engine processes.
"""

from quoteapi.api.app import create_app

__all__ = ["create_app"]
