"""Forms: what an answer can be written as, by the names of the command line and the media types of HTTP."""

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
    """A form of the answer."""

    name: FormName
    media_type: str
    write: Callable[[Answer, str], bytes]
    """Writes an answer to a text."""
    in_code_points: bool = False
    """Whether it counts in code points whatever the caller counts in, since its standard says so, or since it cuts the text itself."""

    def asked(self, article: Article) -> Article:
        """The article as it is read for this form."""
        return msgspec.structs.replace(article, offset_unit="codepoint") if self.in_code_points else article


def _as_json(answer: Answer, text: str) -> bytes:  # noqa: ARG001  every form has the text, this one needs none
    """The contract's own answer."""
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
"""Every form by its name, the one that is taken where the caller does not care in front."""
