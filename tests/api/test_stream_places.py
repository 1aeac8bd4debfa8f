"""Places of streams: each caller has a few, and one that is idle keeps nobody else out."""

from contextlib import ExitStack

import pytest

from quoteapi.api.problems import ProblemException
from quoteapi.api.stream_places import IDLE, StreamPlaces


class Placed:
    """A stream that is idle for as long as it is told to be."""

    def __init__(self, idle: float = 0.0) -> None:
        self.idle = idle
        self.gave_up = False

    def give_up(self) -> None:
        """Note it."""
        self.gave_up = True


def test_a_caller_has_no_more_places_than_it_may() -> None:
    """Not even those of its own idle streams; another caller has its own, and who has ended leaves the place."""
    places = StreamPlaces(8, each=2)
    mine = [Placed(idle=100), Placed()]
    with ExitStack() as last, ExitStack() as first:
        first.enter_context(places.taken("mine", mine[0]))
        last.enter_context(places.taken("mine", mine[1]))
        with pytest.raises(ProblemException, match="that one caller may have") as caught, places.taken("mine", Placed()):
            pass
        assert caught.value.status_code == 503
        assert int((caught.value.headers or {})["Retry-After"]) > 0
        with places.taken("yours", Placed()):
            pass
        first.close()
        with places.taken("mine", Placed()):
            pass
    assert not any(stream.gave_up for stream in mine)


def test_the_stream_that_was_idle_for_longest_of_who_has_most_gives_its_place_up() -> None:
    """Once, to a caller who has fewer; busy ones never do, nor does an idle one to a caller who has as many."""
    places = StreamPlaces(4, each=3)
    streams = [("a", Placed(IDLE)), ("a", Placed(IDLE + 1)), ("b", Placed(IDLE + 9)), ("c", Placed())]
    with ExitStack() as stack:
        for caller, stream in streams:
            stack.enter_context(places.taken(caller, stream))
        stack.enter_context(places.taken("d", Placed()))
        assert [stream.gave_up for _, stream in streams] == [False, True, False, False]
        stack.enter_context(places.taken("e", Placed()))
        assert [stream.gave_up for _, stream in streams] == [False, True, True, False]
        with pytest.raises(ProblemException, match="that this service allows"), places.taken("c", Placed()):
            pass
        stack.enter_context(places.taken("f", Placed()))
        assert [stream.gave_up for _, stream in streams] == [True, True, True, False]
        with pytest.raises(ProblemException, match="that this service allows"), places.taken("g", Placed()):
            pass
