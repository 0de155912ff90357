"""The parts of a day, and whether it is one of them now."""

from collections.abc import Iterable
from datetime import datetime, time
from enum import StrEnum

from knowledge.clock import LONDON


class Part(StrEnum):
    """A part of the day in which a person can safely be reached."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


# All within the hours of both centres (knowledge/centres/centres.yml).
TIMES = {
    Part.MORNING: (time(9), time(12)),
    Part.AFTERNOON: (time(12), time(17)),
    Part.EVENING: (time(17), time(20)),
}


def is_within(parts: Iterable[str], now: datetime) -> bool:
    """Whether it is one of these parts of the day in London now."""
    here = now.astimezone(LONDON).time()
    return any(TIMES[Part(part)][0] <= here <= TIMES[Part(part)][1] for part in parts)
