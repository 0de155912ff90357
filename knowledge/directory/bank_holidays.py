"""Bank holidays of England, from a maintained library."""

from __future__ import annotations

from datetime import date
from functools import cache

import holidays


@cache
def _of_year(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def is_bank_holiday(day: date) -> bool:
    """Whether offices in England are shut on this day by law (1971 Act and proclamations)."""
    return day in _of_year(day.year)
