"""Short true answers at any time, and what is said when a message tells more than it asks."""

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Events, WaymarkAction
from actions.duty import Duty
from actions.find_services import ServiceCards
from actions.kept import kept_at_least
from actions.names import ActionName, Slot, Utter
from actions.reading import Turn, county_of, slot, turn_of
from knowledge.directory import Query
from knowledge.figures import figures

# Whose card stands under an answer (knowledge/directory/lines.csv).
WITH_CARDS = frozenset(
    {"ask_compensation", "ask_complain", "ask_anonymous", "ask_restorative_justice"}
)


class Answer(WaymarkAction):
    """Answers a question, or a goodbye, with figures, hours and numbers from knowledge."""

    action = ActionName.ANSWER

    def __init__(self, cards: ServiceCards, duty: Duty) -> None:
        self._cards = cards
        self._duty = duty

    async def do(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Say the response of the question's intent."""
        turn, county = turn_of(tracker), county_of(tracker)
        words = {**figures(), **self._duty.hours_in_words(county), "kept": kept_at_least()}
        dispatcher.utter_message(response=f"utter_{turn.intent}", **words)
        if turn.intent in WITH_CARDS:
            self._cards.show_of(dispatcher, turn.intent, Query(county=county))
        return []


class Outside(WaymarkAction):
    """Somebody names a place outside the two counties: help that is there for everybody."""

    action = ActionName.OUTSIDE

    def __init__(self, cards: ServiceCards) -> None:
        self._cards = cards

    async def do(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Say so once; nobody is turned away."""
        if slot(tracker, Slot.OUTSIDE_TOLD):
            return []
        turn = turn_of(tracker)
        dispatcher.utter_message(response=Utter.OUTSIDE, place=_place(turn))
        self._cards.show_of(dispatcher, "outside", Query())
        return [SlotSet(Slot.OUTSIDE_TOLD, True)]


class Young(WaymarkAction):
    """The person writing is under 18: simple words, the lines for children, a person offered."""

    action = ActionName.UNDER_18

    def __init__(self, cards: ServiceCards) -> None:
        self._cards = cards

    async def do(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """The same again would be a loop: it is said once, and when they say it outright."""
        if slot(tracker, Slot.YOUNG) and turn_of(tracker).intent != "under_18":
            return []
        dispatcher.utter_message(response=Utter.UNDER_18)
        self._cards.show_of(dispatcher, "children", Query(audience=frozenset({"child"})))
        return [SlotSet(Slot.YOUNG, True)]


def _place(turn: Turn) -> str:
    return next(str(fact["value"]["as_said"]) for fact in turn.facts if fact["name"] == "place")
