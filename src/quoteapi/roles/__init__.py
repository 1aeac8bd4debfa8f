"""Roles: what the article says a speaker is.

In come a document, its quotes, mentions and speakers; out come, for each speaker, every description of job, office or affiliation with
its parts and its stretch, and the most informative one.
"""

from quoteapi.roles.finding import find_roles

__all__ = ["find_roles"]
