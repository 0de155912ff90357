"""What an action of ours is told about a conversation: what it reads, and no more.

Rasa sends every event with all that was understood, which grows with the conversation.
"""

from __future__ import annotations

from typing import Any

import rasa
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.afresh import services_in

UNREAD = frozenset({"text_tokens", "intent_ranking"})  # of the latest message


def action_call(
    action: RemoteAction, tracker: DialogueStateTracker, domain: Domain
) -> dict[str, Any]:
    """The body of a call: slots that hold something, the latest message, what came before it."""
    call = {
        "next_action": action.name(),
        "sender_id": tracker.sender_id,
        "tracker": _standing(tracker),
        "version": rasa.__version__,
    }
    needs_domain = domain.does_custom_action_explicitly_need_domain(action.name())
    return {**call, "domain": domain.as_dict()} if needs_domain else call


def _standing(tracker: DialogueStateTracker) -> dict[str, Any]:
    return {
        "sender_id": tracker.sender_id,
        "slots": {
            name: slot.value for name, slot in tracker.slots.items() if slot.value is not None
        },
        "latest_message": _latest(tracker.latest_message),
        "events": [_told(event) for event in tracker.events if _is_read(event)],
        "paused": tracker.is_paused(),
        "followup_action": tracker.followup_action,
        "active_loop": {"name": tracker.active_loop_name} if tracker.active_loop_name else {},
        "latest_action_name": tracker.latest_action_name,
    }


def _latest(message: UserUttered | None) -> dict[str, Any] | None:
    if message is None:
        return None
    understood = {name: of for name, of in message.parse_data.items() if name not in UNREAD}
    return {**understood, "entities": message.entities}


def _is_read(event: Event) -> bool:
    """Services that were shown, and whether earlier messages were followed."""
    kind = type(event)  # `isinstance` is slow for kinds of events
    return kind is UserUttered or (kind is BotUttered and bool(services_in(event)))


def _told(event: Event) -> dict[str, Any]:
    if not isinstance(event, UserUttered):
        shown = [{"id": card["id"]} for card in services_in(event)]
        return {"event": event.type_name, "data": {"custom": {"services": shown}}}
    facts = [{"name": fact["name"]} for fact in event.parse_data.get("facts") or ()]
    understood = {"intent": event.parse_data.get("intent"), "facts": facts}
    return {"event": event.type_name, "parse_data": understood}
