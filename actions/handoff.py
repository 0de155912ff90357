"""Bringing in a person: asked for, and while they are awaited."""

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Events, WaymarkAction
from actions.names import ActionName, Slot, Utter
from actions.reading import turn_of
from knowledge.conversations.model import HandOff, Priority
from knowledge.conversations.operations import Conversations


class AskForPerson(WaymarkAction):
    """The person asked for a human: the team is told in one step, and the questions pause."""

    action = ActionName.HAND_OFF

    def __init__(self, conversations: Conversations) -> None:
        self._conversations = conversations

    async def do(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Open the hand-off, then say so."""
        turn = turn_of(tracker)
        asked = HandOff(priority=Priority.NORMAL, reasons=("asked_for_person",))
        await self._conversations.hand_off(turn.conversation, asked)
        dispatcher.utter_message(response=Utter.ASKED_FOR_PERSON)
        return [ActiveLoop(None), SlotSet(Slot.REQUESTED, None), SlotSet(Slot.ASKED, None)]


class KeepCompany(WaymarkAction):
    """While a person is awaited: short signs of life, and no questions."""

    action = ActionName.COMPANY

    async def do(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """The long words once, the short ones afterwards."""
        again = slot_asked(tracker) == "waiting"
        dispatcher.utter_message(response=Utter.COMPANY_SHORT if again else Utter.COMPANY)
        return [SlotSet(Slot.ASKED, "waiting")]


def slot_asked(tracker: Tracker) -> str | None:
    """What was last asked outside the assessment."""
    asked: str | None = tracker.get_slot(Slot.ASKED)
    return asked
