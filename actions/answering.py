"""From a turn to the facts it tells: what was read in the words, and what a choice says."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from actions.reading import Turn
from knowledge.assessment.model import NEEDS, Fact


def facts_of_turn(turn: Turn) -> list[Fact]:
    """All facts of a message in the form that knowledge keeps."""
    if turn.choice is not None:
        return _facts_of_choice(turn)
    return [_fact(turn, found["name"], found["value"], found["as_said"]) for found in turn.facts]


def _facts_of_choice(turn: Turn) -> list[Fact]:
    assert turn.choice is not None  # noqa: S101  (the caller looked)
    reader = CHOICES.get(turn.choice.name)
    found = reader(turn, turn.choice.value) if reader else None
    return [] if found is None else [_fact(turn, *found, turn.text)]


def _fact(turn: Turn, name: str, value: Any, as_said: str) -> Fact:
    return Fact(name=name, value=value, message=turn.message, as_said=as_said)


Found = tuple[str, Any] | None


def _safe_now(turn: Turn, value: str) -> Found:
    return ("safe_now", value == "yes") if value in ("yes", "no") else None


def _when(turn: Turn, value: str) -> Found:
    if value not in ("today", "yesterday"):
        return None
    day = turn.today - timedelta(days=int(value == "yesterday"))
    return "occurred", {"from": day.isoformat(), "to": day.isoformat(), "as_said": value}


def _reported(turn: Turn, value: str) -> Found:
    return ("reported", value) if value in ("yes", "no", "does_not_want") else None


def _needs(turn: Turn, value: str) -> Found:
    if value == "none":
        return "needs", dict.fromkeys(NEEDS, 0)
    return ("needs", {value: 1}) if value in NEEDS else None


CHOICES: dict[str, Callable[[Turn, str], Found]] = {
    "safe_now": _safe_now,
    "when": _when,
    "reported": _reported,
    "needs": _needs,
}
