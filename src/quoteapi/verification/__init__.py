"""Verification: whether a draft's quotes are what its sources have, word by word, and whose they are there.

In go a draft and its sources, as `VerificationRequest` has them, and an engine; out comes a `Verification`. Words are compared as they are
written, never by meaning. The package is not called verify, since that is the name of the function that `quoteapi` exports.
"""
