"""What Rasa 3.6.21 does many times in a turn, done with less work and the same result.

`tests/bot/test_swifter.py` holds each against Rasa's own.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from copy import copy
from functools import cache
from typing import Any

import rasa
from rasa.core.actions.action import RemoteAction
from rasa.core.policies.rule_policy import RulePolicy
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity

_keys_of_rasa = RulePolicy._get_possible_keys
_copy_of_rasa = DialogueStateTracker.copy
_call_of_rasa = RemoteAction._action_call_format


def put_in_place() -> None:
    """Replace Rasa's ways; call once, before it serves."""
    DialogueStateTracker.copy = twin
    RulePolicy._get_possible_keys = possible_keys
    RemoteAction._action_call_format = action_call


def twin(tracker: DialogueStateTracker) -> DialogueStateTracker:
    """A tracker that stands where this one stands. Rasa replays every event for each copy."""
    if type(tracker.slots) is not dict:  # slots that are made when they are asked for
        return _copy_of_rasa(tracker)
    made = DialogueStateTracker.__new__(DialogueStateTracker)
    made.__dict__.update(tracker.__dict__)
    made.events = copy(tracker.events)
    made.slots = {name: _twin_of_slot(slot) for name, slot in tracker.slots.items()}
    made.active_loop = copy(tracker.active_loop)
    return made


def _twin_of_slot(slot: Any) -> Any:
    made = slot.__class__.__new__(slot.__class__)
    made.__dict__.update(slot.__dict__)
    return made


def possible_keys(policy: RulePolicy, lookup: Mapping[str, str], states: list[Any]) -> set[str]:
    """The rules that fit. Rasa goes on into the past where no rule reaches any more."""
    longest = max(map(_length, lookup), default=0)
    found: set[str] = _keys_of_rasa(policy, lookup, states[-longest:] if longest else states)
    return found


@cache
def _length(rule: str) -> int:
    return len(json.loads(rule))


def action_call(
    action: RemoteAction, tracker: DialogueStateTracker, domain: Domain
) -> dict[str, Any]:
    """What an action of ours is told: everything but the events that none of them reads."""
    state = tracker.current_state(EventVerbosity.NONE)
    state["events"] = [_told(event) for event in tracker.events if _is_read(event)]
    call = {
        "next_action": action.name(),
        "sender_id": tracker.sender_id,
        "tracker": state,
        "version": rasa.__version__,
    }
    needs_domain = domain.does_custom_action_explicitly_need_domain(action.name())
    return {**call, "domain": domain.as_dict()} if needs_domain else call


def _is_read(event: Event) -> bool:
    """Services that were shown, and whether earlier messages were followed."""
    return isinstance(event, UserUttered) or (
        isinstance(event, BotUttered) and bool(event.data.get("custom"))
    )


def _told(event: Event) -> dict[str, Any]:
    if not isinstance(event, UserUttered):
        return dict(event.as_dict())
    understood = {name: event.parse_data.get(name) for name in ("intent", "facts")}
    return {"event": event.type_name, "parse_data": understood}
