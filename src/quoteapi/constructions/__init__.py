"""Constructions: the phrases beside a name, or after it, that say who somebody is: titles, appositions, relative clauses, predicates.

In come a `Doc` and the tokens of a name, out come stretches of tokens. They know nothing of speakers: the joining of mentions and the
stage that gives roles both read them.
"""
