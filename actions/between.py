"""What is said before the next question: care, what was noted, what was changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from actions.heard import ANGRY, NO_NUMBER, NUMBER
from actions.kept_words import has_words_to_keep
from actions.names import Slot, Utter
from actions.questions import FEELINGS
from actions.reading import Turn
from actions.standing import FIELD_OF, SKIPPED, Course
from actions.summary import contact_words, needed_words, picked_words, summary
from actions.voice import Voice
from actions.wording import Wording
from knowledge.assessment.contact import HOW
from knowledge.assessment.model import DEATHS, Fact, Record, empty_record

Said = tuple[str, dict[str, str]]

KIND_WORDS = {
    "bereaved": Utter.KIND_BEREAVED,
    "child": Utter.KIND_CHILD,
    "other": Utter.KIND_FOR_ANOTHER,
    "witness": Utter.KIND_WITNESS,
    "business": Utter.KIND_BUSINESS,
}
# The same where nobody said yet what happened.
FIRST_WORDS = {
    "bereaved": Utter.KIND_BEREAVED,
    "child": Utter.KIND_CHILD,
    "other": Utter.KIND_WORRIED,
}
AFRAID = "afraid"  # for who can't write it, a tick is how they say it
FEELS = FEELINGS - {"tell"}
QUIET = frozenset({"skip", "not_sure", "choose", "greet", "thank", "rude"})


@dataclass(frozen=True)
class Moment:
    """All that decides what is said after a turn, before the next question."""

    turn: Turn
    told: list[Fact]
    record: Record
    changed: frozenset[str]  # fields whose value was another before
    new: frozenset[str]  # fields that were unknown before
    course: Course
    voice: Voice
    wording: Wording
    gone: tuple[str, ...] = ()  # what was taken out of the record, in words

    def first(self, field: str) -> bool:
        """Whether this field is told for the first time."""
        return field in self.new


def said_between(now: Moment) -> Iterator[Said]:
    """The responses, with what fills their braces."""
    if now.gone:
        yield Utter.TAKEN_OUT, {"what": "; ".join(now.gone)}
    repeats = now.gone and now.turn.intent == "ask_repeat"  # `why does it say that? Take it out`
    if not repeats and (steered := [*_steering(now)]):
        yield from steered
        return
    if words := _changed_words(now):
        yield Utter.CHANGED, {"what": words}
    yield from (said := [*_care(now), *_noted(now), *_numbers(now)])
    if _is_thought_safe(now):
        yield Utter.THOUGHT_SAFE, {}
    if has_words_to_keep(now.turn, now.told, now.record, now.course):
        yield Utter.KEPT_WORDS, {}
    elif now.course.beside:
        yield from _beside(now, noted=bool(said))
    elif _was_missed(now):
        yield (Utter.LEFT_OPEN if _is_left(now) else Utter.ASK_AGAIN), {}


def _is_thought_safe(now: Moment) -> bool:
    """Whether they were taken to be safe just now, unasked: they must hear how to say no."""
    supposed = now.course.supposed.get("safe_now", {})
    return supposed.get("message") == now.turn.message


def _beside(now: Moment, *, noted: bool) -> Iterator[Said]:
    """What was kept where something else was asked, then the question in plainer words.

    The second time it is left open, as after words that nobody follows.
    """
    if not noted and (what := _new_in_words(now)):
        yield Utter.NOTED_BESIDE, {"what": what}
    if now.turn.asked is None or now.changed:
        return
    yield (Utter.LEFT_OPEN if _is_left(now) else explanation(now.turn.asked)), {}


def _is_left(now: Moment) -> bool:
    """Whether a question is put no more after two tries."""
    asked = now.turn.asked
    return asked is not None and now.course.values.get(asked) == SKIPPED


def _new_in_words(now: Moment) -> str:
    """What was told just now for the first time, as the summary says it."""
    new = {name: now.record[name] for name in now.new}
    told = {"told": dict.fromkeys(now.new)}
    return summary({**empty_record(), **new, **told}, now.voice.who, now.wording)


def _was_missed(now: Moment) -> bool:
    quiet = now.turn.intent in QUIET or (now.turn.intent in FEELS and not _is_left(now))
    return now.course.missed and bool(now.turn.asked) and not (now.new | now.changed or quiet)


def _steering(now: Moment) -> Iterator[Said]:
    turn = now.turn
    if turn.choice is not None and turn.choice.name == "start_again":
        yes = turn.choice.value == "yes"
        yield (Utter.STARTED_AGAIN if yes else Utter.NOT_STARTED_AGAIN), {}
    if turn.asked is None:
        return
    if turn.intent == "go_back":
        yield (Utter.BACK_TO if now.course.stepped else Utter.NOTHING_BEFORE), {}
    elif turn.intent == "ask_repeat":
        yield explanation(Slot.CONSENT if turn.asks_consent else turn.asked), {}
    elif turn.intent == "already_told" and turn.asked is not Slot.CONFIRM_SUMMARY:
        yield _already_told(now, turn.asked)
    elif turn.intent in ("skip", "not_sure") and turn.asked is not Slot.SAFE_NOW:
        yield Utter.SKIPPED, {}


def _already_told(now: Moment, asked: Slot) -> Said:
    """What is held; where it is not what was asked for, that too is said."""
    words = summary(now.record, now.voice.who, now.wording, now.course.supposed)
    if not words:
        return Utter.ALREADY_TOLD_NOTHING_NOTED, {}
    field = FIELD_OF.get(asked)
    held = field is None or field in now.record["told"] or field in now.course.supposed
    return (Utter.ALREADY_TOLD if held else Utter.ALREADY_TOLD_NOT_NOTED), {"summary": words}


def explanation(question: Slot) -> str:
    """The response that says a question again, more simply."""
    return f"utter_explain_{question.removeprefix('assessment_')}"


def _care(now: Moment) -> Iterator[Said]:
    if now.first("crime_type"):
        yield _kind(now), {"who": now.voice.who}
    elif _is_angry(now):
        yield Utter.KIND_ANGRY, {}
    elif now.turn.intent == "tell_upset":
        yield Utter.KIND_UPSET, {}
    elif now.first("role") and (words := FIRST_WORDS.get(now.voice.name)):
        yield words, {"who": now.voice.who}


def _kind(now: Moment) -> Utter:
    crime = now.record["crime_type"]
    if crime in DEATHS:
        return Utter.KIND_BEREAVED
    if now.voice.name in KIND_WORDS:
        return KIND_WORDS[now.voice.name]
    if crime == "burglary":
        return Utter.KIND_BURGLARY
    return Utter.KIND if now.record["role"] == "victim" else Utter.KIND_ANY


def _noted(now: Moment) -> Iterator[Said]:
    tells = now.turn.intent.startswith("tell")
    if tells and any(_is_another_crime(now, fact) for fact in now.told):
        yield Utter.KEPT_MORE, {}
    yield from _place_and_time(now)
    if {fact.name for fact in now.told} == {"needs"} and not ("needs" in now.changed or now.gone):
        yield from _effect(now)
    if any(fact.name == "vulnerability" and AFRAID in fact.value for fact in now.told):
        yield Utter.NOTED_AFRAID, {}
    if now.first("reported"):
        yield from _police(now)
    wishes = [fact for fact in now.told if fact.name == "contact"]
    if _needs_more(now):
        yield Utter.NOTED_ADJUSTMENTS, {"needed": needed_words(now.record["contact"], now.wording)}
    if "contact" not in now.changed and any(_of_the_way(fact.value) for fact in wishes):
        yield from _contact(now)


def _numbers(now: Moment) -> Iterator[Said]:
    if now.first("crime_reference"):
        yield Utter.NOTED_REFERENCE, {}
    elif NUMBER.search(now.turn.text) and now.turn.choice is None:
        yield Utter.NOTED_NUMBER, {}


def _is_another_crime(now: Moment, fact: Fact) -> bool:
    """Whether it tells of one that the record has no room for: it stays in the chat."""
    return fact.name == "crime_type" and fact.value not in (None, now.record["crime_type"])


def _police(now: Moment) -> Iterator[Said]:
    """Help is there either way; a crime number is welcome where it is just what is talked of."""
    if now.record["reported"] != "yes":
        yield Utter.NOTED_REPORTED_NO, {}
    elif (
        now.turn.asked is Slot.REPORTED
        and not now.record["crime_reference"]
        and not NO_NUMBER.search(now.turn.text)
    ):
        yield Utter.NOTED_REPORTED_YES, {}


def _effect(now: Moment) -> Iterator[Said]:
    """What fits what was said just now: also that there is no effect, or no other one."""
    if not any(level for fact in now.told for level in fact.value.values()):
        if now.turn.choice is None:  # the choice says it itself
            yield Utter.NOTED_NO_EFFECT, {}
    elif now.turn.intent != "tell_upset" and not _is_angry(now):
        bereaved = now.voice.name == "bereaved"
        yield (Utter.NOTED_EFFECT_BEREAVED if bereaved else Utter.NOTED_EFFECT), {}


def _is_angry(now: Moment) -> bool:
    return now.turn.choice is None and bool(ANGRY.search(now.turn.text))


def _contact(now: Moment) -> Iterator[Said]:
    contact, course = now.record["contact"], now.course.values
    words = contact_words(contact, now.wording)
    if contact["wanted"] is False:
        yield Utter.NOTED_NO_CONTACT, {}
    elif _warns(now):
        yield Utter.NOTED_NOT_SAFE, {}
    elif contact["how"] and course.get(Slot.CONTACT_SAFE) is None:
        return  # what is safe is asked next: said when it is known
    elif words and (contact["how"] != "this_chat" or _limits(now)):
        yield Utter.NOTED_CONTACT, {"contact": words}


def _limits(now: Moment) -> bool:
    """Whether a careful limit is told: it is always said that it was kept."""
    return any(fact.value.get("care") for fact in now.told if fact.name == "contact")


def _of_the_way(told: dict[str, Any]) -> bool:
    """Whether it tells how to get in touch, not only what is needed to be understood."""
    return any(key not in ("language", "adjustments") for key in told)


def _needs_more(now: Moment) -> bool:
    """Whether an adjustment is told, or at its question a language to talk in."""
    return any(
        fact.value.get("adjustments") or (fact.value.get("language") and not fact.in_passing)
        for fact in now.told
        if fact.name == "contact"
    )


def _warns(now: Moment) -> bool:
    """Whether it tells only that a way is not safe, and another one is asked for next."""
    if now.course.values.get(Slot.CONTACT) is not None:
        return False
    told = (fact.value for fact in now.told if fact.name == "contact")
    return now.turn.asked is Slot.CONTACT_SAFE or any(
        set(one.get("avoid", ())) & {*HOW} for one in told
    )


def _place_and_time(now: Moment) -> Iterator[Said]:
    bereaved = now.voice.name == "bereaved" or now.record["crime_type"] in DEATHS
    if bereaved and now.first("crime_type"):
        return  # right after the condolence it would sound like a form
    place = now.record["place"]["as_said"] if now.first("place") else ""
    time = now.record["occurred"]["as_said"] if now.first("occurred") else ""
    if place and time:
        yield Utter.NOTED_PLACE_AND_TIME, {"place": place, "time": time}
    elif place:
        yield Utter.NOTED_PLACE, {"place": place}
    elif time:
        yield Utter.NOTED_TIME, {"time": time}


def _changed_words(now: Moment) -> str:
    changed = [
        name for name in FIELD_OF.values() if name in now.changed & now.record["told"].keys()
    ]
    words = [_value_in_words(now, name) for name in changed]
    return ", ".join(dict.fromkeys(words))


def _value_in_words(now: Moment, name: str) -> str:
    value: Any = now.record[name]
    if name in ("occurred", "place"):
        return str(value["as_said"])
    if name == "contact":
        return contact_words(value, now.wording)
    if name in ("needs", "vulnerability"):
        return "; ".join(picked_words(now.record, name, now.wording))
    if name == "role" and now.voice.who.startswith("your "):
        return now.voice.who
    kind = {"crime_type": "what", "role": "whom", "reported": "police", "repeated": "again"}[name]
    return now.wording.of(kind, {True: "yes", False: "no"}.get(value, value))
