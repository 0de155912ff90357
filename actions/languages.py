"""Somebody writes in another language: a person with an interpreter is offered in it."""

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Events, WaymarkAction
from actions.duty import Duty
from actions.handoff import with_interpreter
from actions.names import ActionName, Slot, Utter
from actions.reading import Turn, county_of, slot, turn_of
from actions.tongues import UNDETERMINED, Tongue, say_in, tongue
from knowledge.assessment.model import Fact
from knowledge.assessment.operations import Assessments
from knowledge.conversations.operations import Conversations

OFFERED = "offer_interpreter"  # bot/policies/asides.py brings the answer here
FORM = "assessment_form"
YES, NO = frozenset({"affirm", "ask_person"}), frozenset({"deny", "refuse_person"})


class AnswerInLanguage(WaymarkAction):
    """Offers a person with an interpreter, and asks for one as soon as that is wanted.

    Whoever writes on in the same language is taken to want one: Waymark can't help them alone,
    and nobody should be asked the same thing again and again.
    """

    action = ActionName.LANGUAGE

    def __init__(self, conversations: Conversations, assessments: Assessments, duty: Duty) -> None:
        self._conversations = conversations
        self._assessments = assessments
        self._duty = duty

    async def do(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """The offer, the request for a person, or back to English."""
        turn = turn_of(tracker)
        said_in = tongue(turn.language or slot(tracker, Slot.LANGUAGE) or UNDETERMINED)
        await keep_language(self._assessments, turn)
        offered = slot(tracker, Slot.ASKED) == OFFERED
        declined = said_in.declines(turn.text) or turn.intent in NO
        accepted = said_in.accepts(turn.text) or turn.intent in YES or turn.language is not None
        if offered and accepted and not declined:
            await self._conversations.hand_off(turn.conversation, with_interpreter(said_in))
            say_in(dispatcher, said_in, said_in.asked)
            self._duty.say_if_nobody(dispatcher, county_of(tracker), said_in)
            return _events(said_in, asked=None)
        if offered and declined:
            dispatcher.utter_message(response=Utter.IN_ENGLISH)
            return [*_events(said_in, asked=None), FollowupAction(FORM)]
        say_in(dispatcher, said_in, said_in.offer, offering=True)
        return _events(said_in, asked=OFFERED)


def _events(said_in: Tongue, asked: str | None) -> Events:
    return [SlotSet(Slot.LANGUAGE, said_in.code), SlotSet(Slot.ASKED, asked)]


async def keep_language(assessments: Assessments, turn: Turn) -> None:
    """Note the language in the record."""
    if turn.language in (None, UNDETERMINED):
        return
    wish = Fact(
        name="contact",
        value={"language": turn.language},
        message=turn.message,
        as_said=turn.text[:160],
    )
    await assessments.keep(turn.conversation, [wish])
