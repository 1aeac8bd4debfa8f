"""Reported speech: what somebody is said to have said, without marks.

In come a `Doc`, its quotes and its mentions, out come quotes of kind `indirect`, each with its attribution, in reading order.
"""

from quoteapi.reports.attributing import attribute_reports
from quoteapi.reports.finding import Report, find_reports

__all__ = ["Report", "attribute_reports", "find_reports"]
