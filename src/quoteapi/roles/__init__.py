"""Roles: the jobs, offices and affiliations that the article gives its speakers.

Takes a document, its quotes, mentions and speakers; returns, for each speaker, every description of job, office or affiliation with its
parts and its span, and the most informative one.
"""

from quoteapi.roles.finder import find_roles

__all__ = ["find_roles"]
