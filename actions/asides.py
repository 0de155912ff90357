"""Short true answers at any time, and what is said when a message tells more than it asks."""

import re

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Events, WaymarkAction
from actions.closing import FORM
from actions.duty import Duty
from actions.find_services import ServiceCards
from actions.handoff import TO_BE_GONE
from actions.kept import kept_of
from actions.names import ActionName, Slot, Utter
from actions.questions import ASIDES
from actions.reading import Turn, county_of, slot, turn_of
from knowledge.assessment.operations import Assessments
from knowledge.directory import Query
from knowledge.figures import figures

# Whose card stands under an answer (knowledge/directory/lines.csv).
WITH_CARDS = frozenset(
    {"ask_compensation", "ask_complain", "ask_anonymous", "ask_restorative_justice"}
    | {"aside_money_back", "aside_legal_matters", "aside_taken_down"}
    | {"aside_report_without_telephone", "aside_made_to_go_to_court"}
)
TAKEN_DOWN = "aside_taken_down"
PICTURE = re.compile(
    r"\b(?:pics?|pictures?|photos?|images?|nudes?|vids?|videos?|posts?|posted|screenshots?)\b",
    re.IGNORECASE,
)
OF_THIS_CHAT = re.compile(
    r"\b(?:chat|conversation|messages?|said|told|tell|wrote|written|data|details|info\w*|records?"
    r"|everything|answers|you|system)\b",
    re.IGNORECASE,
)
NO_PHONE = "aside_report_without_telephone"
# Asked by somebody who doubts that they may tell it here: they are invited to, each time.
DOUBTS = "aside_right_place"
OFFER = "offer_human"
OF_YOUNG = frozenset({"child", "young"})  # voices of whoever writes for or as somebody under 18


class Answer(WaymarkAction):
    """Answers a question, or a goodbye, with figures, hours and numbers from knowledge.

    What was asked more precisely than its intent says has a response of its own. Outside the
    questions of the form, which comes again by itself, what was open before it is put again.
    """

    action = ActionName.ANSWER

    def __init__(self, assessments: Assessments, cards: ServiceCards, duty: Duty) -> None:
        self._assessments = assessments
        self._cards = cards
        self._duty = duty

    async def do(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Say the response of the question, by its own name or else by its intent."""
        turn, county = turn_of(tracker), county_of(tracker)
        if turn.intent == "ask_delete" and _may_mean_a_picture(tracker, turn):
            self._say(dispatcher, tracker, TAKEN_DOWN, {})
        asked = f"aside_{turn.aside}" if turn.aside else turn.intent
        kept = await kept_of(self._assessments, turn.conversation)
        words = {**figures(), **self._duty.hours_in_words(county), "kept": kept}
        self._say(dispatcher, tracker, asked, words)
        if not _stands_alone(tracker, turn):
            return []
        return _what_was_open(dispatcher, tracker, invites=asked == DOUBTS)

    def _say(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, asked: str, words: dict[str, str]
    ) -> None:
        dispatcher.utter_message(response=f"utter_{asked}", **words)
        if asked in WITH_CARDS:
            audience, no_phone = _audience(tracker), asked == NO_PHONE
            query = Query(county=county_of(tracker), audience=audience, no_phone=no_phone)
            self._cards.show_of(dispatcher, asked, query)


def _stands_alone(tracker: Tracker, turn: Turn) -> bool:
    """Whether nothing comes by itself after an answer: no question of a form, and no person."""
    form = tracker.active_loop_name or turn.intent not in ASIDES
    return not (form or turn.intent == "goodbye" or turn.holder == "waiting")


def _what_was_open(dispatcher: CollectingDispatcher, tracker: Tracker, *, invites: bool) -> Events:
    """Put what was asked before outside the form again: the offer of a person, or the welcome's.

    Whoever told what happened in the same message goes on with the questions.
    """
    turn, asked = turn_of(tracker), slot(tracker, Slot.ASKED)
    first = _is_the_first(tracker) and turn.intent not in TO_BE_GONE
    if asked == OFFER:
        dispatcher.utter_message(response=Utter.OFFER_HUMAN)
    elif any(fact["name"] == "crime_type" for fact in turn.facts) and (invites or first):
        return [FollowupAction(FORM)]
    elif not (asked or slot(tracker, Slot.CRIME_TYPE)) and (invites or first):
        dispatcher.utter_message(response=Utter.WHAT_HAPPENED)
    return []


def _is_the_first(tracker: Tracker) -> bool:
    heard = [event for event in tracker.events if event.get("event") == "user"]
    return len(heard) == 1


def _may_mean_a_picture(tracker: Tracker, turn: Turn) -> bool:
    """`How do I get it deleted`, after a picture was told of: that, or this chat."""
    if OF_THIS_CHAT.search(turn.text):
        return False
    heard = (event for event in tracker.events if event.get("event") == "user")
    return any(PICTURE.search(event.get("text") or "") for event in heard)


def _audience(tracker: Tracker) -> frozenset[str]:
    young = slot(tracker, Slot.YOUNG) or slot(tracker, Slot.VOICE) in OF_YOUNG
    return frozenset({"child"}) if young else frozenset()


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
