"""What is said first when a message carries risk. The alarm itself is raised by reception."""

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Events, WaymarkAction
from actions.find_services import ServiceCards
from actions.names import ActionName, Slot, Utter
from actions.reading import turn_of

URGENT_WORDS = {"suicide_self_harm": Utter.URGENT_SUICIDE}


class Safety(WaymarkAction):
    """999 first in an emergency; the questions end; help that is open now."""

    action = ActionName.SAFETY

    def __init__(self, cards: ServiceCards) -> None:
        self._cards = cards

    async def do(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Say the words of the level and the category, and close any open question."""
        turn = turn_of(tracker)
        main = turn.categories[0] if turn.categories else ""
        if turn.disposition == "emergency":
            dispatcher.utter_message(response=Utter.EMERGENCY)
            dispatcher.utter_message(response=Utter.EMERGENCY_COMPANY)
        else:
            dispatcher.utter_message(response=URGENT_WORDS.get(main, Utter.URGENT))
            self._cards.show_lines(dispatcher, turn.categories)
            dispatcher.utter_message(response=Utter.URGENT_COMPANY)
        return [ActiveLoop(None), SlotSet(Slot.REQUESTED, None), SlotSet(Slot.ASKED, None)]
