"""Reporting clauses as strings: the short *she said* beside a quote or between its parts.

Marks are paired before any sentence is parsed, so clauses are recognized by their words alone. They decide where a quote without a closing
mark ends, and whether two spans are one sentence that an attribution splits.
"""

import re

from quoteapi.knowledge import entries

_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?")
_PRONOUNS = frozenset(("he", "she", "they", "it", "i", "we", "one"))
_CLAUSE = re.compile(r"(?<=[,?!—–])\s+(?P<words>(?:[\w’'.-]+\s+){0,5}[\w’'-]+)")
"""Words that may attribute a quote: after a comma or another mark that can end the quoted part before them."""
_LONGEST_BETWEEN = 160
"""Maximum characters of a clause between two parts of one sentence: enough for a name with a title and an apposition."""
_LONGEST_TITLE = 3
"""Maximum words of a job title before a name."""
_SENTENCE_BREAK = re.compile(r"[.!?;:]\s+[^\W\d_]")
_OPENS_A_SENTENCE = re.compile(r"\s*(?:He|She|They|It|We|The|A|An|In|On|At|But|And|Then|When|As|His|Her|Their)\b")
_INITIAL_OR_TITLE = re.compile(r"(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Col|Lt|Sgt|Rev|Prof|St|Jr|Sr))\.$")


def reporting_clause(text: str, start: int, end: int) -> int | None:
    """Returns the start of the first reporting clause in `text[start:end]`; None if there is none.

    The clause follows a comma, a dash or the like. Its verb comes first (said Roe) or right after its subject (she said, Jane Roe told
    reporters).
    """
    for found in _CLAUSE.finditer(text, start, end):
        if _is_reporting_clause(found["words"]):
            return found.start()
    return None


def splits_a_sentence(between: str) -> bool:
    """Whether the words between two spans are an attribution inside one sentence (“It will,” she said, “take years”).

    It ends with a comma or a dash, has one reporting verb and no sentence end, and the verb starts nothing new (said, adding, “…).
    """
    words = between.strip().lower()
    if (
        len(between) > _LONGEST_BETWEEN
        or words[-1:] not in {",", "—", "–", "-"}
        or _OPENS_A_SENTENCE.match(between)
        or _ends_a_sentence(between)
    ):
        return False
    verbs = [found for found in _WORD.finditer(words) if found[0] in entries("reporting_forms")]
    return len(verbs) == 1 and not verbs[0][0].endswith("ing") and not words[: verbs[0].start()].rstrip().endswith(("and", "then", "but"))


def _ends_a_sentence(between: str) -> bool:
    return any(not _INITIAL_OR_TITLE.search(between, 0, found.start() + 1) for found in _SENTENCE_BREAK.finditer(between))


def _is_reporting_clause(clause: str) -> bool:
    """Whether words are a verb and a name, or a subject and a verb; *Roe said that* introduces indirect speech instead."""
    words = _WORD.findall(clause)
    verb = next((k for k, word in enumerate(words) if word in entries("reporting_forms") and not word.endswith("ing")), None)
    if verb is None or words[verb + 1 : verb + 2] == ["that"]:
        return False
    if verb == 0:
        return len(words) > 1 and (
            _begins_a_subject(words[1]) or _is_titled(words[1:]) if words[0] in {"said", "says"} else words[1][0].isupper()
        )
    pronoun = words[verb - 1].lower() in _PRONOUNS
    return _begins_a_subject(words[0]) and (pronoun or words[verb - 1][0].isupper() or words[0] == "the")


def _begins_a_subject(word: str) -> bool:
    return word[0].isupper() or word.lower() in _PRONOUNS or word in {"the", "a", "an"}


def _is_titled(words: list[str]) -> bool:
    """Whether a job title stands before a name (chief Roe, fire chief Roe)."""
    name = next((k for k, word in enumerate(words) if word[0].isupper()), 0)
    return 0 < name <= _LONGEST_TITLE and words[name - 1] in entries("role_nouns")
