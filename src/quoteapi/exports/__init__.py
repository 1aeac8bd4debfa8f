"""Exports: an answer in each format that newsrooms use, one module per format.

Input is an answer and its text, output the bytes of a file; `FORMS` lists all formats by name.
"""

from quoteapi.exports.forms import FORMS, JSON, Form, FormName

__all__ = ["FORMS", "JSON", "Form", "FormName"]
