"""Detection of runs whose first records all fail for one reason, which points to a wrong command rather than bad records."""

from quoteapi.batch.records import Answered, Reject
from quoteapi.errors import QuoteapiError

FIRST = 20
"""The number of identical failures at the start that stops a run."""


class EarlyFailureError(QuoteapiError):
    """The first records of a run were all rejected for the same kind of reason."""

    def __init__(self, reject: Reject) -> None:
        super().__init__(
            f"The first {FIRST} records were all rejected for the same kind of reason, so nothing was written."
            f" {reject.place.file}, {reject.place.unit} {reject.place.number}: {reject.reason}"
            f" Correct the command or the input and run it again, or pass --max-rejects N to continue until N records are rejected."
        )


class EarlyFailureWatch:
    """Watches the first outcomes of a run."""

    def __init__(self) -> None:
        self._first: Reject | None = None
        self._seen = 0

    def see(self, outcome: Answered | Reject) -> None:
        """Record the next outcome.

        Raises:
            EarlyFailureError: The first `FIRST` records were all rejected for the same kind of reason.
        """
        if self._seen >= FIRST or (isinstance(outcome, Reject) and outcome.rest):  # not a record
            return
        if isinstance(outcome, Answered) or (self._first is not None and outcome.kind != self._first.kind):
            self._seen = FIRST
            return
        self._first = self._first or outcome
        self._seen += 1
        if self._seen == FIRST:
            raise EarlyFailureError(self._first)
