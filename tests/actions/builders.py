"""A tracker as the assistant sends it, made by hand."""

from collections import defaultdict
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.base import WaymarkAction


def a_fact(name: str, value: Any, as_said: str = "in her words") -> dict[str, Any]:
    """Something that was read in a message."""
    return {"name": name, "value": value, "as_said": as_said}


def a_message(text: str = "hello", intent: str = "tell", **more: Any) -> dict[str, Any]:
    """The latest message, understood; ``facts``, ``choice``, ``risk``, ``holder`` as wanted."""
    metadata = {
        "message_id": more.pop("message", "m1"),
        "sent_at": "2026-11-24T10:40:00+00:00",
        "holder": more.pop("holder", "assistant"),
    }
    return {"text": text, "intent": {"name": intent}, "metadata": metadata, "facts": [], **more}


def a_tracker(
    conversation: str, message: dict[str, Any] | None = None, **slots: Any
) -> dict[str, Any]:
    """The tracker of a conversation, as JSON."""
    return {
        "sender_id": conversation,
        "slots": slots,
        "latest_message": message or a_message(),
        "events": [],
        "paused": False,
        "followup_action": None,
        "active_loop": {},
        "latest_action_name": None,
    }


def a_call(action: str, tracker: dict[str, Any]) -> dict[str, Any]:
    """What the assistant posts to have an action done."""
    return {
        "next_action": action,
        "sender_id": tracker["sender_id"],
        "tracker": tracker,
        "domain": {},
        "version": "3.6.21",
    }


class After(list[dict[str, Any]]):
    """The events of an action, with the slots that were there before."""

    before: dict[str, Any]


async def done(
    action: WaymarkAction, tracker: dict[str, Any]
) -> tuple[list[dict[str, Any]], After]:
    """What an action says, and its events."""
    dispatcher = CollectingDispatcher()
    before = dict(tracker["slots"])
    events = After(await action.run(dispatcher, Tracker.from_dict(tracker), {}))
    events.before = before
    return dispatcher.messages, events


def uttered(messages: list[dict[str, Any]]) -> list[str]:
    """The names of the responses, in order."""
    return [str(one["response"]) for one in messages if one.get("response")]


def slots(events: After) -> dict[str, Any]:
    """The slots after these events; as in Rasa, one that nobody set is None."""
    changed = {str(one["name"]): one["value"] for one in events if one["event"] == "slot"}
    return defaultdict(lambda: None, {**events.before, **changed})
