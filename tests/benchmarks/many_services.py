"""A generator of directories of any size, alike enough to the real one."""

from __future__ import annotations

import random
from collections.abc import Iterator

from knowledge.directory import Service
from knowledge.directory.rows import AREAS, districts, read_row
from knowledge.directory.wording import group

HOURS = (
    "Mo-Su 00:00-24:00", "Mo-Fr 09:00-17:00", "Mo-Fr 08:00-20:00; Sa 10:00-16:00; PH off", "",
    "Mo,We,Fr 10:00-15:30", "Tu 18:00-21:00", "office hours", "Mo-Fr 09:00-12:00,13:30-17:00",
)  # fmt: skip
ROLES = ("support",) * 12 + ("general", "worry", "information", "money", "reporting", "finder")
AUDIENCES = ("",) * 8 + ("child|parent", "lgbt", "deaf", "older", "muslim", "bereaved", "young")


def made_up(number: int, seed: int = 1) -> list[Service]:
    """So many services, the same ones for the same seed."""
    chance = random.Random(seed)  # noqa: S311  (nothing secret)
    return [read_row(row) for row in _rows(number, chance)]


def _rows(number: int, chance: random.Random) -> Iterator[dict[str, str]]:
    crimes, needs, places = list(group("crimes")), list(group("needs")), list(districts())
    for count in range(number):
        area = chance.choices(AREAS, (20, 15, 15, 50))[0]
        few = chance.sample(places, 2) if area == "district" or chance.random() < 0.1 else []
        yield {
            "id": f"made-up-{count}",
            "name": f"Helper {count}",
            "description": "Helps people after a crime.",
            "phone": f"01632 960{count % 1000:03d}",
            "url": f"https://helper-{count}.example",
            "area": area,
            "districts": "" if area == "national" else "|".join(few),
            "crime_types": "any" if chance.random() < 0.2 else "|".join(chance.sample(crimes, 2)),
            "needs": "|".join(chance.sample(needs, 2)),
            "opening_hours": chance.choice(HOURS),
            "role": chance.choice(ROLES),
            "groups": chance.choice(AUDIENCES),
            "gender": chance.choice(("", "", "", "", "woman", "man")),
            "languages": chance.choice(("English", "English; Polish", "English; interpreters")),
            "confidence": chance.choice(("high", "medium", "low")),
            "source": "made up",
        }
