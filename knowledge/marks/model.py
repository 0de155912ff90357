"""What a mark is, and how marks become candidates for the next set of training messages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from knowledge.conversations.model import Author, Entry, Kind

# The choices with which a person says whether we may learn from their words.
LEARNING = "learning"
AGREED, REFUSED = f"{LEARNING}=yes", f"{LEARNING}=no"

# The categories of risk, as the recogniser names them; tests/house/ checks that they agree.
CATEGORIES = (
    "immediate_danger",
    "suicide_self_harm",
    "domestic_abuse",
    "sexual_violence",
    "child_at_risk",
    "stalking_harassment",
    "honour_based_abuse",
    "modern_slavery",
    "threat_to_life",
    "vulnerable_adult",
    "hate_crime",
    "mental_health_crisis",
    "harm_to_others",
)


class Verdict(StrEnum):
    """What a co-ordinator says of an alarm, or of a message without one."""

    RIGHT = "right"
    WRONG = "wrong"
    MISSED = "missed"


@dataclass(frozen=True)
class Candidate:
    """A message as it may be learned from: words, and the label that the marks give it."""

    text: str
    disposition: str
    categories: tuple[str, ...]


def agreed_to_learning(thread: Iterable[Entry]) -> bool | None:
    """The person's own last word on whether we may learn from theirs; None when not asked."""
    said = [
        entry.details["choice"]
        for entry in thread
        if entry.author is Author.PERSON and entry.details.get("choice") in (AGREED, REFUSED)
    ]
    return said[-1] == AGREED if said else None


def latest_marks(thread: Iterable[Entry]) -> dict[int, Mapping[str, Any]]:
    """By message: the mark that holds. A co-ordinator's later mark replaces their earlier one.

    Messages on which co-ordinators do not agree are left out: they need a conversation, not a
    label.
    """
    by_message: dict[int, dict[str, Mapping[str, Any]]] = {}
    for entry in thread:
        if entry.kind is Kind.MARKED:
            by_message.setdefault(entry.details["message"], {})[entry.by or ""] = entry.details
    return {
        message: next(iter(marks.values()))
        for message, marks in by_message.items()
        if len({_label(mark) for mark in marks.values()}) == 1
    }


def candidates(thread: list[Entry]) -> list[Candidate]:
    """The marked messages of one thread whose person agreed that we learn from them."""
    if not agreed_to_learning(thread):
        return []
    by_sequence = {entry.sequence: entry for entry in thread}
    return [
        Candidate(entry.text, *_label(mark))
        for message, mark in latest_marks(thread).items()
        if (entry := by_sequence.get(message)) and entry.author is Author.PERSON and entry.text
    ]


def _label(mark: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    if mark["verdict"] == Verdict.WRONG:
        return "none", ()
    return mark["disposition"], tuple(one for one in mark["categories"] if one in CATEGORIES)
