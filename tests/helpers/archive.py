"""An invented archive: rows of quotes over some months and outlets, with everything that a report shows."""

import random
from typing import Any

from heard import said

OUTLETS = ("Kelby Post", "Solheim Sun", "The Tarrow Courier", "Harbour Herald")
PEOPLE = (
    ("Jane Roe", "harbour master of Kelby", "she"),
    ("Tom Hart", "finance minister", "he"),
    ("Ingrid Solheim", "chair of the island council", None),
    ("Kwame Mensah", "marine biologist", "he"),
    ("Priya Okello", "head of the ferry company", "they"),
    ("José Brandão Ruelas", "mayor of Tarrow", None),
)
FIRST = ("Anna", "Daniel", "Grace", "Peter", "Ruth", "Samuel", "Elena", "Tomasz", "Mary", "Noor")
FAMILY = ("Brandvold", "Lindqvist", "Ashdown", "Kowal", "Tarrow", "Singh", "Haniff", "Zelenko", "Doe", "Poe")
WORDS = (  # noqa: SIM905  easier to read so
    "the harbour wall the river council budget storm winter market village bridge tide ferry engine island boats lights night people"
    " will never always often hold break rise fall open close cost save keep ask answer wait build repair carry watch slowly again"
).split()
WIRE = "We will rebuild the wall before the winter storms come back to the island and nobody will pay twice for it."
HOSTILE = "</script><img src=x onerror=alert(1)>"
"""A name that would be markup and a script, where something is wrong."""


def invented(quotes: int = 400, *, people: int = 60) -> list[dict[str, Any]]:
    """Rows of an archive, the same in each run: the dates are of 2026, and each article has an outlet and a headline."""
    chance = random.Random(7)  # noqa: S311  nothing is kept secret
    known = [
        *PEOPLE,
        *((f"{chance.choice(FIRST)} {chance.choice(FAMILY)}", None, chance.choice(("she", "he", None))) for _ in range(people)),
    ]
    rows = []
    for number in range(quotes):
        article = f"a{number // 3:05}"
        month, day = 1 + (number // 3 * 7919) % 9, 1 + number // 3 % 28
        outlet = OUTLETS[(number // 3) % len(OUTLETS)]
        beside = {"outlet": outlet, "date": f"2026-{month:02}-{day:02}", "title": f"The wall holds, part {number // 3}"}
        words = " ".join(chance.choices(WORDS, k=chance.randint(5, 40))).capitalize() + "."
        draw = chance.random()
        if draw < 0.7:
            name, role, pronoun = known[min(int(chance.expovariate(0.08)), len(known) - 1)]
            more = {"speaker_role": role, "speaker_pronoun": pronoun, "confidence": round(chance.uniform(0.5, 1), 3)}
            if number % 9 == 0:
                words = f"{words} Number {number % 5}."
            rows.append(said(article, WIRE if number % 40 == 1 else words, name, **more, **beside))
        else:
            kind, name = (("organization", "Island Council"), ("group", "residents"), ("document", "a report"), ("unnamed", "a spokesman"))[
                number % 4
            ]
            spoken = None if draw > 0.93 else name
            rows.append(
                said(article, words, spoken, speaker_type=kind if spoken else None, kind="indirect" if number % 5 else "direct", **beside)
            )
    context = f"“Never {HOSTILE} again,” Roe said, and left."
    rows.append(
        said(
            "h1",
            f"Never {HOSTILE} again,",
            f"Eve {HOSTILE} Roe",
            HOSTILE,
            outlet=HOSTILE,
            date="2026-09-30",
            title=HOSTILE,
            context=context,
        )
    )
    rows.append(said("h2", "It is late.", "Roe", None, outlet="Kelby Post", date="3/4/26", url="https://kelby.example/h2"))
    rows.append(said("h3", "It is later.", "Roe", None, outlet="Kelby Post", date="2026-09-28", url="javascript:alert(1)"))
    return rows
