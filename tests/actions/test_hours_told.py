"""What people say about hours opens the gate at those hours, or leaves it closed."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from actions.hours import hours_of
from actions.names import ActionName, Slot
from knowledge.opening import Knowledge

from .builders import a_message, a_tracker, done
from .conftest import Actions

TABLE: list[dict[str, Any]] = yaml.safe_load(Path("tests/hours_told.yml").read_text("utf-8"))
NAMES = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]


def _days(said: str) -> list[int]:
    if said == "daily":
        return list(range(7))
    first, through, last = said.partition("-")
    if through:
        return list(range(NAMES.index(first), NAMES.index(last) + 1))
    return [NAMES.index(day) for day in said.split(",")]


def _hours(said: str) -> dict[str, Any]:
    days, span, *school = said.split()
    start, end = span.split("-")
    hours: dict[str, Any] = {"days": _days(days), "from": start, "to": end}
    return hours | {"school": True} if school else hours


def test_the_table_is_long_enough() -> None:
    assert len({row["said"].lower() for row in TABLE}) >= 120


@pytest.mark.parametrize("row", TABLE, ids=lambda row: str(row["said"]))
def test_the_gate_opens_at_what_was_surely_said(row: dict[str, Any]) -> None:
    told = hours_of(row.get("kept") or row["said"], row["said"])
    assert told == [_hours(one) for one in row["open"].split("; ") if one]


@pytest.mark.parametrize("row", [row for row in TABLE if row["open"]], ids=lambda row: row["said"])
@pytest.mark.parametrize("taken", ["lectures {}", "{}, if he is out", "I work {}", "{} are bad"])
def test_a_word_that_may_take_the_hours_up_closes_it(row: dict[str, Any], taken: str) -> None:
    assert hours_of(row["said"], taken.format(row["said"])) == []


@pytest.mark.parametrize(
    ("said", "intent", "is_open"),
    [
        ("doesn't matter", "skip", True),
        ("not fussed when", "not_sure", True),
        ("not till six", "deny", True),
        ("the police don't matter", "skip", False),
        ("skip this", "skip", False),
        ("no, never", "deny", False),
    ],
)
async def test_asked_when_it_is_safe_any_time_is_an_answer(
    actions: Actions,
    knowledge: Knowledge,
    conversation: str,
    said: str,
    intent: str,
    *,
    is_open: bool,
) -> None:
    asked = {str(Slot.REQUESTED): str(Slot.CONTACT_SAFE), str(Slot.HOW): "phone"}
    await done(actions[ActionName.KEEP], a_tracker(conversation, a_message(said, intent), **asked))
    contact = (await knowledge.assessments.read(conversation))["contact"]
    assert bool(contact["times"] or contact["hours"]) == is_open
