"""Ray: answers the articles of a Ray Dataset on all machines of a cluster (extra `[ray]`).

Ray reads, distributes and writes; this module adds a pool of actors, each with an engine. If a machine is lost, Ray repeats its parts
elsewhere and drops unfinished results, so every article is in the result once.
"""

import os
from collections.abc import Sequence
from pathlib import Path

os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # else a cluster started here reports usage to Ray's makers

import ray
from ray.data import ActorPoolStrategy, Dataset

from quoteapi.arguments import article_of
from quoteapi.batch import Columns, Shape
from quoteapi.batch.arrow import arrow
from quoteapi.batch.parts import NoColumnError, PartReader, Plan
from quoteapi.processes import ENGINE
from quoteapi.request import read_people_file
from quoteapi.settings import Settings, read_settings
from quoteapi.structs import Include, Person

__all__ = ["NoColumnError", "extract"]

PART = 128
"""Articles per part: some seconds of work, so that little is repeated and Ray's overhead per part is negligible."""


def extract(  # noqa: PLR0913  the options of `quoteapi batch`
    dataset: Dataset,
    *,
    rows: Shape = "answers",
    text_column: str = "text",
    id_column: str = "id",
    language_column: str | None = None,
    include: Sequence[Include] = (),
    people: Sequence[Person] | None = None,
    workers: int | None = None,
    batch_size: int = PART,
    settings: Settings | None = None,
    engine: str = ENGINE,
) -> Dataset:
    """Find the quotes in each article of a dataset. Lazy, like every step of Ray Data.

    Args:
        dataset: One row per article, from any `ray.data.read_…`. Every column besides text, id and language is copied to each row of the
            result; drop what you do not need with `dataset.select_columns`.
        rows: What a row of the result is: an article (`answers`, with nested quotes and speakers), a quote or a speaker.
        text_column: The column with the texts.
        id_column: The column with the ids, which are written as text. The default may be missing.
        language_column: The column with the languages, as BCP 47 tags. If None, articles that are clearly not English are errors.
        include: Parts to add to the answers.
        people: Your own list of people. None takes that of the settings.
        workers: Maximum number of actors, each with an engine and a CPU. None takes all CPUs of the cluster but one per machine, which
            reads and writes.
        batch_size: Articles per part. A part is done as a whole, and done again if its machine is lost.
        settings: The settings of the engines. None takes those of this process. A pipeline that they name must be on every machine.
        engine: What makes an engine from the settings, as `module:name`.

    Returns:
        The rows of `quoteapi.batch.rows`, a column `error`, and the carried columns. If a row has a column of that name itself, the carried
        one gets `article_` in front. An article that cannot be answered (empty, too long, not English, over the time limit, or two
        processes died) is one row with its id, the reason in `error`, and the carried columns.

    Raises:
        ArgumentError: `include` names an unknown part.
        NoColumnError: The dataset has no column of that name.
        SettingsError: A setting is misspelt or out of range.
        PeopleFileError: The list of people in the settings cannot be read.
    """
    settings = settings or read_settings()
    if people is None:
        people = read_people_file(Path(settings.people)) if settings.people else ()
    plan = Plan(
        settings=settings,
        rows=rows,
        columns=Columns(text=text_column, id=id_column),
        language=language_column,
        include=article_of("", include=include).include,
        people=list(people),
        engine=engine,
    )
    names = dataset.columns()
    plan.check(names)
    plan = plan.carrying(arrow().schema(list(zip(names, map(_arrow_type, dataset.schema().types), strict=True))))
    workers = workers or default_workers()
    return dataset.repartition(target_num_rows_per_block=batch_size).map_batches(
        PartReader,
        fn_constructor_args=(plan,),
        batch_format="pyarrow",
        batch_size=None,
        num_cpus=1,
        compute=ActorPoolStrategy(min_size=1, initial_size=workers, max_size=workers),
    )


def _arrow_type(kind: object) -> object:
    """The Arrow type of a column; text if Ray does not know it."""
    return kind if isinstance(kind, arrow().DataType) else arrow().string()


def default_workers() -> int:
    """All CPUs of the cluster but one per machine, at least one."""
    machines = [node["Resources"].get("CPU", 0) for node in ray.nodes() if node["Alive"]]
    return max(1, int(sum(max(0, cpus - 1) for cpus in machines)))
