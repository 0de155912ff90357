"""Dates by their distance: last Tuesday, a week last Tuesday, 3 weeks ago, for two years."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from nlu.facts.dates import days
from nlu.facts.dates.days import Span
from nlu.facts.dates.words import amount, month_number, weekday_number

Found = re.Match[str]
Reader = Callable[[Found, date], "Span | None"]
LENGTH = {
    "day": 1,
    "night": 1,
    "week": 7,
    "weekend": 7,
    "fortnight": 14,
    "month": 30.44,
    "year": 365.25,
    "decade": 3652.5,
}
# How far off people are who count in this unit.
SLACK = {
    "day": 0,
    "night": 0,
    "week": 3,
    "weekend": 3,
    "fortnight": 3,
    "month": 10,
    "year": 120,
    "decade": 900,
}


_BEFORE_SAT = re.compile(
    r"(?:^|[.,;!?] |\b(?:in|at|outside|near|round|from) (?:(?!the\b|we\b|i\b|he\b|she\b|they\b|"
    r"mum\b|dad\b|who\b|where\b)\w+ ){1,3}|\b(?:in|at|outside|near|round) the (?:\w+ ){1,2})$"
)


def nothing(_found: Found, _today: date) -> Span | None:
    """A time that is no day in the past: next Friday, every Tuesday."""
    return None


def back(first: int, last: int = -1) -> Reader:
    """Reads a fixed number of days ago: `yesterday` is back(1)."""
    end = first if last < 0 else last
    return lambda _found, today: (today - timedelta(first), today - timedelta(end))


def weekday(found: Found, today: date) -> Span:
    """`on tuesday`, `last tuesday`: the latest one before today."""
    wanted = weekday_number(found["weekday"])
    if found.groupdict().get("this") and wanted == today.weekday():
        return days.one(today)
    return days.one(days.last_weekday(today, wanted))


def saturday(found: Found, today: date) -> Span | None:
    """`outside the bank in ely sat`: None where somebody sat there."""
    before = found.string[max(0, found.start() - 48) : found.start()]
    return weekday(found, today) if _BEFORE_SAT.search(before) else None


def weekday_before(found: Found, today: date) -> Span:
    """`tuesday before last`: one week earlier than the latest."""
    return days.one(days.last_weekday(today, weekday_number(found["weekday"])) - timedelta(7))


def week_before(found: Found, today: date) -> Span:
    """`a week last tuesday`: one week earlier than the latest."""
    said = found["weekday"] or found["weekday2"]
    return days.one(days.last_weekday(today, weekday_number(said)) - timedelta(7))


def fortnight_before(found: Found, today: date) -> Span:
    """`a fortnight last tuesday`: two weeks earlier than the latest."""
    return days.one(days.last_weekday(today, weekday_number(found["weekday"])) - timedelta(14))


def weeks_and_weekday(found: Found, today: date) -> Span:
    """`two weeks last tuesday`: so many weeks before the latest."""
    count = amount(found["weeks"])[0] * (2 if "fortnight" in found.group() else 1)
    return days.one(
        days.last_weekday(today, weekday_number(found["weekday"])) - timedelta(int(count) * 7)
    )


def weeks_by(found: Found, today: date) -> Span | None:
    """`it will be three weeks on friday`: so many weeks before the next one."""
    if "it will" not in found.group():
        return None
    ahead = (weekday_number(found["weekday"]) - today.weekday()) % 7 or 7
    weeks = int(amount(found["weeks"])[0])
    return days.one(today + timedelta(ahead - 7 * weeks))


def years_by(found: Found, today: date) -> Span:
    """`it will be ten years on wednesday`: so many years before the next one."""
    ahead = (weekday_number(found["weekday"]) - today.weekday()) % 7 or 7
    years = int(amount(found["number"])[0])
    return days.one(days.months_back(today + timedelta(ahead), 12 * years))


def weekday_weeks_ago(found: Found, today: date) -> Span:
    """`tuesday three weeks ago`: so many weeks before the latest one, as people count back."""
    low, high = amount(found["number"])
    wanted = weekday_number(found["weekday"])
    weeks = 2 if "fortnight" in found.group() else 1
    latest = today - timedelta((today.weekday() - wanted) % 7)
    return latest - timedelta(7 * weeks * high), latest - timedelta(7 * weeks * low)


def weekday_of_week(found: Found, today: date) -> Span | None:
    """`tuesday of last week`: None when that day is still to come."""
    back = {"last week": 1, "this week": 0}.get(found["which"], 2)
    day = days.monday_of(today) + timedelta(weekday_number(found["weekday"]) - 7 * back)
    return days.one(day) if day <= today else None


def so_many_weekdays(found: Found, today: date) -> Span:
    """`the last three tuesdays`: from the first of them to the latest."""
    low, high = amount(found["number"])
    last = days.last_weekday(today, weekday_number(found["weekday"]))
    return last - timedelta(7 * (int(high) - 1)), last - timedelta(7 * (int(low) - 1))


def weeks_and_a_day(found: Found, today: date) -> Span:
    """`a fortnight yesterday`: that many weeks before that day."""
    count = amount(found["weeks"] or "a")[0] * LENGTH[found["unit"]]
    return days.one(today - days.days(count + (found["till"] == "yesterday")))


def so_long_tomorrow(found: Found, today: date) -> Span | None:
    """`two weeks tomorrow since`: that day so long before tomorrow; None where it lies ahead."""
    if not (found["lead"] or found["since"]):
        return None
    return days.one(exactly(amount(found["number"])[0], found["unit"], today + timedelta(1)))


def so_long_a_day(found: Found, today: date) -> Span:
    """`a year today`, `six months yesterday`: that day so many months or years before."""
    day = today - timedelta(found["till"] == "yesterday")
    months = int(amount(found["number"])[0]) * (12 if found["unit"] == "year" else 1)
    return days.one(days.months_back(day, months))


def anniversary(found: Found, today: date) -> Span:
    """`It will be ten years in December`: so many years before the next one."""
    number = month_number(found["month"])
    year = today.year + (number < today.month) - int(amount(found["number"])[0])
    return days.month(year, number)


def month_before_last(found: Found, today: date) -> Span:
    """`a year last march`: one year earlier than the latest."""
    number = month_number(found["month"])
    return days.month(today.year - 1 - (number >= today.month), number)


def other_weekday(found: Found, today: date) -> Span:
    """`the other tuesday`: one of the last three."""
    last = days.last_weekday(today, weekday_number(found["weekday"]))
    return last - timedelta(14), last


def ago(found: Found, today: date) -> Span:
    """`three weeks ago` is that day, `about three weeks ago` has the slack of such words."""
    low, high = amount(found["number"])
    unit = found["unit"]
    said = found.groupdict()
    half = 0.5 if found["half"] or said.get("half_after") else 0
    loosely = said.get("about") or "couple" in found["number"]
    definite = low == high and not half and not loosely
    if said.get("exact") or (definite and unit not in ("year", "decade")):
        return days.one(exactly(low + half, unit, today))
    if definite and unit == "year":
        then = days.months_back(today, 12 * int(low))
        return days.month(then.year, then.month)
    first = today - days.days((high + half) * LENGTH[unit] + SLACK[unit])
    return first, today - days.days((low + half) * LENGTH[unit] - SLACK[unit])


def exactly(number: float, unit: str, today: date) -> date:
    """The day so many units before today."""
    if unit in ("month", "year") and number == int(number):
        return days.months_back(today, int(number) * (12 if unit == "year" else 1))
    return today - days.days(number * LENGTH[unit])


def lasting(found: Found, today: date) -> Span:
    """`for two months`: from then until today."""
    _, high = amount(found["number"])
    half = 0.5 if found["half"] else 0
    return today - days.days((high + half) * LENGTH[found["unit"]]), today


def over_the_last(found: Found, today: date) -> Span:
    """`over the last year`: from then until today."""
    return exactly(1, found["unit"], today), today


def a_year_back(_found: Found, today: date) -> Span:
    """`this time last year`: that month."""
    then = days.months_back(today, 12)
    return days.month(then.year, then.month)


def vaguely_for(found: Found, today: date) -> Span:
    """`for months`: a long span until today."""
    units = {"days": 7, "weeks": 42, "months": 274, "years": 3652, "ages": 730}
    return today - timedelta(units[found["units"]]), today


def vaguely_ago(found: Found, today: date) -> Span:
    """`months ago`: a long span that ended before today."""
    low, high = {"days": (2, 7), "weeks": (14, 56), "months": (60, 335)}[found["units"]]
    return today - timedelta(high), today - timedelta(low)


def last_unit(found: Found, today: date) -> Span:
    """`last week`, `the month before last`: the whole of it."""
    back = 2 if found.groupdict().get("before") else 1
    return unit_back(found["unit"], today, back)


def unit_back(unit: str, today: date, back: int) -> Span:
    """The whole week, weekend, month or year so many before this one."""
    if unit == "week":
        monday = days.monday_of(today) - timedelta(7 * back)
        return monday, monday + timedelta(6)
    if unit == "month":
        first = days.months_back(today.replace(day=1), back)
        return days.month(first.year, first.month)
    if unit == "weekend":
        saturday = days.monday_of(today) - timedelta(7 * back - 5)
        return saturday, saturday + timedelta(1)
    return days.whole_year(today.year - back)


def this_unit(found: Found, today: date) -> Span:
    """`this week`, `this month`: from its start until today."""
    unit = found["unit"]
    if unit == "weekend":
        return days.weekend_of(today) if today.weekday() != days.SAT else days.one(today)
    start = {"week": days.monday_of(today), "month": today.replace(day=1)}
    return start.get(unit, today.replace(month=1, day=1)), today


def weekend(_found: Found, today: date) -> Span:
    """`at the weekend`: the latest one."""
    return days.weekend_of(today)


def running(found: Found, today: date) -> Span:
    """`two nights running`: the last so many days."""
    _, high = amount(found["number"])
    return today - timedelta(int(high * LENGTH[found["unit"]])), today


# What these find lasts until today.
SPANS_TO_NOW = frozenset({lasting, vaguely_for, over_the_last})
