"""The HTTP API: requests in, answers and problems out.

`create_app` takes the settings and returns the ASGI application; `openapi_json` returns its OpenAPI document. `workers` passes articles on
to the engine processes.
"""

from quoteapi.api.app import create_app, openapi_json

__all__ = ["create_app", "openapi_json"]
