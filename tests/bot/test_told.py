"""An action is told what it reads: what it may need is there, what grows is not."""

from __future__ import annotations

import json
from typing import Any

import pytest
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActiveLoop, BotUttered, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.told import action_call

DOMAIN = Domain.from_path("bot/domain")
INTENT = {"name": "tell", "confidence": 0.9}
UNDERSTOOD: dict[str, Any] = {
    "text": "he took it",
    "intent": INTENT,
    "entities": [],
    "facts": [{"name": "crime_type", "value": "theft", "as_said": "took it"}],
    "risk": {"disposition": "none"},
    "intent_ranking": [INTENT] * 5,
    "text_tokens": [[0, 2]],
}
CARDS = {"services": [{"id": "a", "name": "A", "ways": ["far"]}, {"id": "b", "name": "B"}]}


def _said() -> UserUttered:
    return UserUttered("he took it", INTENT, [], UNDERSTOOD, metadata={"message_id": "m1"})


@pytest.fixture
def tracker() -> DialogueStateTracker:
    events = [
        SessionStarted(),
        _said(),
        BotUttered("seen", {"custom": CARDS}),
        BotUttered(None, {"custom": {"kept": "m1"}}),
        SlotSet("asked", "what"),
        ActiveLoop("assessment_form"),
        _said(),
    ]
    return DialogueStateTracker.from_events("c", events, DOMAIN.slots)


@pytest.fixture
def told(tracker: DialogueStateTracker) -> dict[str, Any]:
    call: dict[str, Any] = json.loads(json.dumps(_call(tracker)))
    return dict(call["tracker"])


def test_slots_that_hold_something_are_as_rasa_tells_them(
    tracker: DialogueStateTracker, told: dict[str, Any]
) -> None:
    theirs = tracker.current_slot_values()
    assert told["slots"] == {name: of for name, of in theirs.items() if of is not None}
    assert told["slots"]["asked"] == "what"


def test_the_latest_message_is_there_with_all_that_is_read(told: dict[str, Any]) -> None:
    latest = told["latest_message"]
    for name in ("text", "intent", "entities", "facts", "risk"):
        assert latest[name] == UNDERSTOOD[name]
    assert latest["metadata"] == {"message_id": "m1"}
    assert "intent_ranking" not in latest


def test_of_earlier_messages_only_what_was_understood_is_told(told: dict[str, Any]) -> None:
    heard = [one["parse_data"] for one in told["events"] if one["event"] == "user"]
    assert heard == [{"intent": INTENT, "facts": [{"name": "crime_type"}]}] * 2


def test_services_that_were_shown_are_told_by_their_ids(told: dict[str, Any]) -> None:
    shown = [one["data"]["custom"] for one in told["events"] if one["event"] == "bot"]
    assert shown == [{"services": [{"id": "a"}, {"id": "b"}]}]


def test_the_open_form_is_named(told: dict[str, Any]) -> None:
    assert told["active_loop"] == {"name": "assessment_form"}


def test_nobody_has_spoken_yet() -> None:
    empty = DialogueStateTracker.from_events("c", [SessionStarted()], DOMAIN.slots)
    told = _call(empty)["tracker"]
    assert not told["latest_message"]["text"]
    assert (told["events"], told["active_loop"]) == ([], {})


def _action() -> RemoteAction:
    return RemoteAction("action_find_services", None)


def _call(tracker: DialogueStateTracker) -> dict[str, Any]:
    call: dict[str, Any] = action_call(_action(), tracker, DOMAIN)
    return call
