"""The default engine: a process that forks while a thread reads goes on, and so does its child."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ARTICLE = Path(__file__).parent / "articles" / "harbour.txt"
FORKING = """
import os, signal, sys, threading
import quoteapi
from quoteapi.default import default_engine

signal.alarm(1200)  # what hangs is ended
text = open(sys.argv[1], encoding="utf-8").read()
expected = quoteapi.extract(text)
ended = threading.Event()
inside = threading.Event()
with default_engine() as engine:
    pass
extract = engine.extract

def seen(article):
    inside.set()
    return extract(article)

engine.extract = seen

def read():
    while not ended.is_set():
        assert quoteapi.extract(text) == expected

thread = threading.Thread(target=read)
thread.start()
for _ in range(3):
    inside.clear()
    inside.wait()  # the other thread is amid an article
    child = os.fork()
    if not child:
        signal.alarm(1200)
        os._exit(0 if quoteapi.extract(text) == expected else 1)
    assert os.waitpid(child, 0)[1] == 0
ended.set()
thread.join()
print("ended")
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no forks here")
def test_parent_and_child_read_on_where_a_thread_was_amid_an_article() -> None:
    """The fork waits for the article, no lock stays held, and every answer is the same."""
    command = [sys.executable, "-c", FORKING, str(ARTICLE)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  our own
    assert done.stdout == "ended\n", done.stderr
