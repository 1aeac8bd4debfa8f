"""Forms: the output formats, by their names on the command line and their HTTP media types."""

from collections.abc import Callable
from typing import Literal

import msgspec
from msgspec import Struct

from quoteapi.exports.linked_data import as_json_ld
from quoteapi.exports.markdown import as_markdown
from quoteapi.exports.page import as_html
from quoteapi.exports.spreadsheet import as_csv
from quoteapi.structs import Answer, Article

FormName = Literal["json", "jsonld", "csv", "markdown", "html"]


class Form(Struct, frozen=True):
    """An output format."""

    name: FormName
    media_type: str
    write: Callable[[Answer, str], bytes]
    """Writes an answer and its text."""
    in_code_points: bool = False
    """Whether offsets are always in code points, because the format's standard requires it or because the writer itself slices the text."""

    def asked(self, article: Article) -> Article:
        """The article with the offset unit that this format needs."""
        return msgspec.structs.replace(article, offset_unit="codepoint") if self.in_code_points else article


def _as_json(answer: Answer, text: str) -> bytes:  # noqa: ARG001  every form gets the text, this one needs none
    """The answer as in the contract."""
    return msgspec.json.encode(answer)


JSON = Form("json", "application/json", _as_json)

FORMS: dict[str, Form] = {
    form.name: form
    for form in (
        JSON,
        Form("jsonld", "application/ld+json", as_json_ld, in_code_points=True),
        Form("csv", "text/csv", as_csv),
        Form("markdown", "text/markdown", as_markdown),
        Form("html", "text/html", as_html, in_code_points=True),
    )
}
"""All formats by name; the first one is the default."""
