"""The needs assessment: what was told is kept before anything else, then asked for the rest."""

from collections.abc import Iterator
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.answering import facts_of_turn
from actions.base import Events, WaymarkAction
from actions.find_services import ServiceCards
from actions.names import ActionName, Slot, Utter
from actions.reading import Turn, slot, turn_of
from knowledge.assessment.model import Fact, Record
from knowledge.assessment.operations import Assessments

SKIPPED = "skipped"
SAID = "said"
TRIES = 2
FEELINGS = frozenset({"tell", "tell_upset", "tell_effect"})

# Which field of the record answers which question.
FIELD_OF = {
    Slot.SAFE_NOW: "safe_now",
    Slot.CRIME_TYPE: "crime_type",
    Slot.WHEN: "occurred",
    Slot.WHERE: "place",
    Slot.REPORTED: "reported",
    Slot.NEEDS: "needs",
}

KIND_WORDS = {
    "burglary": Utter.KIND_BURGLARY,
    "homicide_bereavement": Utter.KIND_BEREAVED,
    "road_collision_bereavement": Utter.KIND_BEREAVED,
}


class KeepWhatWasTold(WaymarkAction):
    """Runs on every message: keeps its facts, so that nothing is lost and nothing asked twice.

    Rasa runs it before any policy decides, under the name it reserves for checking slots. The
    mark it leaves tells the door that the turn was kept (bot/replies.py).
    """

    action = ActionName.KEEP

    def __init__(self, assessments: Assessments) -> None:
        self._assessments = assessments

    async def do(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Keep the facts, say what was noted, and bring the slots in line with the record."""
        turn = turn_of(tracker)
        told = facts_of_turn(turn)
        record = await self._assessments.keep(turn.conversation, told)
        if slot(tracker, Slot.KEPT_MESSAGE) == turn.message:
            return _slots(tracker, turn, record)  # Rasa asks again when a form starts
        dispatcher.utter_message(json_message={"kept": turn.message})
        if turn.disposition == "none" and _questions_are_open(tracker, turn):
            _acknowledge(dispatcher, tracker, turn, told)
        return [*_slots(tracker, turn, record), SlotSet(Slot.KEPT_MESSAGE, turn.message)]


class AssessmentClose(WaymarkAction):
    """Ends the questions: help that fits, and the offer of a person."""

    action = ActionName.ASSESSMENT_CLOSE

    def __init__(self, assessments: Assessments, cards: ServiceCards) -> None:
        self._assessments = assessments
        self._cards = cards

    async def do(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Mark the record completed and say what comes next."""
        turn = turn_of(tracker)
        completed = Fact(name="status", value="completed", message=turn.message, as_said="")
        record = await self._assessments.keep(turn.conversation, [completed])
        dispatcher.utter_message(response=Utter.ASSESSMENT_DONE)
        self._cards.show(dispatcher, record)
        dispatcher.utter_message(response=Utter.OFFER_HUMAN)
        return [SlotSet(Slot.ASKED, "offer_human")]


class AssessmentStop(WaymarkAction):
    """The person wants no more questions now; what was told stays."""

    action = ActionName.ASSESSMENT_STOP

    async def do(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Close the form."""
        dispatcher.utter_message(response=Utter.STOPPED)
        return [ActiveLoop(None), SlotSet(Slot.REQUESTED, None)]


def _questions_are_open(tracker: Tracker, turn: Turn) -> bool:
    """Whether nobody is awaited, or the person chose to go on all the same."""
    return turn.holder != "waiting" or bool(slot(tracker, Slot.SAFETY_RESUMED))


def _slots(tracker: Tracker, turn: Turn, record: Record) -> Events:
    """The slots as the record has them, and what becomes of the question that was asked."""
    values = {name: slot(tracker, name) for name in FIELD_OF}
    told = {name: field for name, field in FIELD_OF.items() if field in record["told"]}
    values |= {name: _known(record[field]) for name, field in told.items()}
    if turn.question != "needs" and slot(tracker, Slot.NEEDS) is None:
        values[Slot.NEEDS] = None  # one gentle question is asked, whatever was told before
    asked = slot(tracker, Slot.REQUESTED)
    misses = int(slot(tracker, Slot.MISSES) or 0) if turn.intent in NOT_FOLLOWED else 0
    if asked in values and values[asked] is None and turn.disposition == "none":
        misses = int(slot(tracker, Slot.MISSES) or 0) + _missed(turn)
        if asked == Slot.NEEDS and turn.intent in FEELINGS:
            values[asked] = SAID  # a co-ordinator reads the words; nobody is asked twice
        elif turn.intent == "skip" or _unsure(turn) or misses >= TRIES:
            values[asked], misses = SKIPPED, 0
    events = [SlotSet(name, value) for name, value in values.items()]
    needs_told = SlotSet(Slot.NEEDS_TOLD, "needs" in record["told"])
    return [*events, needs_told, SlotSet(Slot.MISSES, misses)]


def _known(value: Any) -> Any:
    # A form asks again for a slot that is None; False and {} are answers.
    return {"no": True} if value is False else value


def _missed(turn: Turn) -> int:
    """1 when a free answer was not understood; questions and asides do not count."""
    return int(turn.intent not in ASIDES)


# What counts as not followed also when nothing was asked (actions/fallback.py counts on).
NOT_FOLLOWED = frozenset({"nlu_fallback", "off_topic"})

# What the policy for asides answers (config.yml); tests/house/ keeps the two together.
ASIDES = frozenset(
    {
        "find_services",
        "more_services",
        "ask_what_is_this",
        "ask_robot",
        "ask_privacy",
        "ask_delete",
        "ask_hours",
        "ask_come_back",
        "ask_leave",
        "ask_language",
        "under_18",
        "ask_rights",
        "ask_compensation",
        "ask_restorative_justice",
        "ask_community_remedy",
        "ask_court",
        "ask_case",
        "ask_complain",
        "ask_reporting",
        "ask_anonymous",
        "ask_person",
        "stop",
    }
)


def _unsure(turn: Turn) -> bool:
    pressed = turn.choice is not None and turn.choice.value in ("not_sure", "none")
    return pressed or turn.intent == "not_sure"


def _acknowledge(
    dispatcher: CollectingDispatcher, tracker: Tracker, turn: Turn, told: list[Fact]
) -> None:
    new = {fact.name: fact for fact in told if fact.name in FIELD_OF.values()}
    for response, words in _noted(tracker, turn, new):
        dispatcher.utter_message(response=response, **words)


def _noted(
    tracker: Tracker, turn: Turn, new: dict[str, Fact]
) -> Iterator[tuple[Utter, dict[str, str]]]:
    first = slot(tracker, Slot.CRIME_TYPE) is None
    if "crime_type" in new and first:
        yield KIND_WORDS.get(new["crime_type"].value, Utter.KIND), {}
    elif turn.intent == "tell_upset":
        yield Utter.KIND_UPSET, {}
    yield from _noted_place_and_time(new)
    if new.keys() == {"needs"} and any(new["needs"].value.values()):
        yield Utter.NOTED_EFFECT, {}
    if "reported" in new and new["reported"].value != "yes":
        yield Utter.NOTED_REPORTED_NO, {}
    asked = slot(tracker, Slot.REQUESTED)
    if asked == Slot.NEEDS and turn.intent in FEELINGS:
        return
    missed = asked in FIELD_OF and FIELD_OF[asked] not in new and slot(tracker, asked) is None
    if missed and not new and _missed(turn) and turn.intent not in ("skip", "not_sure", "choose"):
        yield Utter.ASK_AGAIN, {}


def _noted_place_and_time(new: dict[str, Fact]) -> Iterator[tuple[Utter, dict[str, str]]]:
    place = new["place"].value["as_said"] if "place" in new else ""
    time = new["occurred"].value["as_said"] if "occurred" in new else ""
    if place and time:
        yield Utter.NOTED_PLACE_AND_TIME, {"place": place, "time": time}
    elif place:
        yield Utter.NOTED_PLACE, {"place": place}
    elif time:
        yield Utter.NOTED_TIME, {"time": time}
