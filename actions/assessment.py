"""The needs assessment: what was told is kept before anything else, then asked for the rest."""

from dataclasses import replace
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.answering import facts_of_turn
from actions.base import Events, WaymarkAction
from actions.between import Moment, said_between
from actions.kept import kept_of
from actions.names import ActionName, Slot, Utter
from actions.plainly import plain_role
from actions.questions import course_after, right
from actions.reading import Turn, slot, turn_of
from actions.standing import CLOSING, QUESTIONS, Course
from actions.summary import summary
from actions.taking_out import gone, removals, taken_out, without
from actions.told_times import understood
from actions.voice import ALARM_ABOUT, voice_of
from actions.whose import only_their_own
from actions.wording import Wording
from knowledge.assessment.contact import RINGS, knows_when
from knowledge.assessment.model import Fact, Record, Status
from knowledge.assessment.operations import Assessments

NAMES_A_PLACE = frozenset({"tell_where", "nlu_fallback", "off_topic"})
# What is never said to have been changed: it grows, or is read back elsewhere.
NOT_SAID_AS_CHANGED = frozenset({"status", "needs", "vulnerability", "consent", "safe_now",
                                 "crime_reference", "also"})  # fmt: skip


class KeepWhatWasTold(WaymarkAction):
    """Runs on every message: keeps its facts, so that nothing is lost and nothing asked twice.

    Rasa runs it before any policy decides, under the name it reserves for checking slots. The
    mark it leaves tells the door that the turn was kept (bot/replies.py).
    """

    action = ActionName.KEEP

    def __init__(self, assessments: Assessments, wording: Wording) -> None:
        self._assessments = assessments
        self._wording = wording

    async def do(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Keep the facts, say what was noted, and bring the slots in line with the record."""
        turn = turn_of(tracker)
        if slot(tracker, Slot.KEPT_MESSAGE) == turn.message:
            return _as_they_stand(tracker)  # Rasa asks again when a form starts
        before = await self._assessments.keep(turn.conversation, [])
        if _wants_to_start_again(turn):
            before = await self._assessments.start_again(turn.conversation)
        told = [
            *facts_of_turn(turn, self._wording),
            *_goes_on(before, turn),
            *_confirmed(tracker, turn),
        ]
        if _tells_where_they_are(tracker, turn):
            told = [fact for fact in told if fact.name != "place"]
        out = taken_out(turn, before)
        told = only_their_own(without(told, out, turn.text), turn, before)
        if turn.choice is None:
            told += plain_role(turn.text, turn.message, told, before)
        told += _not_the_town(before, told)
        told += _another_crime(turn, told, before)
        told += _hours_alone(turn, told, before, self._wording)
        told += removals(out, told, before, turn.message)
        record = await self._assessments.keep(turn.conversation, told) if told else before
        now = self._moment(tracker, turn, told, before, record)
        now = replace(now, gone=gone(out, before, record, self._wording))
        dispatcher.utter_message(json_message={"kept": turn.message})
        if turn.disposition == "none" and _questions_are_open(tracker, turn):
            for response, words in said_between(now):
                dispatcher.utter_message(response=response, **words)
        return [*_changed(tracker, _slots(now)), SlotSet(Slot.KEPT_MESSAGE, turn.message)]

    def _moment(
        self, tracker: Tracker, turn: Turn, told: list[Fact], before: Record, record: Record
    ) -> Moment:
        names = {fact.name for fact in told}
        new = frozenset(name for name in names if name not in before["told"])
        other = frozenset(n for n in names - new if _differs(n, before, record))
        course = Course({}) if _wants_to_start_again(turn) else _course(tracker)
        course = course_after(course, turn, record, told, (new | other) - {"status"})
        picked = {one.name for one in told if one.afresh and turn.choice}
        changed = other - NOT_SAID_AS_CHANGED | picked & other
        if record["contact"]["how"] is None and record["contact"]["wanted"]:
            changed -= {"contact"}  # ruled out, and nothing put in its place: said as that
        voice = voice_of(record, self._wording, slot(tracker, Slot.WHO))
        return Moment(turn, told, record, changed, new, course, voice, self._wording)


class AssessmentStop(WaymarkAction):
    """The person wants no more questions now, or leaves; what was told stays."""

    action = ActionName.ASSESSMENT_STOP

    def __init__(self, assessments: Assessments) -> None:
        self._assessments = assessments

    async def do(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Close the form; the record says that it was stopped, unless it came to its end."""
        turn = turn_of(tracker)
        kept = await kept_of(self._assessments, turn.conversation)
        record = await self._assessments.keep(turn.conversation, [])
        if record["status"] != Status.COMPLETED:
            stopped = Fact(name="status", value=Status.STOPPED, message=turn.message, as_said="")
            await self._assessments.keep(turn.conversation, [stopped])
        said = Utter.GOODBYE if turn.intent == "goodbye" else Utter.STOPPED
        dispatcher.utter_message(response=said, kept=kept)
        return [ActiveLoop(None), SlotSet(Slot.REQUESTED, None)]


class SayWhatIsKept(WaymarkAction):
    """Answers `what do you have about me` at any time."""

    action = ActionName.SUMMARY

    def __init__(self, assessments: Assessments, wording: Wording) -> None:
        self._assessments = assessments
        self._wording = wording

    async def do(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """The summary, or that there is nothing yet."""
        turn = turn_of(tracker)
        if turn.asked is Slot.CONFIRM_SUMMARY:
            return []  # it is about to be shown again with its question
        record = await self._assessments.keep(turn.conversation, [])
        supposed = slot(tracker, Slot.SUPPOSED)
        words = summary(record, slot(tracker, Slot.WHO) or "", self._wording, supposed)
        if words:
            dispatcher.utter_message(response=Utter.SUMMARY, summary=words)
        else:
            dispatcher.utter_message(response=Utter.SUMMARY_NOTHING)
        return []


def _as_they_stand(tracker: Tracker) -> Events:
    return [SlotSet(QUESTIONS[0], slot(tracker, QUESTIONS[0]))]


def _questions_are_open(tracker: Tracker, turn: Turn) -> bool:
    """Whether nobody is awaited, or the person chose to go on all the same."""
    return turn.holder != "waiting" or bool(slot(tracker, Slot.SAFETY_RESUMED))


def _tells_where_they_are(tracker: Tracker, turn: Turn) -> bool:
    """Whether it answers the search's question where they are: not where something happened."""
    awaited = slot(tracker, Slot.SEARCH_PLACE_AWAITED) and turn.asked is None
    tells_more = any(fact["name"] == "crime_type" for fact in turn.facts)
    return bool(awaited) and turn.intent in NAMES_A_PLACE and not tells_more


def _wants_to_start_again(turn: Turn) -> bool:
    choice = turn.choice
    pressed = choice is not None and (choice.name, choice.value) == ("start_again", "yes")
    return pressed or (turn.asked is Slot.START_AGAIN and turn.intent in ("affirm", "start_again"))


def _confirmed(tracker: Tracker, turn: Turn) -> list[Fact]:
    """What was not surely understood holds when the person says that the summary is right."""
    if turn.asked is not Slot.CONFIRM_SUMMARY or not right(turn):
        return []
    supposed: dict[str, Any] = slot(tracker, Slot.SUPPOSED) or {}
    return [
        Fact(name=name, value=one["value"], message=one["message"], as_said=one["as_said"],
             in_passing=True)
        for name, one in supposed.items() if one["value"]
    ]  # fmt: skip


def _not_the_town(record: Record, told: list[Fact]) -> list[Fact]:
    """`March the month, not the town`: the place that was noted by mistake is taken back."""
    place = (record["place"] or {}).get("as_said", "").casefold()
    times = [fact for fact in told if fact.name == "occurred" and not fact.in_passing]
    if not times or not place or any(fact.name == "place" for fact in told):
        return []
    fact = times[-1]
    mistaken = place in fact.as_said.casefold()
    return [Fact(name="place", value=None, message=fact.message, as_said="")] if mistaken else []


def _another_crime(turn: Turn, told: list[Fact], record: Record) -> list[Fact]:
    """A crime told beside the first is kept too: `burgled, and then they used my card`.

    Where what happened is asked once more, the answer takes the place of all that was told of it.
    """
    again = turn.asked is turn.again is Slot.CRIME_TYPE
    crimes = [fact for fact in told if fact.name == "crime_type" and fact.value]
    if not crimes or turn.choice or not (again or turn.intent.startswith(("tell", "affirm"))):
        return []
    beside = [fact.value for fact in crimes if fact.in_passing and record["crime_type"]]
    more = [one for fact in told if fact.name == "also" for one in fact.value]
    fact = crimes[0]
    return [
        Fact(name="also", value=[*beside, *more], message=fact.message, as_said=fact.as_said,
             in_passing=True, afresh=again)
    ] if beside or again else []  # fmt: skip


def _hours_alone(turn: Turn, told: list[Fact], record: Record, wording: Wording) -> list[Fact]:
    """`Weekday evenings`, later: the hours for a way for which none were known."""
    contact = record["contact"]
    wanted = contact["how"] in RINGS and not knows_when(contact)
    may_tell = turn.intent == "tell_contact" and turn.asked in (None, *CLOSING, Slot.WHICH)
    if not (wanted and may_tell) or any(fact.name == "contact" for fact in told):
        return []
    value = understood(turn.text, turn.text, wording)
    if not knows_when(value):
        return []
    return [Fact(name="contact", value=value, message=turn.message, as_said=turn.text)]


def _goes_on(record: Record, turn: Turn) -> list[Fact]:
    """Whoever stopped and writes on is in the middle of it again."""
    goes_on = turn.intent.startswith("tell") or turn.intent in ("carry_on", "choose", "correct")
    if record["status"] != Status.STOPPED or not goes_on:
        return []
    value = Status.IN_PROGRESS
    return [Fact(name="status", value=value, message=turn.message, as_said=turn.text)]


def _differs(name: str, before: Record, after: Record) -> bool:
    if name == "contact":
        return (
            bool(before["contact"]["how"]) and before["contact"]["how"] != after["contact"]["how"]
        )
    return bool(before[name] != after[name])


def _course(tracker: Tracker) -> Course:
    again = slot(tracker, Slot.AGAIN)
    return Course(
        values={question: slot(tracker, question) for question in QUESTIONS},
        again=Slot(again) if again else None,
        path=[Slot(one) for one in slot(tracker, Slot.PATH) or ()],
        unclear=slot(tracker, Slot.UNCLEAR),
        cleared=list(slot(tracker, Slot.CLEARED) or ()),
        supposed=dict(slot(tracker, Slot.SUPPOSED) or {}),
        misses=int(slot(tracker, Slot.MISSES) or 0),
    )


def _changed(tracker: Tracker, values: dict[Slot, Any]) -> Events:
    """The slots whose value is another now: all that Rasa does for a turn grows with its events.

    One question is always among them: a form that was told nothing would refuse the message.
    """
    changed = {name: value for name, value in values.items() if slot(tracker, name) != value}
    first = {QUESTIONS[0]: values[QUESTIONS[0]]}
    return [SlotSet(name, value) for name, value in (first | changed).items()]


def _slots(now: Moment) -> dict[Slot, Any]:
    """The slots as record and course have them."""
    course, record = now.course, now.record
    return {
        **{Slot(name): value for name, value in course.values.items()},
        Slot.AGAIN: course.again,
        Slot.PATH: course.path,
        Slot.UNCLEAR: course.unclear,
        Slot.CLEARED: course.cleared,
        Slot.SUPPOSED: course.supposed,
        Slot.MISSES: course.misses,
        Slot.HOW: record["contact"]["how"],
        Slot.EFFECT_TOLD: any(record["needs"].values()),
        Slot.VOICE: now.voice.name,
        Slot.WHO: now.voice.who,
        Slot.SAFETY_ABOUT: ALARM_ABOUT.get(now.voice.name),
    }
