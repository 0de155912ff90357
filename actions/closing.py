"""The end of the assessment: what happens next, help that fits, and the offer of a person."""

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Events, WaymarkAction
from actions.duty import Duty
from actions.fallback import Fallback
from actions.find_services import ServiceCards
from actions.handoff import CARRY_ON, AskForPerson
from actions.kept import kept_at_least
from actions.names import ActionName, Slot, Utter
from actions.reading import Turn, county_of, slot, turn_of
from actions.summary import contact_words
from actions.wording import Wording
from knowledge.assessment.contact import RINGS, Contact, knows_when
from knowledge.assessment.model import Fact, Record, Status
from knowledge.assessment.operations import Assessments
from knowledge.conversations.model import HandOff, Priority
from knowledge.conversations.operations import Conversations

FORM = "assessment_form"
TOLD_NOTHING = frozenset({"greet", "go_back"})  # after the end: nothing was kept with the rest


class AssessmentClose(WaymarkAction):
    """Ends the questions: what happens next, help that fits, and the offer of a person."""

    action = ActionName.ASSESSMENT_CLOSE

    def __init__(
        self,
        assessments: Assessments,
        conversations: Conversations,
        cards: ServiceCards,
        wording: Wording,
        duty: Duty,
    ) -> None:
        self._assessments = assessments
        self._conversations = conversations
        self._cards = cards
        self._wording = wording
        self._duty = duty

    async def do(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Mark the record completed, tell the team if they may know, and say what comes next."""
        turn = turn_of(tracker)
        before = await self._assessments.keep(turn.conversation, [])
        again = before["status"] == Status.COMPLETED
        completed = Fact(name="status", value=Status.COMPLETED, message=turn.message, as_said="")
        record = await self._assessments.keep(turn.conversation, [completed])
        if not again:
            dispatcher.utter_message(response=Utter.ASSESSMENT_DONE)
        elif turn.intent not in TOLD_NOTHING:
            dispatcher.utter_message(response=Utter.KEPT_MORE)
        events = await self._tell_team(turn.conversation, record, turn.holder)
        if not again:
            self._say_what_comes(dispatcher, record, county_of(tracker))
            events = [*events, *self._cards.show(dispatcher, record)]
        if record["consent"]:
            return events
        dispatcher.utter_message(response=Utter.OFFER_HUMAN)
        return [*events, SlotSet(Slot.ASKED, "offer_human")]

    async def _tell_team(self, conversation: str, record: Record, holder: str | None) -> Events:
        """Whoever may be contacted stands in the queue; Waymark goes on answering meanwhile."""
        if not record["consent"]:
            return []
        if holder != "waiting":
            wanted = HandOff(priority=Priority.NORMAL, reasons=("needs_support",))
            await self._conversations.hand_off(conversation, wanted)
        return [SlotSet(Slot.SAFETY_RESUMED, True)]

    def _say_what_comes(
        self, dispatcher: CollectingDispatcher, record: Record, county: str | None
    ) -> None:
        if record["enhanced_entitlement"]["eligible"]:
            dispatcher.utter_message(response=Utter.MORE_RIGHTS)
        if record["consent"]:
            hours = self._duty.hours_in_words(county)["hours"]
            said, words = next_contact(record["contact"], self._wording)
            dispatcher.utter_message(response=said, hours=hours, **words)
        else:
            dispatcher.utter_message(response=Utter.NEXT_NO_CONTACT)
        kept = kept_at_least(to_the_end=True)
        dispatcher.utter_message(response=Utter.COME_BACK_HINT, kept=kept)


def next_contact(contact: Contact, wording: Wording) -> tuple[Utter, dict[str, str]]:
    """What may be promised, and what fills its braces: nothing that the gate must refuse."""
    how = contact["how"]
    if how == "this_chat":
        return Utter.NEXT_THIS_CHAT, {}
    if how in RINGS and not knows_when(contact):
        return Utter.NEXT_NO_TIME, {"way": wording.of("how", how)}
    return Utter.NEXT_CONTACT, {"contact": contact_words(contact, wording)}


class ShortAnswer(WaymarkAction):
    """A yes or no outside the assessment, read with what was asked last."""

    action = ActionName.SHORT_ANSWER

    def __init__(self, hand_off: AskForPerson, fallback: Fallback) -> None:
        self._hand_off = hand_off
        self._fallback = fallback

    async def do(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Bring in a person, or not; whatever answers nothing was not followed."""
        turn = turn_of(tracker)
        asked = slot(tracker, Slot.ASKED)
        if asked == CARRY_ON:
            return _carry_on(dispatcher, turn)
        if asked != "offer_human":
            return await self._fallback.do(dispatcher, tracker)
        if turn.intent == "affirm":
            return await self._hand_off.do(dispatcher, tracker)
        dispatcher.utter_message(response=Utter.NO_PERSON)
        return [ActiveLoop(None), SlotSet(Slot.ASKED, None)]


def _carry_on(dispatcher: CollectingDispatcher, turn: Turn) -> Events:
    """Back to the questions after a false alarm, or not now."""
    events = [SlotSet(Slot.ASKED, None)]
    if turn.intent == "affirm":
        return [*events, FollowupAction(FORM)]
    dispatcher.utter_message(response=Utter.STOPPED)
    return events
