"""Roles to read: a random sample of the roles that the engine finds in unannotated articles, each with its surroundings.

    python benchmarks/roles.py [--shared ../shared] [--count 100] [--seed 4] [--polnear 280]

A person reads them and counts: wrong person, cut short, not a role. Speakers are those who are quoted; the role is the one in the answer.
Nothing is written: PolNeAR's text may not be redistributed.
"""

import argparse
import json
from pathlib import Path
from random import Random

from quoteapi.engine import QuoteEngine
from quoteapi.structs import Article, Speaker

AROUND = 160
"""Code points shown on either side of a role."""


def main() -> None:
    """Read the articles, sample the roles, print them."""
    parser = argparse.ArgumentParser(description="Roles drawn at random, to be read by a person.")
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="folder of data/ (default: %(default)s)")
    parser.add_argument("--count", type=int, default=100, help="roles to draw (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=4, help="of the draw (default: %(default)s)")
    parser.add_argument("--polnear", type=int, default=280, help="articles of PolNeAR's training text to read (default: %(default)s)")
    options = parser.parse_args()
    random = Random(options.seed)  # noqa: S311 - a reproducible draw, nothing secret
    data = options.shared / "data"
    texts = [json.loads(line)["text"] for line in (data / "articles" / "wikinews.jsonl").read_text(encoding="utf8").splitlines()]
    files = sorted((data / "polnear" / "train" / "text").iterdir())
    texts += [path.read_text(encoding="utf8") for path in random.sample(files, options.polnear)]
    engine = QuoteEngine()
    found = [(text, speaker) for text in texts for speaker in engine.extract(Article(text=text)).speakers if speaker.role is not None]
    for number, (text, speaker) in enumerate(random.sample(found, options.count), start=1):
        print(f"{number}. {shown(text, speaker)}\n")
    print(f"{options.count} of {len(found)} roles in {len(texts)} articles.")


def shown(text: str, speaker: Speaker) -> str:
    """A role in brackets within its surroundings, and its speaker."""
    role = speaker.role
    if role is None or role.start is None or role.end is None:
        return speaker.name
    before, after = text[max(0, role.start - AROUND) : role.start], text[role.end : role.end + AROUND]
    return f"{speaker.name} ({role.evidence}): {' '.join(f'{before}[[{role.text}]]{after}'.split())}"


if __name__ == "__main__":
    main()
