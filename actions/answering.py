"""From a turn to the facts it tells: what was read in the words, and what a choice says."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from actions.reading import Choice, Turn
from knowledge.assessment.model import NEEDS, Fact

# Questions are named as people would; fields as the record has them.
QUESTION_OF = {"occurred": "when", "place": "where"}


def facts_of_turn(turn: Turn) -> list[Fact]:
    """All facts of a message in the form that knowledge keeps."""
    if turn.choice is not None:
        return _facts_of_choice(turn, turn.choice)
    return [
        Fact(
            name=found["name"],
            value=found["value"],
            message=turn.message,
            as_said=found["as_said"],
            in_passing=not _asked_or_corrected(turn, found["name"]),
        )
        for found in turn.facts
    ]


def _asked_or_corrected(turn: Turn, name: str) -> bool:
    return turn.intent == "correct" or QUESTION_OF.get(name, name) == turn.question


def _facts_of_choice(turn: Turn, choice: Choice) -> list[Fact]:
    reader = CHOICES.get(choice.name)
    found = reader(turn, choice.value) if reader else None
    if found is None:
        return []
    name, value = found
    return [Fact(name=name, value=value, message=turn.message, as_said=turn.text)]


Found = tuple[str, Any] | None


def _safe_now(_turn: Turn, value: str) -> Found:
    return ("safe_now", value == "yes") if value in ("yes", "no") else None


def _when(turn: Turn, value: str) -> Found:
    if value not in ("today", "yesterday"):
        return None
    day = turn.today - timedelta(days=int(value == "yesterday"))
    return "occurred", {"from": day.isoformat(), "to": day.isoformat(), "as_said": value}


def _reported(_turn: Turn, value: str) -> Found:
    return ("reported", value) if value in ("yes", "no", "does_not_want") else None


def _needs(_turn: Turn, value: str) -> Found:
    if value == "none":
        return "needs", dict.fromkeys(NEEDS, 0)
    return ("needs", {value: 1}) if value in NEEDS else None


CHOICES: dict[str, Callable[[Turn, str], Found]] = {
    "safe_now": _safe_now,
    "when": _when,
    "reported": _reported,
    "needs": _needs,
}
