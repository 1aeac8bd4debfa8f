"""quoteapi on Ray: who said what in a folder of articles, a row a quote, on every core of a cluster.

    pip install '.[ray]'
    python examples/ray_quotes.py IN OUT [--address auto]

IN is Parquet, or JSON lines where its name ends so, with the columns `id` and `text`; every other column is copied to each row. OUT gets
Parquet. Without an address, it starts a cluster of this machine for the run.
"""

import argparse

import ray

import quoteapi.ray  # it keeps Ray's usage statistics from being sent, wherever a cluster is started after it


def main() -> None:
    """Read, answer, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", metavar="IN")
    parser.add_argument("output", metavar="OUT")
    parser.add_argument("--address", default="local", help="of a cluster; `auto` is the one that this machine belongs to")
    asked = parser.parse_args()
    ray.init(asked.address)
    if asked.source.endswith((".jsonl", ".ndjson", ".gz")):
        articles = ray.data.read_json(asked.source, lines=True)
    else:
        articles = ray.data.read_parquet(asked.source)
    quotes = quoteapi.ray.extract(articles, rows="quotes")
    quotes.write_parquet(asked.output)


if __name__ == "__main__":
    main()
