"""States: what the body computes for each article, once, in a file in half precision."""

import hashlib
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

from quoteapi.encoder.body import Body
from quoteapi.encoder.pieces import Ints
from quoteapi.encoder.session import Encoder

Windows = list[tuple[int, int]]


def bodies(articles: Sequence[tuple[Ints, Windows]], encoder: Encoder, graph: Path, folder: Path) -> list[Body]:
    """The states of articles, computed as the service computes them, or read from the file that an earlier run left.

    Args:
        articles: The wordpieces of each article, and the windows that the body reads.
        encoder: An encoder that runs the body.
        graph: The file of the body's graph.
        folder: Where the states are kept, in a file named after the graph's content and the wordpieces.
    """
    content = hashlib.sha256(graph.read_bytes())
    for ids, _ in articles:
        content.update(ids.tobytes())
    path = folder / f"states-{content.hexdigest()[:12]}.bin"
    if not path.is_file():
        unfinished = path.with_suffix(".part")
        with unfinished.open("wb") as file, ThreadPoolExecutor(os.cpu_count()) as pool:
            for states in pool.map(encoder.body, [ids[start:end] for ids, windows in articles for start, end in windows]):
                file.write(states.astype(np.float16).tobytes())
        unfinished.replace(path)
    lengths = [len(ids) + 2 * len(windows) for ids, windows in articles]
    rows: Any = np.memmap(path, dtype=np.float16, mode="r").reshape(sum(lengths), -1)
    return [Body(windows, states) for (_, windows), states in zip(articles, np.split(rows, np.cumsum(lengths)[:-1]), strict=True)]
