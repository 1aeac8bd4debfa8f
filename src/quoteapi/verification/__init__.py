"""Verification: whether a draft quotes its sources word for word, and names the same speakers.

Takes a draft and its sources, as `VerificationRequest` has them, and an engine; returns a `Verification`. Words are compared as they are
written, never by meaning. The package is not called verify, because that is the name of the function that `quoteapi` exports.
"""
