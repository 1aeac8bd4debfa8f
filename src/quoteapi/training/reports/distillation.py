"""Distillation data: articles labelled by the teacher, as training examples for the network that is shipped.

Tags and links are sampled by the teacher's probabilities, so that the expected loss covers everything that it considers possible
(sequence-level distillation: Kim and Rush 2016).
"""

from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path

import numpy as np
import torch
from msgspec.structs import replace

from quoteapi.encoder.pieces import Ints
from quoteapi.encoder.session import Floats
from quoteapi.encoder.tagging import INSIDE, NEVER, Part, Tagged, nearness, stretches_of, summed
from quoteapi.training.encoder.fit import multiplies_bfloat16
from quoteapi.training.names import gmb
from quoteapi.training.polnear import Annotated
from quoteapi.training.reports.cases import Link, ReportCase
from quoteapi.training.reports.fit import read
from quoteapi.training.reports.network import Reports

SENTENCES, PARAGRAPHS = 3, 12
"""Sentences per paragraph and paragraphs per article: the corpus has neither."""
BATCH = 16
SIDES: tuple[Part, Part] = ("source", "cue")


def newswire(path: Path) -> Iterator[Annotated]:
    """The sentences of the Groningen Meaning Bank as articles without annotations."""
    sentences = ("".join(word + " " * space for word, space in zip(one.words, one.spaces, strict=True)).strip() for one in gmb(path))
    paragraphs = (" ".join(chain([first], islice(sentences, SENTENCES - 1))) for first in sentences)
    for number, first in enumerate(paragraphs):
        yield Annotated(f"gmb-{number}", "\n\n".join(chain([first], islice(paragraphs, PARAGRAPHS - 1))), [])


def distilled_cases(teacher: Reports, cases: Sequence[ReportCase], seed: int) -> Iterator[ReportCase]:
    """The examples with tags and links sampled from the teacher's predictions, short ones first."""
    chance = np.random.default_rng(seed)
    ordered = sorted(cases, key=lambda case: len(case.ids))
    teacher.eval()
    half = multiplies_bfloat16()
    with torch.no_grad():
        follows = teacher.behind().numpy()
        for begin in range(0, len(ordered), BATCH):
            batch = ordered[begin : begin + BATCH]
            with torch.autocast("cpu", torch.bfloat16, enabled=half):
                tokens, scores, keys = (part.float() for part in read(teacher, batch))
            for i, case in enumerate(batch):
                total = len(case.firsts)
                tags = drawn(scores[i, :total].numpy(), follows, chance)
                contents = list(stretches_of("content", tags, np.ones(total, dtype=np.float32)))
                links: list[Link] = []
                if contents:
                    ends = tokens[i, [[one.start, one.end - 1] for one in contents]].flatten(1)
                    pointers = [part.numpy() for part in teacher.point(ends)]
                    links = [
                        link(one, tags, keys[i, :total].numpy(), [part[k] for part in pointers], chance) for k, one in enumerate(contents)
                    ]
                yield replace(case, tags=tags, links=links)


def drawn(scores: Floats, follows: Floats, chance: np.random.Generator) -> Ints:
    """A sequence of tags, sampled by its probability: sums run forward, sampling backward.

    Args:
        scores: The scores of tags (columns) for each token (rows).
        follows: The score of each tag (column) after each other (row).
        chance: The random generator.
    """
    sums = scores.astype(np.float64)
    sums[0, INSIDE] += NEVER
    for k in range(1, len(sums)):
        sums[k] += summed(sums[k - 1][:, None] + follows, 0)
    tags = [one_of(sums[-1], chance)]
    for row in sums[-2::-1]:
        tags.append(one_of(row + follows[:, tags[-1]], chance))
    return np.array(tags[::-1])


def one_of(scores: np.ndarray, chance: np.random.Generator) -> int:
    """An index sampled by unnormalized log probabilities (Gumbel 1954)."""
    return int((scores + chance.gumbel(size=len(scores))).argmax())


def link(content: Tagged, tags: Ints, keys: Floats, pointers: Sequence[Floats], chance: np.random.Generator) -> Link:
    """A content's link to the span around each sampled token, or the token alone; empty if none is sampled."""
    pointing, none, gains = pointers
    near = nearness(content.start, content.end - 1, len(tags))
    whole = np.ones(len(tags), dtype=np.float32)
    ends: list[Ints] = []
    for k, part in enumerate(SIDES):
        side = [np.split(column, 2, axis=-1)[k] for column in (keys, pointing, gains)]
        scores = np.append(side[0] @ side[1] + side[2][near], none[k])
        scores[content.start : content.end] = NEVER
        place = one_of(scores, chance)
        stretch = next((one for one in stretches_of(part, tags, whole) if one.start <= place < one.end), Tagged(place, place + 1, 1.0))
        ends.append(np.arange(stretch.start, min(stretch.end, len(tags))))
    return Link(content.start, content.end - 1, *ends)
