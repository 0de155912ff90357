"""Named days: Christmas Eve, bank holiday Monday, the night of the bonfire, half term, summer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from nlu.facts.dates import days
from nlu.facts.dates.days import Span

TABLE = Path(__file__).with_name("named_days.yml")
OfYear = Callable[[int], Iterable[Span]]
SEASONS = {"spring": (3, 1, 5, 31), "summer": (6, 1, 8, 31), "autumn": (9, 1, 11, 30)}


def latest(of_year: OfYear, today: date, *, back: int = 0) -> Span | None:
    """The latest span that has begun by today; ``back`` takes the one so many before it."""
    begun = [
        span
        for year in range(today.year - 12, today.year + 1)
        for span in of_year(year)
        if span[0] <= today
    ]
    return begun[-1 - back] if len(begun) > back else None


def in_year(of_year: OfYear, year: int) -> Span | None:
    """The span of a year that was named."""
    return next(iter(of_year(year)), None)


def season(name: str) -> OfYear:
    """Spring, summer, autumn or winter by the months that weather people use."""
    if name == "winter":
        return lambda year: [(date(year, 12, 1), date(year + 1, 3, 1) - timedelta(1))]
    first_month, first, last_month, last = SEASONS[name]
    return lambda year: [(date(year, first_month, first), date(year, last_month, last))]


def month(number: int) -> OfYear:
    """A month of the year."""
    return lambda year: [days.month(year, number)]


def bank_holidays(before: int) -> OfYear:
    """Bank holiday Mondays, with so many days before them."""
    return lambda year: [
        (monday - timedelta(before), monday) for monday in days.bank_holiday_mondays(year)
    ]


def half_terms(year: int) -> list[Span]:
    """The three half terms, as most schools of both counties have them."""
    mondays = (
        days.nth_weekday(year, 2, days.MON, 3),
        days.nth_weekday(year, 5, days.MON, -1),
        days.nth_weekday(year, 10, days.MON, -1),
    )
    return [(monday - timedelta(2), monday + timedelta(6)) for monday in mondays]


@cache
def table() -> tuple[tuple[re.Pattern[str], OfYear], ...]:
    """Patterns of named days, each with its days in a year."""
    rows: list[dict[str, Any]] = yaml.load(TABLE.read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506
    return tuple((re.compile(row["words"]), _of_year(row)) for row in rows)


def _of_year(row: dict[str, Any]) -> OfYear:
    if "on" in row:
        return _fixed(*_ends(row["on"]))
    if "easter" in row:
        first, last = (int(end) for end in _ends(row["easter"]))
        return lambda year: [
            (days.easter(year) + timedelta(first), days.easter(year) + timedelta(last))
        ]
    if "weekday" in row:
        return _by_weekday([int(number) for number in row["weekday"]])
    dated = [
        (date.fromisoformat(first), date.fromisoformat(last))
        for first, last in map(_ends, row["dated"])
    ]
    return lambda year: [span for span in dated if span[0].year == year]


def _ends(said: str) -> tuple[str, str]:
    first, _, last = said.partition("..")
    return first, last or first


def _fixed(first: str, last: str) -> OfYear:
    (from_month, from_day), (to_month, to_day) = (
        map(int, end.split("-")) for end in (first, last)
    )
    over = int((to_month, to_day) < (from_month, from_day))
    return lambda year: [(date(year, from_month, from_day), date(year + over, to_month, to_day))]


def _by_weekday(numbers: list[int]) -> OfYear:
    month_number, weekday, nth, before, after = numbers

    def of_year(year: int) -> Iterator[Span]:
        day = days.nth_weekday(year, month_number, weekday, nth)
        yield day - timedelta(before), day + timedelta(after)

    return of_year
