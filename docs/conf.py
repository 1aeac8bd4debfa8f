"""How the documentation is built: `sphinx-build -W -b html docs docs/_build`. Nothing in it is loaded from another host."""

import inspect
from contextlib import suppress
from typing import Any, get_type_hints

import msgspec
from sphinx.application import Sphinx
from sphinx.util.typing import stringify_annotation

from quoteapi import __version__

project = "quoteapi"
author = "quoteapi"
copyright = "the authors of quoteapi, under the Apache License 2.0"  # noqa: A001 - Sphinx's name
version = release = __version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build"]
nitpicky = True
nitpick_ignore_regex = [("py:.*", r".*")]  # no other project's documentation is asked for names

myst_enable_extensions = ["colon_fence", "fieldlist"]
myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_typehints = "description"
autodoc_typehints_description_target = "documented"
default_role = "code"  # in docstrings, as in Markdown

html_theme = "furo"
html_title = f"quoteapi {__version__}"
html_copy_source = False
html_show_sphinx = False


def describe_fields(  # noqa: PLR0913, PLR0917 - the arguments that autodoc gives
    app: Sphinx,  # noqa: ARG001 - the same
    what: str,
    name: str,  # noqa: ARG001 - the same
    obj: object,
    options: Any,  # noqa: ANN401, ARG001 - the same
    lines: list[str],
) -> None:
    """Puts the fields of a struct behind its docstring: each with its type and the description that the OpenAPI document shows."""
    if what != "class" or not inspect.isclass(obj) or not issubclass(obj, msgspec.Struct):
        return
    hints = get_type_hints(obj)
    schema = msgspec.json.schema(obj)["$defs"][obj.__name__]["properties"]
    lines.append("")
    for field in msgspec.structs.fields(obj):
        spelt = stringify_annotation(hints[field.name], "smart").replace("~", "").replace("quoteapi.structs.", "")
        spelt = spelt.replace("typing.", "").replace(" | msgspec.UnsetType", "").replace("UnsetType | ", "")
        lines.append(f":param {field.encode_name}: {schema[field.encode_name].get('description', '')}")
        lines.append(f":type {field.encode_name}: ``{spelt}``")


def leave_constraints_out(app: Sphinx, obj: Any, bound_method: bool) -> None:  # noqa: ANN401, ARG001, FBT001 - the same
    """Makes a function's types what they are without msgspec's descriptions, which are too long for a signature."""
    if inspect.isfunction(obj):
        with suppress(NameError):  # a name that is imported for the types alone
            obj.__annotations__ = get_type_hints(obj)


def setup(app: Sphinx) -> None:
    """Connects what is above."""
    app.connect("autodoc-before-process-signature", leave_constraints_out)
    app.connect("autodoc-process-docstring", describe_fields)
