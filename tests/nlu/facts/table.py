"""The finder and the day that the tables of these tests share."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from knowledge.places import Gazetteer
from nlu.facts import ALL_FIELDS, FactFinder, Reading

TODAY = date(2026, 11, 22)  # a Sunday


@cache
def finder() -> FactFinder:
    """One finder of all fields."""
    return FactFinder(Gazetteer.load(), ALL_FIELDS)


def reading(text: str, question: str | None = None) -> Reading:
    """What the finder reads on the day of the tests."""
    return finder().read(text, question=question, today=TODAY)


def facts(text: str, question: str | None = None) -> dict[str, Any]:
    """The values found, by field."""
    return {fact.name: fact.value for fact in reading(text, question).facts}
