"""The terminal: colours where there are some, and no article that commands it."""

import io

from rich.console import Console

from quoteapi.cli.terminal import print_table, print_text
from quoteapi.engine import QuoteEngine
from quoteapi.structs import Article


def printed(engine: QuoteEngine, text: str, *, table: bool = False) -> str:
    """What a terminal of 80 columns with colours is sent."""
    console = Console(file=io.StringIO(), force_terminal=True, color_system="standard", width=80, highlight=False)
    answer = engine.extract(Article(text=text, include=["other"]))
    if table:
        print_table(answer, console)
    else:
        print_text(answer, text, console)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_each_speaker_has_a_colour(engine: QuoteEngine) -> None:
    """Quotes, and the names in the tables below; what nobody says is set apart, too."""
    shown = printed(
        engine, "“The wall held,” said Jane Roe. “It leaked,” said John Doe. The so-called\n“hundred-year wall” was built in 1934."
    )
    assert "\x1b[36mThe wall held,\x1b[0m\x1b[2m [s1]\x1b[0m" in shown
    assert "\x1b[33mIt leaked,\x1b[0m\x1b[2m [s2]\x1b[0m" in shown
    assert "\x1b[3mhundred-year wall\x1b[0m\x1b[2m [–]\x1b[0m" in shown
    assert "\x1b[36mJane Roe" in shown


def test_the_tables_have_the_same_colours(engine: QuoteEngine) -> None:
    """In both tables."""
    shown = printed(engine, "“The wall held,” said Jane Roe.", table=True)
    assert shown.count("\x1b[36mJane Roe") == 2


def test_an_article_cannot_command_the_terminal(engine: QuoteEngine) -> None:
    """Controls and marks of direction are shown as signs, one for one, so that colours stay in their places."""
    text = "\x1b]0;owned\x07 “The \x1b[31mwall\x9b \u202eheld\u2066,\r\n” said Jane\x1b[2J Roe, the harbour master."
    for table in (False, True):
        shown = printed(engine, text, table=table)
        assert [command for command in ("\x1b]", "\x07", "\x9b", "\r", "\x1b[2J", "\x1b[31m", "\u202e", "\u2066") if command in shown] == []
    assert "␛]0;owned␇" in printed(engine, text)
