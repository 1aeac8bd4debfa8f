"""Exchanges: a question between two lines of who answers."""

from collections.abc import Callable

Speakers = Callable[[str], list[str | None]]
OPENING = (
    "“Is that the last of the bread?” asked Yusuf Karim, a taxi driver.\n\n“There will be more at four,” said the baker, Hana Saleh.\n\n"
)


def test_the_question_is_the_other_ones(speakers: Speakers) -> None:
    """Karim asks again; Saleh does not ask herself."""
    text = f"{OPENING}“And if I can't come at four?”\n\n“Then send your son,” she said."
    assert speakers(text) == ["Yusuf Karim", "Hana Saleh", "Yusuf Karim", "Hana Saleh"]


def test_what_asks_nothing_goes_on(speakers: Speakers) -> None:
    """A statement over several paragraphs is one speaker's."""
    text = f"{OPENING}“I baked forty loaves this morning.”\n\n“They went before nine,” she said."
    assert speakers(text)[2:] == ["Hana Saleh", "Hana Saleh"]


def test_a_short_answer_is_who_answered_before(speakers: Speakers) -> None:
    """Though no word of the reporter's stands beside it."""
    opening = "“Do you know why you are here?” Judge Ada Lund asked the boy.\n\n“Because of the car,” he said."
    text = f"{opening}\n\n“And whose was it?”\n\n“My uncle’s.”"
    assert speakers(text) == ["Ada Lund", "the boy", "Ada Lund", "the boy"]


def test_short_lines_behind_a_question_take_turns(speakers: Speakers) -> None:
    """Two of them, which nobody's name stands beside."""
    text = f"{OPENING}“That is late.”\n\n“Then bake your own.”\n\nHe left without any."
    assert speakers(text) == ["Yusuf Karim", "Hana Saleh", "Yusuf Karim", "Hana Saleh"]


def test_whoever_does_something_behind_an_answer_gave_it(speakers: Speakers) -> None:
    """Not the reporter who asked."""
    text = "Hana Saleh has baked since May. “Every day,” she said.\n\n“And on Sundays?” I asked.\n\n“On Sundays I sleep.” She shrugged."
    assert speakers(text)[2] == "Hana Saleh"


def test_whoever_is_asked_answers(speakers: Speakers) -> None:
    """By name, in the line below; then the two go on in turn."""
    opening = "“Is the van yours?” Judge Ada Lund asked the driver, Tom Hart."
    text = f"{opening}\n\n“It is my brother’s.”\n\n“Does he know that?”\n\n“He does now.”\n\nLaughter rippled through the court."
    assert speakers(text) == ["Ada Lund", "Tom Hart", "Ada Lund", "Tom Hart"]
