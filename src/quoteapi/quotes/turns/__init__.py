"""Turns: quotes without marks whose speaker the layout shows: interviews, transcripts, hearings, dialogue with dashes.

Takes the normalized text and the quotes between its marks, and returns both in reading order. A line that opens like a label (Update: …,
Score: …) is not a turn without further evidence.
"""

from quoteapi.quotes.turns.finder import with_turns

__all__ = ["with_turns"]
