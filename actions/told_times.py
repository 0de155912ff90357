"""What the words about safe times tell the gate, and how that is said back to be checked."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from actions.hours import ANY, hours_of, in_record
from actions.wording import Wording
from knowledge.assessment.contact import TIMES
from knowledge.clock import LONDON
from knowledge.contact.times import TIMES as PARTS
from knowledge.directory.hours import clock_words

EVERY_DAY, SCHOOL_WEEK = list(range(7)), list(range(5))
LONGEST = 80  # characters; who says more says more than hours
SOME_DAY = date(2026, 1, 1)


def understood(said: str, beside: str, wording: Wording) -> dict[str, Any]:
    """The parts of a contact wish that words about times tell.

    Parts of a day are as if they had been chosen. Other hours are said back beside the words, so
    that the person can check them; words that are not surely understood stay as they are.
    """
    hours = hours_of(said, beside) if len(said) <= LONGEST else []
    if not hours:
        return {"safe_times": said}
    if parts := _as_parts(hours):
        return {"safe_times": said, "times": parts}
    words = "; ".join(_in_words(hours, wording))
    return {"safe_times": wording.of("times", "understood").format(said, words), "hours": hours}


def _as_parts(hours: Sequence[Mapping[str, Any]]) -> list[str]:
    """The parts of a day that these are, where they are whole parts of every day."""
    spans = {(one["from"], one["to"]) for one in hours}
    if any(one["days"] != EVERY_DAY or one.get("school") for one in hours):
        return []
    if spans == {in_record(ANY)}:
        return list(TIMES)
    parts = {
        (f"{first:%H:%M}", f"{last:%H:%M}"): str(part) for part, (first, last) in PARTS.items()
    }
    return [parts[span] for span in parts if span in spans] if spans <= parts.keys() else []


def _in_words(hours: Sequence[Mapping[str, Any]], wording: Wording) -> Iterator[str]:
    for one in hours:
        first, last = (_clock(one[end]) for end in ("from", "to"))
        words = wording.of("times", "from_to").format(first, last)
        if one.get("school"):
            words = f"{words}, {wording.of('times', 'school_days')}"
        if one["days"] != (SCHOOL_WEEK if one.get("school") else EVERY_DAY):
            words = f"{words}, {_days(one['days'], wording)}"
        yield words


def _days(days: Sequence[int], wording: Wording) -> str:
    known = {(0, 1, 2, 3, 4): "workdays", (5, 6): "weekend"}
    if name := known.get(tuple(days)):
        return wording.of("days", name)
    return ", ".join(wording.of("days", str(day)) for day in days)


def _clock(at: str) -> str:
    return clock_words(datetime.combine(SOME_DAY, time.fromisoformat(at), LONDON))
