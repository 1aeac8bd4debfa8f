"""Batch: a run over many articles that is repeatedly killed, compared with an undisturbed one; and one process compared with two.

    pip install '.[bench,parquet]'
    python benchmarks/batch_kills.py [--articles 20000] [--kills 20] [--output out.jsonl] [--speed 1000] [--write]

Articles are invented: random sentences, names and jobs, always in the same order; every hundredth line is not an article. The first run is
left alone, and its memory is sampled; the second one is killed (SIGKILL) at random moments and restarted each time. The files of both must
be identical byte for byte; otherwise the exit status is 1. Then the first `--speed` articles are read by one process and by two. `--write`
writes benchmarks/results/batch.md.
"""

import argparse
import json
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import psutil

RESULTS = Path(__file__).parent / "results"
BATCH = [sys.executable, "-c", "from quoteapi.cli import main; main()", "batch"]
SOME_REJECTED = 3
NO_ARTICLE = 100
"""One line in this many is not an article."""
AT_WORK = 0.75
SAMPLED = 0.5
"""Seconds between two memory samples."""
MEGABYTE = 1 << 20

FIRST = ("Jane", "Anna", "Ruth", "Omar", "Peter", "Nadia", "Carla", "Tom", "Ines", "Viktor")
LAST = ("Roe", "Doe", "Poe", "Marsh", "Harlow", "Quist", "Varga", "Okafor", "Lind", "Sato")
JOBS = ("the harbour master", "a spokeswoman for the port", "the mayor of Eastmere", "head of the dyke board", "a retired pilot")
SAID = (
    "The wall held",
    "We were lucky this time",
    "Nobody was told in advance",
    "The pumps ran all night",
    "This plan will cost us dearly",
    "I will not sign it before the council has seen it",
)
NEWS = (
    "The tide rose to four metres on Tuesday.",
    "Work on the eastern dyke is to begin in May.",
    "The council meets again next week.",
    "Shops along the quay stayed closed.",
)


def lines(count: int) -> Iterator[str]:
    """The first `count` records."""
    draw = random.Random(7)  # noqa: S311 -- nothing is secret
    for number in range(count):
        name = f"{draw.choice(FIRST)} {draw.choice(LAST)}"
        text = f"{draw.choice(NEWS)} “{draw.choice(SAID)},” said {name}, {draw.choice(JOBS)}. “{draw.choice(SAID)}.” {draw.choice(NEWS)}"
        yield "no article" if number % NO_ARTICLE == NO_ARTICLE - 1 else json.dumps({"id": f"a{number}", "text": text}, ensure_ascii=False)


def start(source: Path, output: Path, *, workers: int = 2) -> psutil.Popen:
    """Starts the command."""
    return psutil.Popen([*BATCH, str(source), str(output), "--workers", str(workers)], stderr=subprocess.PIPE)


def finish(process: psutil.Popen) -> str:
    """Waits for the command and returns its closing line."""
    told = process.stderr.read().decode()
    if process.wait() not in {0, SOME_REJECTED}:
        sys.exit(told)
    return re.sub(r" \(.*\)", "", told.strip().splitlines()[-1])


def left_by(output: Path) -> dict[str, bytes]:
    """The files that a run leaves."""
    return {path.name: path.read_bytes() for path in output.parent.iterdir()}


def undisturbed(source: Path, output: Path) -> tuple[str, float, list[float]]:
    """An undisturbed run: its closing line, its duration in seconds, and samples of its main process's memory (USS) in megabytes."""
    began = time.monotonic()
    process = start(source, output)
    sizes = []
    while process.poll() is None:
        try:
            sizes.append(process.memory_full_info().uss / MEGABYTE)
        except psutil.Error:
            break
        time.sleep(SAMPLED)
    return finish(process), time.monotonic() - began, sizes


def killed(source: Path, output: Path, *, kills: int, seconds: float) -> tuple[str, int]:
    """A run that is killed up to `kills` times within `seconds`: its last closing line, and how often it was killed.

    Three times in four the clock starts when the first answer is written, otherwise with the process, which is still loading then.
    """
    draw = random.Random(11)  # noqa: S311 -- the same
    done = 0
    while True:
        process = start(source, output)
        if done < kills:
            before, at_work = size_of(output.parent), draw.random() < AT_WORK
            while at_work and size_of(output.parent) <= before and process.poll() is None:
                time.sleep(0.02)
            try:
                process.wait(draw.uniform(0.0, seconds / (kills + 1)))
            except psutil.TimeoutExpired:
                process.kill()
                process.wait()
                process.stderr.close()
                done += 1
                print(f"killed {done} times", file=sys.stderr, flush=True)
                continue
        return finish(process), done


def size_of(folder: Path) -> int:
    """Bytes of all files in a folder."""
    return sum(path.stat().st_size for path in folder.iterdir() if path.suffix != ".tmp")


def words_a_second(told: str) -> float:
    """The rate in a closing line."""
    return float(told.split()[-4].replace(",", ""))


def main() -> None:
    """Run, kill, compare, report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--output", default="out.jsonl", help="the output's name; its suffixes say its form")
    parser.add_argument("--speed", type=int, default=1000, help="articles that one process and two read")
    parser.add_argument("--write", action="store_true", help="write results/batch.md")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name in ("whole", "killed", "one", "two"):
            (root / name).mkdir()
        source, some = root / "in.jsonl", root / "some.jsonl"
        source.write_text("\n".join(lines(asked.articles)), encoding="utf8")
        some.write_text("\n".join(lines(asked.speed)), encoding="utf8")
        rates = [words_a_second(finish(start(some, root / name / "out.jsonl", workers=n))) for name, n in (("one", 1), ("two", 2))]
        told, seconds, sizes = undisturbed(source, root / "whole" / asked.output)
        told_last, kills = killed(source, root / "killed" / asked.output, kills=asked.kills, seconds=seconds)
        whole, other = left_by(root / "whole" / asked.output), left_by(root / "killed" / asked.output)
    tenth = max(len(sizes) // 10, 1)
    differ = sum(whole.get(name) != other.get(name) for name in whole | other)
    report = [
        f"Measured by `python {' '.join(['benchmarks/batch_kills.py', *sys.argv[1:]])}`.",
        "",
        "| | |",
        "| --- | ---: |",
        f"| articles | {asked.articles:,} |",
        f"| undisturbed | {told} |",
        f"| killed | {kills} times |",
        f"| the last of those runs | {told_last} |",
        f"| files that differ from the undisturbed run's | {differ} of {len(whole)} |",
        f"| memory of the reading process, MB, after a tenth | {median(sizes[tenth : 2 * tenth] or sizes):.1f} |",
        f"| at the end | {median(sizes[-tenth:]):.1f} |",
        f"| words a second, one process | {rates[0]:,.0f} |",
        f"| two processes | {rates[1]:,.0f} ({rates[1] / rates[0]:.2f} times) |",
    ]
    print("\n".join(report))
    if asked.write:
        (RESULTS / "batch.md").write_text("\n".join(report) + "\n", encoding="utf8")
    if differ:
        sys.exit("the two runs have left different files")


if __name__ == "__main__":
    main()
