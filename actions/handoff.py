"""Bringing in a person: asked for, and while they are awaited."""

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Events, WaymarkAction
from actions.duty import Duty
from actions.find_services import ServiceCards
from actions.names import ActionName, Slot, Utter
from actions.reading import Turn, county_of, language_of, slot, turn_of
from actions.safety import (
    FALSE_ALARM,
    SAFE_NOW,
    SAFE_TO_WRITE,
    is_not_safe_to_write,
    says_no_danger,
)
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

    Who says that they are in no danger may go on with the questions; a human still looks, for
    nothing takes an alarm off the desk. After an emergency they are asked first whether they are
    safe, and whoever may be watched is not asked at all. Whoever says that it is not safe to write
    is never told to go on writing.
    """

    action = ActionName.COMPANY

    async def do(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """The long words once, the short ones afterwards."""
        turn = turn_of(tracker)
        quiet = bool(slot(tracker, Slot.SAFETY_QUIET))
        if turn.intent == FALSE_ALARM and turn.shown_at_most_urgent and not quiet:
            return _may_go_on(dispatcher, Utter.FALSE_ALARM)
        if language := language_of(tracker):
            say_in(dispatcher, tongue(language), tongue(language).waiting)
            return []
        if is_not_safe_to_write(turn, tracker) or (quiet and turn.intent in TO_BE_GONE):
            dispatcher.utter_message(response=Utter.NOT_SAFE_TO_WRITE)
            return [SlotSet(Slot.ASKED, WAITING), SlotSet(Slot.SAFETY_QUIET, True)]
        if not quiet and (events := _taken_back(dispatcher, turn, tracker)):
            return events
        dispatcher.utter_message(response=_company(turn, tracker, quiet=quiet))
        return [SlotSet(Slot.ASKED, WAITING)]


def _taken_back(dispatcher: CollectingDispatcher, turn: Turn, tracker: Tracker) -> Events:
    """What follows when somebody says there is no danger; nothing where they say no such thing."""
    asked = slot(tracker, Slot.ASKED)
    is_safe = asked == SAFE_NOW and turn.intent == "affirm"
    if not (is_safe or says_no_danger(turn)):
        return []
    if not turn.shown:
        return _may_go_on(dispatcher, Utter.WHILE_WAITING)
    if turn.shown_at_most_urgent or asked == SAFE_NOW:
        return _may_go_on(dispatcher, Utter.FALSE_ALARM)
    dispatcher.utter_message(response=Utter.SAFE_AFTER_ALL)
    return [SlotSet(Slot.ASKED, SAFE_NOW)]


def _may_go_on(dispatcher: CollectingDispatcher, said: Utter) -> Events:
    dispatcher.utter_message(response=said)
    return [
        SlotSet(Slot.SAFETY_RESUMED, True),
        SlotSet(Slot.SAFETY_QUIET, None),
        SlotSet(Slot.ASKED, CARRY_ON),
    ]


def _company(turn: Turn, tracker: Tracker, *, quiet: bool) -> Utter:
    asked = slot(tracker, Slot.ASKED)
    if turn.intent == "goodbye" and not quiet:
        return Utter.GOODBYE_WAITING
    if asked == SAFE_TO_WRITE and not quiet and turn.intent == "affirm":
        return Utter.COMPANY_SAFE
    return Utter.COMPANY_SHORT if asked == WAITING or quiet else Utter.COMPANY
