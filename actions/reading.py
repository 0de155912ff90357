"""Typed reading of what the assistant sends about a turn."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from rasa_sdk import Tracker

from actions.names import Slot
from actions.tongues import tongue

# The recogniser's rule (nlu/risk/rules/) for a message written under another's eye.
WATCHED = "rule:watched"
SURE_OF_RISK = 0.75  # of the model alone; set by judgement, in view of what it fears needlessly
SHORT = 3  # words that may be of any language
HEARD_IN = re.compile(r"rule:([a-z]{2,3})_words")  # nlu/risk/languages.py


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
    supposed: tuple[dict[str, Any], ...]  # told, but not surely understood
    clearing: dict[str, Any] | None  # of which one the person is being asked
    disposition: str
    categories: tuple[str, ...]
    watched: bool
    shown: tuple[str, ...]
    guessed: bool = False  # only the model fears something, and is not sure
    wishes: tuple[str, ...] = ()
    aims: tuple[tuple[str, float], ...] = ()  # what help a search may be after, how likely
    about: str | None = None  # the crime that a search seems to be about
    aside: str | None = None  # a question with an answer of its own
    language: str | None = None  # ISO 639 code of a message that is not English
    sure: float = 1.0  # how likely the intent is
    how: str | None = None  # the way of contact told before
    again: Slot | None = None  # the question that is put once more
    asks_consent: bool = False  # the summary was shown with the question whether it may go on

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
        supposed=tuple(latest.get("supposed") or ()),
        clearing=tracker.get_slot(Slot.UNCLEAR),
        disposition=risk.get("disposition", "none"),
        categories=tuple(risk.get("categories") or ()),
        watched=any(seen.get("by") == WATCHED for seen in risk.get("evidence") or ()),
        shown=tuple(metadata.get("shown") or ()),
        guessed=_is_guessed(risk.get("evidence") or ()),
        wishes=tuple(one["value"] for one in latest.get("entities") or () if _is_wish(one)),
        aims=tuple((aim, odds) for aim, odds in latest.get("aims") or ()),
        about=latest.get("about"),
        aside=latest.get("aside"),
        language=latest.get("language") or _language_of(risk),
        sure=(latest.get("intent") or {}).get("confidence", 1.0),
        how=tracker.get_slot(Slot.HOW),
        again=_slot_named(tracker.get_slot(Slot.AGAIN)),
        asks_consent=_asked(tracker) is Slot.CONFIRM_SUMMARY and consent_is_open(tracker),
    )


def _is_guessed(evidence: Sequence[Mapping[str, Any]]) -> bool:
    return bool(evidence) and all(
        one.get("by") == "model" and (one.get("score") or 0.0) < SURE_OF_RISK for one in evidence
    )


def consent_is_open(tracker: Tracker) -> bool:
    """Whether it is still to be asked if what was told may go to a co-ordinator."""
    return tracker.get_slot(Slot.CONSENT) is None


def _language_of(risk: dict[str, Any]) -> str | None:
    """The language whose words of danger were heard in a message too short to tell it by."""
    heard = [HEARD_IN.fullmatch(found["by"]) for found in risk.get("evidence") or ()]
    return next((found[1] for found in heard if found), None)


def services_shown(tracker: Tracker) -> frozenset[str]:
    """The ids of all services that were shown in the conversation."""
    said = (event.get("data") or {} for event in tracker.events if event.get("event") == "bot")
    cards = (card for one in said for card in (one.get("custom") or {}).get("services") or ())
    return frozenset(card["id"] for card in cards)


def _is_wish(entity: dict[str, Any]) -> bool:
    return bool(entity["entity"] == "help_wish")


def language_of(tracker: Tracker) -> str | None:
    """The language to answer in: that of the message, or of those before when it is short."""
    turn, before = turn_of(tracker), slot(tracker, Slot.LANGUAGE)
    if turn.language or before is None:
        return turn.language
    tells_little = turn.choice is not None or len(turn.text.split()) <= SHORT
    return str(before) if tells_little or tongue(before).accepts(turn.text) else None


def _asked(tracker: Tracker) -> Slot | None:
    return _slot_named(tracker.get_slot(Slot.REQUESTED))


def _slot_named(name: str | None) -> Slot | None:
    return Slot(name) if name else None


def slot(tracker: Tracker, name: Slot) -> Any:
    """The value of a slot, None when it has none."""
    return tracker.get_slot(name)


def county_of(tracker: Tracker) -> str | None:
    """The county of the place that was told, None when it is not known."""
    place = slot(tracker, Slot.WHERE)
    return place.get("county") if isinstance(place, dict) else None
