"""Records that fail alike: where all of a run's first ones do, something is wrong with the command, not with the records."""

from quoteapi.batch.records import Answered, Reject
from quoteapi.errors import QuoteapiError

FIRST = 20
"""Records that fail alike before a run is stopped."""


class AllAlikeError(QuoteapiError):
    """The first records of a run were all rejected for one kind of reason."""

    def __init__(self, reject: Reject) -> None:
        super().__init__(
            f"The first {FIRST} records were all rejected for the same kind of reason, so nothing was written."
            f" {reject.place.file}, {reject.place.unit} {reject.place.number}: {reject.reason}"
            f" Correct the command or the input and run it again, or pass --max-rejects N to continue until N records are rejected."
        )


class Start:
    """The first outcomes of a run."""

    def __init__(self) -> None:
        self._first: Reject | None = None
        self._seen = 0

    def see(self, outcome: Answered | Reject) -> None:
        """Look at the next outcome.

        Raises:
            AllAlikeError: It is the last of the first ones, which all failed alike.
        """
        if self._seen >= FIRST or (isinstance(outcome, Reject) and outcome.rest):  # that is no record
            return
        if isinstance(outcome, Answered) or (self._first is not None and outcome.kind != self._first.kind):
            self._seen = FIRST
            return
        self._first = self._first or outcome
        self._seen += 1
        if self._seen == FIRST:
            raise AllAlikeError(self._first)
