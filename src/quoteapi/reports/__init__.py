"""Reported speech: what the article reports somebody to have said, without quotation marks.

Takes a `Doc`, its quotes and its mentions; returns quotes of kind `indirect`, each with its attribution, in reading order.
"""

from quoteapi.reports.attribution import attribute_reports
from quoteapi.reports.finder import Report, find_reports

__all__ = ["Report", "attribute_reports", "find_reports"]
