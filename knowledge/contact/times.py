"""The parts of a day and the hours that were told, and whether it is one of them now."""

from collections.abc import Iterable, Mapping
from datetime import datetime, time
from enum import StrEnum
from typing import Any

from knowledge.clock import LONDON
from knowledge.contact.school_days import is_school_day


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


def is_at(hours: Iterable[Mapping[str, Any]], now: datetime) -> bool:
    """Whether it is one of the hours that were told, in London now.

    Each is of the form that the record keeps: ``days`` of the week (Monday is 0), ``from`` and
    ``to``, and ``school`` where they hold only while children are at school.
    """
    here = now.astimezone(LONDON)
    return any(
        here.weekday() in one["days"]
        and time.fromisoformat(one["from"]) <= here.time() <= time.fromisoformat(one["to"])
        and (not one.get("school") or is_school_day(here.date()))
        for one in hours
    )
