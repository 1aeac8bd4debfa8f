"""The report of an archive: its tables as one HTML page to look at, which stands alone.

In come `Tables`, out comes the page. `figures` counts, `charts` draws, `browsed` is what the page's script shows,
`page` writes.
"""

from quoteapi.audit.report.page import report_page

__all__ = ["report_page"]
