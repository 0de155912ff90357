"""Bringing in a person: asked for, and while they are awaited."""

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Events, WaymarkAction
from actions.duty import Duty
from actions.find_services import ServiceCards
from actions.names import ActionName, Slot, Utter
from actions.reading import county_of, language_of, slot, turn_of
from actions.safety import FALSE_ALARM, is_not_safe_to_write
from actions.tongues import Tongue, say_in, tongue
from knowledge.conversations.model import Evidence, HandOff, Priority
from knowledge.conversations.operations import Conversations

WAITING = "waiting"
CARRY_ON = "carry_on"  # asked of whoever said that it was a false alarm
# Asked by whoever may be watched: they are told in few words how to be gone.
TO_BE_GONE = frozenset({"ask_leave", "ask_delete"})
ANYONE = ("anyone",)  # lines for whatever happened
ASKED = HandOff(priority=Priority.NORMAL, reasons=("asked_for_person",))


def with_interpreter(said_in: Tongue) -> HandOff:
    """A request for a person who brings an interpreter; it names the language."""
    language = Evidence(text=said_in.english, by=f"language:{said_in.code}")
    reasons = ("asked_for_person", "needs_interpreter")
    return HandOff(priority=Priority.NORMAL, reasons=reasons, evidence=(language,))


class AskForPerson(WaymarkAction):
    """The person asked for a human: the team is told in one step, and the questions pause."""

    action = ActionName.HAND_OFF

    def __init__(self, conversations: Conversations, duty: Duty, cards: ServiceCards) -> None:
        self._conversations = conversations
        self._duty = duty
        self._cards = cards

    async def do(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Open the hand-off, then say so."""
        turn = turn_of(tracker)
        said_in = tongue(language) if (language := language_of(tracker)) else None
        if said_in:
            await self._conversations.hand_off(turn.conversation, with_interpreter(said_in))
            say_in(dispatcher, said_in, said_in.asked)
        else:
            await self._conversations.hand_off(turn.conversation, ASKED)
        if self._duty.say_if_nobody(dispatcher, county_of(tracker), said_in):
            self._cards.show_lines(dispatcher, ANYONE)
        elif not said_in:
            dispatcher.utter_message(response=Utter.ASKED_FOR_PERSON)
        return [ActiveLoop(None), SlotSet(Slot.REQUESTED, None), SlotSet(Slot.ASKED, None)]


class KeepCompany(WaymarkAction):
    """While a person is awaited: short signs of life, and no questions.

    Somebody who says that it was a false alarm is thanked; a human still looks, and if nothing
    worse was said the questions can go on. Whoever says that it is not safe to write is never told
    to go on writing.
    """

    action = ActionName.COMPANY

    async def do(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """The long words once, the short ones afterwards."""
        turn = turn_of(tracker)
        if turn.intent == FALSE_ALARM and turn.shown_at_most_urgent:
            dispatcher.utter_message(response=Utter.FALSE_ALARM)
            return [
                SlotSet(Slot.SAFETY_RESUMED, True),
                SlotSet(Slot.SAFETY_QUIET, None),
                SlotSet(Slot.ASKED, CARRY_ON),
            ]
        if language := language_of(tracker):
            say_in(dispatcher, tongue(language), tongue(language).waiting)
            return []
        quiet = bool(slot(tracker, Slot.SAFETY_QUIET))
        if is_not_safe_to_write(turn, tracker) or (quiet and turn.intent in TO_BE_GONE):
            dispatcher.utter_message(response=Utter.NOT_SAFE_TO_WRITE)
            return [SlotSet(Slot.ASKED, WAITING), SlotSet(Slot.SAFETY_QUIET, True)]
        again = slot(tracker, Slot.ASKED) == WAITING or quiet
        said = Utter.COMPANY_SHORT if again else Utter.COMPANY
        if turn.intent == "goodbye" and not quiet:
            said = Utter.GOODBYE_WAITING
        dispatcher.utter_message(response=said)
        return [SlotSet(Slot.ASKED, WAITING)]
