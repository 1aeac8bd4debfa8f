"""quoteapi on Spark: who said what in a folder of articles, a row a quote, on every core of a cluster.

    pip install '.[spark]'
    spark-submit examples/spark_quotes.py IN OUT

IN holds Parquet, or JSON lines where its name ends so, with the columns `id` and `text`; every other column is copied to each row. OUT gets
Parquet. quoteapi must be installed on every machine. Each task starts an engine process for its partition, so let a partition have some
hundred articles or more.

It is `mapInArrow` that hands over the rows, not `mapInPandas`, which takes the same function but for frames: a quote's offsets would
become floats there wherever a row has none, which is where an article could not be answered.
"""

import sys
from collections.abc import Callable, Iterator

import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema

from quoteapi.batch import Columns
from quoteapi.batch.parts import PartReader, Plan
from quoteapi.settings import read_settings

ARTICLES_A_PART = 64
"""Rows that are handed over at once."""


def answer_with(plan: Plan) -> Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """What runs in each task: one engine for the parts of its partition."""

    def answer(parts: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        reader = PartReader(plan)
        try:
            for part in parts:
                yield from reader(part).to_batches()
        finally:
            reader.close()

    return answer


def quotes_of(articles: DataFrame, plan: Plan) -> DataFrame:
    """The rows that the plan asks for, with the other columns of `articles`; one that cannot be answered has its id and its error."""
    plan.check(articles.columns)
    plan = plan.carrying(to_arrow_schema(articles.schema))
    return articles.mapInArrow(answer_with(plan), from_arrow_schema(plan.schema))


def main(source: str, output: str) -> None:
    """Read, answer, write."""
    spark = SparkSession.builder.appName("quotes").getOrCreate()
    spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", ARTICLES_A_PART)
    articles = spark.read.json(source) if source.endswith((".jsonl", ".ndjson", ".gz")) else spark.read.parquet(source)
    plan = Plan(settings=read_settings(), rows="quotes", columns=Columns(text="text", id="id"))
    quotes_of(articles, plan).write.mode("overwrite").parquet(output)
    written = spark.read.parquet(output)
    failed = written.where("error IS NOT NULL").count()
    print(f"{written.count() - failed} quotes; {failed} articles could not be answered")
    spark.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
