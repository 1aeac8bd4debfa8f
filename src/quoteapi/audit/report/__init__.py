"""The report of an archive: its tables as one self-contained HTML page.

Takes `Tables`; returns the page. `figures` counts, `charts` draws, `browsed` prepares the data of the page's script, and `page` puts them
together.
"""

from quoteapi.audit.report.page import report_page

__all__ = ["report_page"]
