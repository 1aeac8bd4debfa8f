"""Ray: the articles of a Ray Dataset answered on all machines of a cluster, as the extra `[ray]`.

Reading, spreading and writing are Ray's; what is added is a pool of actors, each with an engine. Where a machine is lost, Ray does its
parts again elsewhere, and what was half done is dropped: every article is in the result once.
"""

import os
from collections.abc import Sequence
from pathlib import Path

os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # read by Ray when a cluster is started here; it would write to its maker otherwise

import ray
from ray.data import ActorPoolStrategy, Dataset

from quoteapi.arguments import article_of
from quoteapi.batch import Columns, Shape
from quoteapi.batch.parts import NoColumnError, PartReader, Plan
from quoteapi.processes import ENGINE
from quoteapi.request import read_people_file
from quoteapi.settings import Settings, read_settings
from quoteapi.structs import Include, Person

__all__ = ["NoColumnError", "extract"]

PART = 128
"""Articles of a part: some seconds of work, so that little is done again, and that what Ray needs for a part counts for nothing."""


def extract(  # noqa: PLR0913  what `quoteapi batch` has as options
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
    """Who said what in each article of a dataset; lazy, as every step of Ray Data is.

    Args:
        dataset: A row an article, from whatever `ray.data.read_…` reads. Other columns are left alone.
        rows: What a row of the result stands for: an article (`answers`, quotes and speakers nested), a quote or a speaker.
        text_column: The column of the articles' texts.
        id_column: The column of their ids, which are written as text; may be missing where it is not named.
        language_column: The column of their languages, as BCP 47 tags; where None, articles that are surely not English are errors.
        include: Extra parts of the answers.
        people: The authority list; that of the setting where None.
        workers: Actors at most, each with an engine and a CPU of its own; where None, all CPUs of the cluster but one a machine, which
            reads and writes.
        batch_size: Articles of a part, which is done as a whole, and again where its machine is lost.
        settings: Of the engines; those of this process where None. A pipeline that they name has to be on every machine.
        engine: Names what makes an engine from the settings, as `module:name`.

    Returns:
        The rows of `quoteapi.batch.rows` and a column `error`. An article that cannot be answered (an empty text, one that is too long or
        not English, one that takes longer than the time limit or that two processes die of) is a row with its id and the reason alone.

    Raises:
        ArgumentError: `include` names a part that there is not.
        NoColumnError: The dataset has no such column.
        SettingsError: A variable is misspelt or out of its range.
        PeopleFileError: The setting's list of people cannot be read.
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
    plan.check(dataset.columns())
    workers = workers or default_workers()
    return dataset.repartition(target_num_rows_per_block=batch_size).map_batches(
        PartReader,
        fn_constructor_args=(plan,),
        batch_format="pyarrow",
        batch_size=None,
        num_cpus=1,
        compute=ActorPoolStrategy(min_size=1, initial_size=workers, max_size=workers),
    )


def default_workers() -> int:
    """All CPUs of the cluster but one a machine, at least one."""
    machines = [node["Resources"].get("CPU", 0) for node in ray.nodes() if node["Alive"]]
    return max(1, int(sum(max(0, cpus - 1) for cpus in machines)))
