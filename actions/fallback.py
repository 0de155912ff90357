"""When Waymark does not follow: never a loop, after two tries a person is offered."""

from collections.abc import Iterable, Set
from functools import partial
from itertools import takewhile
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Events, WaymarkAction
from actions.names import ActionName, Slot, Utter
from actions.reading import turn_of

FIRST = {
    "off_topic": Utter.OFF_TOPIC,
    "rude": Utter.RUDE,
    "not_sure": Utter.TAKE_YOUR_TIME,
    "skip": Utter.TAKE_YOUR_TIME,
}
NOT_FOLLOWED = frozenset({"nlu_fallback", "off_topic", "rude"})
DOUBTFUL = 0.5  # as in bot/policies/asides.py
IN_BETWEEN = ("ask_", "find_services", "more_services", "greet", "thank")


class Fallback(WaymarkAction):
    """Says that it did not follow. It never takes the message back out of the conversation."""

    action = ActionName.FALLBACK

    async def do(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Choices first, then the offer of a person; after that never the same twice in a row."""
        intent = turn_of(tracker).intent
        tries = misses_in(tracker.events, NOT_FOLLOWED | {intent})
        if tries <= 1:
            said = FIRST.get(intent, Utter.NOT_FOLLOWED)
        else:
            said = Utter.NOT_FOLLOWED_STILL if tries % 2 else Utter.NOT_FOLLOWED_AGAIN
        dispatcher.utter_message(response=said)
        return [SlotSet(Slot.MISSES, 0)]


def misses_in(events: Iterable[dict[str, Any]], missed: Set[str] = NOT_FOLLOWED) -> int:
    """How many of the last messages were not followed; questions in between do not count.

    `missed` are the intents that lead nowhere here.
    """
    said = [event["parse_data"] for event in events if event.get("event") == "user"]
    heard = [one for one in reversed(said) if not _is_in_between(one)]
    return len(list(takewhile(partial(_was_not_followed, missed), heard)))


def _was_not_followed(missed: Set[str], understood: dict[str, Any]) -> bool:
    intent = understood.get("intent") or {}
    doubtful = intent.get("confidence", 1.0) < DOUBTFUL
    return (doubtful or intent.get("name") in missed) and not understood.get("facts")


def _is_in_between(understood: dict[str, Any]) -> bool:
    return str((understood.get("intent") or {}).get("name")).startswith(IN_BETWEEN)
