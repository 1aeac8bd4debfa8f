"""Parts: tables of articles, answered one table at a time, for engines that distribute an archive over machines (Ray, Spark).

Such an engine repeats a part whose machine was lost, so a part must always complete, whatever it contains: a supervised process reads the
articles, and an article that cannot be answered becomes a row with the reason.
"""

import asyncio
import tempfile
import threading
import weakref
from collections.abc import AsyncGenerator, Iterator, Sequence
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import msgspec
from msgspec import Struct

from quoteapi.batch.arrow import arrow
from quoteapi.batch.fields import Columns
from quoteapi.batch.local import answer_tasks
from quoteapi.batch.records import Answered, Defaults, Place, Record, Reject, Task, row_body, tasks
from quoteapi.batch.rows import Shape, carried_names, rows_of, schema_of
from quoteapi.errors import QuoteapiError
from quoteapi.processes import ENGINE, EngineSource
from quoteapi.settings import Settings
from quoteapi.structs import Answer, Include, Person

ERROR = "error"
"""The column with the reason why an article was not answered."""
_IDENTITY: dict[Shape, str] = {"answers": "id", "quotes": "article_id", "speakers": "article_id"}


class NoColumnError(QuoteapiError):
    """The articles have no column with a given name."""

    def __init__(self, name: str, names: Sequence[str]) -> None:
        super().__init__(f"The articles have no column {name}, only {', '.join(names)}. Pass the name of the right one.")


class Plan(Struct, frozen=True, kw_only=True):
    """How every part is processed.

    Args:
        settings: The settings of the engine; `workers` and `people` are ignored here.
        rows: What a row of the result stands for.
        columns: The columns that hold the text and the id. An id of another type is written as text.
        language: The column that holds the language as a BCP 47 tag. If None, an article that is clearly not English is an error.
        include: Extra parts of the answers.
        people: The authority list.
        carried: The columns copied to every row of their article, as a pyarrow schema; set by `carrying`.
        engine: The import path of the engine factory.
    """

    settings: Settings
    rows: Shape = "answers"
    columns: Columns = Columns()
    language: str | None = None
    include: list[Include] = []
    people: list[Person] = []
    carried: Any = None
    engine: str = ENGINE

    def carrying(self, schema: Any) -> "Plan":  # noqa: ANN401  pyarrow has no types
        """A copy of the plan that carries every column of a pyarrow schema except those of the text, the id and the language."""
        pa = arrow()
        read = {self.columns.text, self.columns.id, self.language}
        kept = [pa.field(field.name, _holding(field.type)) for field in schema if field.name not in read]
        return msgspec.structs.replace(self, carried=pa.schema(kept))

    def check(self, names: Sequence[str]) -> None:
        """Raise where the articles have no such columns; the id may be missing where no name was given for it.

        Raises:
            NoColumnError: Names the first that is missing.
        """
        for name in (self.columns.text, self.columns.id, self.language):
            if name is not None and name not in names and name != Columns().id:
                raise NoColumnError(name, names)

    @property
    def schema(self) -> Any:  # noqa: ANN401  pyarrow has no types
        """The pyarrow schema of the result: the columns of the rows, the error, and the carried columns."""
        pa = arrow()
        carried = self.carried or pa.schema([])
        names = carried_names(carried.names, self.rows, ERROR)
        return pa.schema([*schema_of(self.rows), pa.field(ERROR, pa.string()), *(map(pa.field, names, carried.types))])


class PartReader:
    """Answers one part after another, called from one thread at a time, with an engine process that lives until `close`.

    Args:
        plan: How parts are processed.
    """

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._schema = plan.schema
        folder = tempfile.TemporaryDirectory(prefix="quoteapi-")
        people = None
        if plan.people:
            people = str(Path(folder.name) / "people.json")
            Path(people).write_bytes(msgspec.json.encode(plan.people))
        source = EngineSource(plan.engine, msgspec.structs.replace(plan.settings, workers=1, people=people))
        self._items: SimpleQueue[Task | Reject | None] = SimpleQueue()
        self._outcomes = answer_tasks(iter(self._items.get, None), source)
        self._loop = asyncio.new_event_loop()
        thread = threading.Thread(target=self._loop.run_forever, name="quoteapi parts", daemon=True)
        thread.start()
        self._close = weakref.finalize(self, _close, self._outcomes, self._items, self._loop, thread, folder)

    def __call__(self, part: Any) -> Any:  # noqa: ANN401  pyarrow has no types
        """The rows of a part, in order; an article that cannot be answered is one row with its id, the error and the carried columns.

        Args:
            part: A pyarrow table or record batch.

        Returns:
            A pyarrow table.

        Raises:
            EngineUnavailableError: The engine cannot be loaded.
        """
        items = list(tasks(self._records(part), defaults=Defaults(include=self._plan.include)))
        for item in items:
            self._items.put(item)
        answers = asyncio.run_coroutine_threadsafe(self._next(len(items)), self._loop).result()
        pa = arrow()
        rows: list[dict[str, Any]] = []
        places: list[int] = []
        for place, outcome in enumerate(answers):
            found = self._rows(outcome)
            rows += found
            places += [place] * len(found)
        carried = list(self._plan.carried or ())
        own = pa.schema(list(self._schema)[: len(self._schema) - len(carried)])
        columns = [_carried(part, field).take(pa.array(places, pa.int64())) for field in carried]
        return pa.Table.from_arrays([*pa.Table.from_pylist(rows, schema=own).columns, *columns], schema=self._schema)

    def close(self) -> None:
        """Stop the engine process; this also happens when the object is garbage-collected and when Python exits."""
        self._close()

    def _records(self, part: Any) -> Iterator[Record]:  # noqa: ANN401  pyarrow has no types
        """The requests made by the rows of a part; a part may lack a column if none of its articles has that field."""
        columns, language, longest = self._plan.columns, self._plan.language, self._plan.settings.max_body_size
        wanted = [name for name in (columns.text, columns.id, language) if name in part.schema.names]
        for number, row in enumerate(part.select(wanted).to_pylist(), start=1):
            body = row_body(row.get(columns.id), row.get(columns.text), row.get(language))
            yield Record(Place("", number, "row", 0), None if len(body) > longest else body)

    def _rows(self, outcome: Answered | Reject) -> list[dict[str, Any]]:
        """The rows of an article."""
        if isinstance(outcome, Reject):
            return [{_IDENTITY[self._plan.rows]: outcome.id, ERROR: outcome.reason}]
        return rows_of(msgspec.json.decode(outcome.answer, type=Answer), self._plan.rows)

    async def _next(self, count: int) -> list[Answered | Reject]:
        """The outcomes of the next `count` articles."""
        return [await anext(self._outcomes) for _ in range(count)]


def _holding(kind: Any) -> Any:  # noqa: ANN401  pyarrow has no types
    """The type of a carried column; text for a column that so far holds only nulls."""
    return arrow().string() if arrow().types.is_null(kind) else kind


def _carried(part: Any, field: Any) -> Any:  # noqa: ANN401  pyarrow has no types
    """A column of a part in the promised type: nulls if the part lacks it, JSON if text was promised for other values."""
    pa = arrow()
    if field.name not in part.schema.names:
        return pa.nulls(part.num_rows, field.type)
    column = part.column(field.name)
    if column.type == field.type:
        return column
    if field.type == pa.string():
        texts = (value if isinstance(value, str | None) else msgspec.json.encode(value).decode() for value in column.to_pylist())
        return pa.array(list(texts), field.type)
    return column.cast(field.type)


def _close(
    outcomes: AsyncGenerator[Answered | Reject],
    items: SimpleQueue[Task | Reject | None],
    loop: asyncio.AbstractEventLoop,
    thread: threading.Thread,
    folder: tempfile.TemporaryDirectory[str],
) -> None:
    """Release what belongs to a dropped reader."""
    items.put(None)
    asyncio.run_coroutine_threadsafe(outcomes.aclose(), loop).result()
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()
    folder.cleanup()
