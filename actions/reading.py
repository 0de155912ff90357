"""Typed reading of what the assistant sends about a turn."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from rasa_sdk import Tracker

from actions.names import Slot


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A pressed choice that answers a question: the field and the chosen value."""

    name: str
    value: str


@dataclass(frozen=True, kw_only=True)
class Turn:
    """One message of a person, as the assistant understood it."""

    conversation: str
    message: str
    text: str
    intent: str
    question: str | None
    today: date
    holder: str | None
    choice: Choice | None
    facts: tuple[dict[str, Any], ...]
    asked: Slot | None  # the open question of the assessment
    unclear: tuple[dict[str, Any], ...]  # words that may mean several things
    clearing: dict[str, Any] | None  # of which one the person is being asked
    disposition: str
    categories: tuple[str, ...]
    shown: tuple[str, ...]

    @property
    def shown_at_most_urgent(self) -> bool:
        """Whether no earlier message of the conversation was an emergency."""
        return "emergency" not in self.shown


def turn_of(tracker: Tracker) -> Turn:
    """The latest message of a tracker."""
    latest = tracker.latest_message
    metadata = latest.get("metadata") or {}
    risk = latest.get("risk") or {}
    choice = latest.get("choice")
    sent_at = metadata.get("sent_at")
    return Turn(
        conversation=tracker.sender_id,
        message=metadata.get("message_id") or latest.get("message_id") or "",
        text=latest.get("text") or "",
        intent=(latest.get("intent") or {}).get("name") or "",
        question=metadata.get("question"),
        today=date.fromisoformat(sent_at[:10]) if sent_at else date.min,
        holder=metadata.get("holder"),
        choice=Choice(**choice) if choice else None,
        facts=tuple(latest.get("facts") or ()),
        asked=_asked(tracker),
        unclear=tuple(latest.get("unclear") or ()),
        clearing=tracker.get_slot(Slot.UNCLEAR),
        disposition=risk.get("disposition", "none"),
        categories=tuple(risk.get("categories") or ()),
        shown=tuple(metadata.get("shown") or ()),
    )


def _asked(tracker: Tracker) -> Slot | None:
    requested = tracker.get_slot(Slot.REQUESTED)
    return Slot(requested) if requested else None


def slot(tracker: Tracker, name: Slot) -> Any:
    """The value of a slot, None when it has none."""
    return tracker.get_slot(name)
