"""Cluster: Ray on two nodes of this machine, one of which is killed midway and restarted, compared with `quoteapi batch` on the same cores.

    pip install '.[bench,ray]'
    python benchmarks/cluster.py [--articles 20000] [--for-good] [--write]

Articles are those of batch_kills.py; every hundredth is empty. `quoteapi batch` answers them with one process, whose output is the
reference, and with two processes, as Parquet for comparison with the cluster's time (and as JSON lines). Then two nodes are started (`ray
start`, with their own ports and folders and one engine each), and `quoteapi.ray.extract` does the same twice. The second time, when a third
is written, every process of the second node is killed (SIGKILL), and ten seconds later the node is restarted (not with `--for-good`). Every
article must be in both outputs once, with the reference's answer or reason, and every started process must be gone at the end; otherwise
the exit status is 1. `--write` writes benchmarks/results/cluster.md.
"""

import argparse
import json
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import psutil
import pyarrow as pa
import pyarrow.parquet as pq
from batch_kills import BATCH, NO_ARTICLE, SOME_REJECTED, lines

FIRST, SECOND = "127.0.0.2", "127.0.0.3"
"""Addresses of the nodes; Ray would replace 127.0.0.1 by the machine's own address, which others may reach."""
os.environ |= {
    "RAY_AUTH_MODE": "token",
    "RAY_AUTH_TOKEN": secrets.token_hex(),
    "no_proxy": f"{FIRST},{SECOND}",
}  # read when Ray is imported below

import ray  # noqa: E402  after the variables that it reads
import ray.data  # noqa: E402

import quoteapi.ray  # noqa: E402
from quoteapi.batch.rows import rows_of, schema_of  # noqa: E402
from quoteapi.structs import Answer  # noqa: E402

RESULTS = Path(__file__).parent / "results"
RAY = [sys.executable, "-m", "ray.scripts.scripts", "start", "--block", "--disable-usage-stats"]
STORE = 200_000_000
"""Bytes of a node's object store."""
CPUS = 2
"""The CPUs that a node declares: one for an engine, and one for reading and writing, which is next to no work."""
KILLED_AT = 1 / 3
"""The share of the output that is written when the node is killed."""
DOWN = 10.0
"""Seconds until the node is restarted."""
PATIENCE = 180.0
"""Seconds after which an awaited event counts as failed."""


class Node:
    """A node of the cluster, from its command to the end of all processes that it started."""

    def __init__(self, folder: Path, *, head: str, ip: str) -> None:
        where = (
            ["--head", f"--port={head.partition(':')[2]}", "--include-dashboard=false"] if head.startswith(ip) else [f"--address={head}"]
        )
        room = [f"--num-cpus={CPUS}", f"--object-store-memory={STORE}", f"--temp-dir={folder}", f"--node-ip-address={ip}"]
        self._log = (folder.parent / f"{folder.name}.log").open("ab")
        self._command = psutil.Popen([*RAY, *where, *room], stdout=self._log, stderr=subprocess.STDOUT)

    def kill(self) -> int:
        """Kill Ray's own processes at once, as a power loss would; processes that they started must end by themselves.

        Returns the number of all these processes.
        """
        family = [self._command, *self._command.children(recursive=True)]
        ours = [process for process in family if "forkserver" not in " ".join(_command(process))]
        for process in ours:
            process.kill()
        self._command.wait()
        self._log.close()
        _, left = psutil.wait_procs(family, timeout=PATIENCE)
        if left:
            for process in left:
                process.kill()
            sys.exit(f"{len(left)} processes of a killed node have not ended")
        return len(family)


def _command(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []


def articles(count: int) -> Iterator[str]:
    """The first `count` records."""
    for number, line in enumerate(lines(count)):
        yield json.dumps({"id": f"a{number}", "text": ""}) if number % NO_ARTICLE == NO_ARTICLE - 1 else line


def batch(source: Path, output: Path, *, workers: int) -> float:
    """Runs `quoteapi batch` and returns its duration in seconds."""
    began = time.monotonic()
    done = subprocess.run([*BATCH, source, output, "--workers", str(workers)], stderr=subprocess.PIPE, check=False)  # noqa: S603  ours
    if done.returncode not in {0, SOME_REJECTED}:
        sys.exit(done.stderr.decode())
    return time.monotonic() - began


def right(output: Path) -> dict[str, dict[str, object]]:
    """The expected row of each article, by id."""
    answers = [msgspec.json.decode(line, type=Answer) for line in output.read_bytes().splitlines()]
    rejects = [json.loads(line) for line in output.with_name(f"{output.name}.rejects.jsonl").read_bytes().splitlines()]
    rows = [row for answer in answers for row in rows_of(answer, "answers")] + [{"id": reject["id"]} for reject in rejects]
    table = pa.Table.from_pylist(rows, schema=schema_of("answers"))
    reasons = [None] * len(answers) + [reject["reason"] for reject in rejects]
    return {row["id"]: row | {"error": reason} for row, reason in zip(table.to_pylist(), reasons, strict=True)}


def run(source: Path, output: Path) -> float:
    """Runs the cluster over all articles and returns the duration in seconds."""
    began = time.monotonic()
    quoteapi.ray.extract(ray.data.read_json(str(source), lines=True)).write_parquet(str(output))
    return time.monotonic() - began


def mistakes(output: Path, meant: dict[str, dict[str, object]]) -> Counter[str]:
    """What is wrong with an output."""
    rows = [row for file in output.glob("*.parquet") for row in pq.ParquetFile(file).read().to_pylist()]
    times = Counter(row["id"] for row in rows)
    return Counter(
        missing=len(meant.keys() - times.keys()),
        unknown=len(times.keys() - meant.keys()),
        doubled=sum(count - 1 for count in times.values()),
        different=sum(row != meant.get(row["id"]) for row in rows),
    )


def free_port() -> int:
    """An unused port."""
    with socket.socket() as listener:
        listener.bind((FIRST, 0))
        return listener.getsockname()[1]


@contextmanager
def cluster(folder: Path) -> Iterator[list[Node]]:
    """Starts two nodes, the second of which may be replaced; stops all at the end."""
    port = free_port()
    head = f"{FIRST}:{port}"
    nodes = [Node(folder / "a", head=head, ip=FIRST)]
    try:
        await_port(port)
        nodes.append(Node(folder / "b", head=head, ip=SECOND))
        ray.init(address=head, _node_ip_address=FIRST, log_to_driver=False, logging_level="warning")
        await_nodes(2)
        yield nodes
    finally:
        ray.shutdown()
        for node in reversed(nodes):
            node.kill()


def await_port(port: int) -> None:
    """Wait until the port accepts connections."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with socket.socket() as caller:
            if caller.connect_ex((FIRST, port)) == 0:
                return
        time.sleep(0.1)
    sys.exit("the first node did not start")


def await_nodes(count: int) -> None:
    """Wait until `count` nodes are alive."""
    until = time.monotonic() + PATIENCE
    while sum(node["Alive"] for node in ray.nodes()) != count:
        if time.monotonic() > until:
            sys.exit(f"there are no {count} nodes")
        time.sleep(0.1)


class Killer(threading.Thread):
    """Kills the second node when a share of the output is written, and restarts it."""

    def __init__(self, nodes: list[Node], folder: Path, output: Path, *, parts: int, for_good: bool) -> None:
        super().__init__(daemon=True)
        self._nodes, self._folder, self._output, self._parts, self._for_good = nodes, folder, output, parts, for_good
        self.told = "never"

    def run(self) -> None:
        """Wait, kill, wait, start."""
        while len(list(self._output.glob("*.parquet"))) < self._parts * KILLED_AT:
            time.sleep(0.1)
        processes = self._nodes.pop().kill()
        self.told = f"{processes} processes killed when {len(list(self._output.glob('*.parquet')))} files were written"
        print(self.told, file=sys.stderr, flush=True)
        if not self._for_good:
            time.sleep(DOWN)
            self._nodes.append(Node(self._folder / "c", head=ray.get_runtime_context().gcs_address, ip=SECOND))
            self.told += f", the node started again after {DOWN:.0f} s"
            print("started again", file=sys.stderr, flush=True)


def main() -> None:
    """Run, kill, compare, report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--for-good", action="store_true", help="leave the killed node out")
    parser.add_argument("--write", action="store_true", help="write results/cluster.md")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="q", dir="/tmp") as name:  # short, because it is part of the paths of Ray's sockets
        folder = Path(name)
        source = folder / "in.jsonl"
        source.write_text("".join(f"{line}\n" for line in articles(asked.articles)), encoding="utf8")
        one = batch(source, folder / "one.jsonl", workers=1)
        lines_by_two = batch(source, folder / "two.jsonl", workers=2)
        two = batch(source, folder / "two.parquet", workers=2)
        print(f"batch: {one:.0f} s, {lines_by_two:.0f} s, {two:.0f} s", file=sys.stderr, flush=True)
        meant = right(folder / "one.jsonl")
        with cluster(folder) as nodes:
            spent = run(source, folder / "whole")
            print(f"undisturbed: {spent:.0f} s", file=sys.stderr, flush=True)
            killer = Killer(nodes, folder, folder / "killed", parts=asked.articles // quoteapi.ray.PART, for_good=asked.for_good)
            killer.start()
            disturbed = run(source, folder / "killed")
            alive = sum(node["Alive"] for node in ray.nodes())
        wrong = [mistakes(folder / output, meant) for output in ("whole", "killed")]
    report = [
        f"Measured by `python {' '.join(['benchmarks/cluster.py', *sys.argv[1:]])}` (Ray {ray.__version__}).",
        "",
        "| | |",
        "| --- | ---: |",
        f"| articles | {asked.articles:,} |",
        f"| `quoteapi batch`, one process, JSON lines | {one:.0f} s |",
        f"| two processes, JSON lines | {lines_by_two:.0f} s |",
        f"| two processes, Parquet | {two:.0f} s |",
        f"| Ray, two nodes with an engine each, Parquet | {spent:.0f} s ({spent / two - 1:+.0%}) |",
        f"| the same, a node killed midway | {disturbed:.0f} s |",
        f"| the kill | {killer.told} |",
        f"| nodes at the end | {alive} |",
        *(f"| articles {what}, undisturbed and killed | {wrong[0][what]} and {wrong[1][what]} |" for what in wrong[0]),
    ]
    print("\n".join(report))
    if asked.write:
        (RESULTS / "cluster.md").write_text("\n".join(report) + "\n", encoding="utf8")
    if any(sum(each.values()) for each in wrong) or killer.told == "never":
        sys.exit("the outputs are not what they should be")


if __name__ == "__main__":
    main()
