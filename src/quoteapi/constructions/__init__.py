"""Constructions: the phrases before or after a name that say who someone is: titles, appositions, relative clauses, predicates.

Take a `Doc` and the tokens of a name, and return spans of tokens. They know nothing of speakers: coreference and the stage `roles` both use
them.
"""
