"""Turns: quotes without marks, whose speaker the page's layout tells: interviews, transcripts, hearings, dialogue behind dashes.

In comes the reading text with the quotes between its marks, out go both in reading order. What opens lines like a label and is none
(Update: …, Score: …) is left alone: a turn needs evidence.
"""

from quoteapi.quotes.turns.found import with_turns

__all__ = ["with_turns"]
