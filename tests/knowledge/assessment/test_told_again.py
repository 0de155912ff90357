"""What is told again: what it takes the place of, and which message it came from."""

from datetime import date
from typing import Any

import pytest

from knowledge.assessment.model import NEEDS, Fact, Record, empty_record
from knowledge.assessment.model import with_fact as with_fact_on


def test_what_is_picked_afresh_takes_the_place_of_what_was_told() -> None:
    sleep, money = "mental_physical_health", "finance_benefits"
    record = with_fact(empty_record(), _told("needs", {sleep: 2, money: 1}, "m1"))
    record = with_fact(record, _told("vulnerability", ["under_18", "afraid"], "m1"))
    record = with_fact(
        record, _told("needs", dict.fromkeys(NEEDS, 0) | {sleep: 1}, "m2", afresh=True)
    )
    record = with_fact(record, _told("vulnerability", ["afraid"], "m2", afresh=True))
    assert (record["needs"][sleep], record["needs"][money]) == (2, 0)
    assert record["vulnerability"] == ["afraid"]
    assert {record["told"][name]["message"] for name in ("needs", "vulnerability")} == {"m2"}


@pytest.mark.parametrize(
    ("name", "first", "then", "origin"),
    [
        ("needs", {"mental_physical_health": 2}, dict.fromkeys(NEEDS, 0), "m1"),
        ("needs", {"mental_physical_health": 2}, {"finance_benefits": 1}, "m2"),
        ("vulnerability", ["under_18"], [], "m1"),
        ("vulnerability", ["under_18"], ["afraid"], "m2"),
        ("contact", {"how": "email"}, {"how": "email"}, "m1"),
        ("contact", {"how": "email"}, {"avoid": ["landline"]}, "m2"),
    ],
)
def test_what_adds_nothing_leaves_the_origin_of_what_was_told(
    name: str, first: Any, then: Any, origin: str
) -> None:
    record = with_fact(empty_record(), _told(name, first, "m1"))
    record = with_fact(record, _told(name, then, "m2"))
    assert record["told"][name]["message"] == origin


def _told(name: str, value: Any, message: str, *, afresh: bool = False) -> Fact:
    return Fact(name=name, value=value, message=message, as_said="words", afresh=afresh)


def with_fact(record: Record, fact: Fact) -> Record:
    """On the day of all tests."""
    return with_fact_on(record, fact, date(2026, 11, 24))
