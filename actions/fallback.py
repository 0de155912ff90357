"""When Waymark does not follow: never a loop, after two tries a person is offered."""

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Events, WaymarkAction
from actions.names import ActionName, Slot, Utter
from actions.reading import slot, turn_of

TRIES = 2


class Fallback(WaymarkAction):
    """Says that it did not follow. It never takes the message back out of the conversation."""

    action = ActionName.FALLBACK

    async def do(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Choices first, then the offer of a person."""
        misses = int(slot(tracker, Slot.MISSES) or 0) + 1
        again = misses >= TRIES
        off_topic = turn_of(tracker).intent == "off_topic"
        first = Utter.OFF_TOPIC if off_topic else Utter.NOT_FOLLOWED
        dispatcher.utter_message(response=Utter.NOT_FOLLOWED_AGAIN if again else first)
        return [SlotSet(Slot.MISSES, 0 if again else misses)]
