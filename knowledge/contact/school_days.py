"""The days on which children are surely at school, as far as a calendar can tell."""

from datetime import date, timedelta

import holidays

from knowledge.directory.bank_holidays import is_bank_holiday

# Wider than the holidays of any school that we know of: on a doubtful day they may be at home.
CLOSED = (
    ((7, 15), (9, 10)),
    ((10, 15), (11, 5)),
    ((12, 15), (12, 31)),
    ((1, 1), (1, 8)),
    ((2, 8), (2, 26)),
    ((5, 22), (6, 8)),
)
AROUND_EASTER = (timedelta(days=18), timedelta(days=17))  # before and after the Monday
APRIL = ((4, 1), (4, 18))  # also where Easter is early


def is_school_day(day: date) -> bool:
    """Whether schools are surely open: unknown means that the children may be at home."""
    if day.weekday() > 4 or is_bank_holiday(day) or _is_near_easter(day):
        return False
    at = (day.month, day.day)
    return not any(first <= at <= last for first, last in (*CLOSED, APRIL))


def _is_near_easter(day: date) -> bool:
    of_year = holidays.country_holidays("GB", subdiv="ENG", years=day.year)
    monday = of_year.get_named("Easter Monday")[0]
    return bool(monday - AROUND_EASTER[0] <= day <= monday + AROUND_EASTER[1])
