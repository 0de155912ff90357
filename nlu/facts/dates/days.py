"""Small sums with days: weeks, months, Easter, bank holidays. No words."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

Span = tuple[date, date]
MON, TUE, WED, THU, FRI, SAT, SUN = range(7)


def days(number: float) -> timedelta:
    """So many days."""
    return timedelta(round(number))


def one(day: date) -> Span:
    """A single day as a span."""
    return day, day


def month(year: int, number: int) -> Span:
    """All days of a month."""
    return date(year, number, 1), date(year, number, monthrange(year, number)[1])


def whole_year(year: int) -> Span:
    """All days of a year."""
    return date(year, 1, 1), date(year, 12, 31)


def months_back(day: date, number: int) -> date:
    """The same day of an earlier month, or its last day."""
    years, left = divmod(day.year * 12 + day.month - 1 - number, 12)
    return date(years, left + 1, min(day.day, monthrange(years, left + 1)[1]))


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(day.weekday())


def last_weekday(today: date, wanted: int) -> date:
    """The latest such weekday before today."""
    return today - timedelta((today.weekday() - wanted) % 7 or 7)


def nth_weekday(year: int, number: int, wanted: int, nth: int) -> date:
    """The nth weekday of a month; -1 is the last."""
    first, last = month(year, number)
    if nth < 0:
        return last - timedelta((last.weekday() - wanted) % 7)
    return first + timedelta((wanted - first.weekday()) % 7 + 7 * (nth - 1))


@lru_cache(maxsize=512)
def easter(year: int) -> date:
    """Easter Sunday (Meeus/Jones/Butcher, Gregorian calendar)."""
    a, b, c = year % 19, *divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    ell = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * ell) // 451
    number, day = divmod(h + ell - 7 * m + 114, 31)
    return date(year, number, day + 1)


def bank_holiday_mondays(year: int) -> tuple[date, ...]:
    """The Mondays that are bank holidays in England every year (1971 Act and proclamations)."""
    return (
        easter(year) + timedelta(1),
        nth_weekday(year, 5, MON, 1),
        nth_weekday(year, 5, MON, -1),
        nth_weekday(year, 8, MON, -1),
    )


def weekend_of(today: date) -> Span:
    """The weekend that people mean by `the weekend` when it is over, or nearly."""
    if today.weekday() == SUN:
        return today - timedelta(1), today
    saturday = last_weekday(today, SAT)
    return saturday, saturday + timedelta(1)


def part_of(span: Span, part: str) -> Span:
    """The start, middle or end of a span: its third, a little generous."""
    first, last = span
    third = max(1, ((last - first).days + 1) // 3)
    if part == "start":
        return first, first + timedelta(third)
    if part == "end":
        return last - timedelta(third), last
    return first + timedelta(third - 1), last - timedelta(third - 1)
