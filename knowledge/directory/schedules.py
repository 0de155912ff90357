"""Opening hours as HSDS schedules (weekly rules after RFC 5545), and back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .hours import DAYS, NotHours, OpeningHours

MINUTES_OF_A_DAY = 24 * 60
LAST_MINUTE = "23:59"  # the standard's times have no 24:00
_RULES = re.compile(r";(?![^(]*\))")
_BYDAY = {day.upper(): day for day in DAYS}


@dataclass(frozen=True)
class Schedule:
    """One weekly opening; ``description`` holds the words as an editor wrote them."""

    byday: str = ""
    opens_at: str = ""
    closes_at: str = ""
    description: str = ""


def schedules_of(said: str) -> list[Schedule]:
    """The schedules of opening hours as they are written; the words lose nothing."""
    return [one for rule in _RULES.split(said) if rule.strip() for one in _of_rule(rule.strip())]


def said_of(schedules: Iterable[Schedule]) -> str:
    """The words that ``schedules_of`` was given."""
    return "; ".join(one.description for one in schedules if one.description)


def said_in_feed(schedules: Iterable[Mapping[str, Any]]) -> str:
    """Opening hours from a feed's schedules; empty when they are no plain weekly hours."""
    rules = [_rule_of(one) for one in schedules]
    said = "; ".join(rule for rule in rules if rule)
    if "" in rules:
        return ""
    try:
        OpeningHours.read(said)
    except NotHours:
        return ""
    return said


def _of_rule(rule: str) -> Iterator[Schedule]:
    spans = list(_spans(rule)) or [("", "", "")]
    for number, (byday, opens_at, closes_at) in enumerate(spans):
        yield Schedule(byday, opens_at, closes_at, "" if number else rule)


def _spans(rule: str) -> Iterator[tuple[str, str, str]]:
    try:
        hours = OpeningHours.read(rule)
    except NotHours:  # a part that only makes sense beside the others
        return
    days_of: dict[tuple[int, int], list[str]] = {}
    for day, spans in zip(DAYS, hours.week, strict=True):
        for span in spans:
            days_of.setdefault(span, []).append(day.upper())
    for (start, end), days in days_of.items():
        yield ",".join(days), _clock(start), _clock(end)


def _clock(minutes: int) -> str:
    if minutes == MINUTES_OF_A_DAY:
        return LAST_MINUTE
    return "{:02d}:{:02d}".format(*divmod(minutes % MINUTES_OF_A_DAY, 60))


def _rule_of(schedule: Mapping[str, Any]) -> str:
    """One rule as an editor would write it; empty for what is not weekly and timed."""
    days = [_BYDAY.get(day.strip().upper()) for day in _text(schedule, "byday").split(",")]
    times = [_text(schedule, key)[:5] for key in ("opens_at", "closes_at")]
    weekly = _text(schedule, "freq").upper() in ("", "WEEKLY")
    every_week = str(schedule.get("interval") or 1) in ("1", "1.0")
    if not (all(days) and all(times) and weekly and every_week):
        return ""
    closes = "24:00" if times[1] == LAST_MINUTE else times[1]
    return f"{','.join(str(day) for day in days)} {times[0]}-{closes}"


def _text(schedule: Mapping[str, Any], key: str) -> str:
    return str(schedule.get(key) or "")
