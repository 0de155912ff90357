"""`Did that help?`: asked once, after help was shown, and only when nothing points to risk."""

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Events, WaymarkAction
from actions.kept import kept_of
from actions.names import ActionName, Slot, Utter
from actions.reading import Turn, turn_of
from knowledge.assessment.operations import Assessments

QUESTION = "feedback"


class AskFeedback(WaymarkAction):
    """Answers thanks or a goodbye; after thanks it asks if the help shown was any use."""

    action = ActionName.FEEDBACK

    def __init__(self, assessments: Assessments) -> None:
        self._assessments = assessments

    async def do(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """The polite answer first; the question never after a risk, and never twice."""
        turn = turn_of(tracker)
        leaving = turn.intent == "goodbye"
        said = Utter.GOODBYE if leaving else Utter.THANK
        kept = await kept_of(self._assessments, turn.conversation)
        dispatcher.utter_message(response=said, kept=kept)
        asked = _safe(turn) and not leaving
        if asked:
            dispatcher.utter_message(response=Utter.ASK_FEEDBACK)
        return [SlotSet(Slot.FEEDBACK_DUE, False), *([SlotSet(Slot.ASKED, QUESTION)] * asked)]


def _safe(turn: Turn) -> bool:
    """No risk now or earlier, and nobody of the team is awaited or here."""
    calm = turn.disposition == "none" and not turn.shown
    return calm and turn.holder in (None, "assistant")
