"""Exports: an answer in each form that a newsroom takes it in, a module a form.

In go an answer and the text it is about, out come the bytes of a file; `FORMS` has every form by its name.
"""

from quoteapi.exports.forms import FORMS, JSON, Form, FormName

__all__ = ["FORMS", "JSON", "Form", "FormName"]
