"""Which questions are open, from the record and what was just said. Pure: no words, no I/O."""

import re
from typing import Any

from actions.agreeing import is_unsure
from actions.names import Slot
from actions.reading import Turn
from actions.standing import (
    CLOSING,
    FIELD_OF,
    NOT_NEEDED,
    ON_DEMAND,
    QUESTIONS,
    SAID,
    SKIPPED,
    Course,
    standing,
)
from knowledge.assessment.model import Fact, Record

TRIES = 2
FEELINGS = frozenset({"tell", "tell_upset", "tell_effect"})
# Where a story may be told.
TELLING = (None, Slot.CRIME_TYPE, Slot.SAFE_NOW, Slot.WHEN)
# Understood, but no answer: these never count as a miss.
STEERS = frozenset(
    {"go_back", "already_told", "ask_repeat", "ask_summary", "start_again", "carry_on", "greet",
     "thank", "goodbye", "correct"}
)  # fmt: skip
PART_MEANT = {
    Slot.WHEN: re.compile(r"\b(?:when|date|day|time)\b"),
    Slot.WHERE: re.compile(r"\b(?:where|place|town|village)\b"),
    Slot.REPORTED: re.compile(r"\b(?:police|report\w*)\b"),
    Slot.CONTACT: re.compile(r"\b(?:contact|reach|phone|text|e?mail|letter)\b"),
    Slot.ROLE: re.compile(r"\bwho\b"),
    Slot.NEEDS: re.compile(r"\b(?:effects?|affected|feel\w*)\b"),
    Slot.VULNERABILITY: re.compile(r"\b(?:rights?|under 18|disab\w*|mental)\b"),
    Slot.CRIME_TYPE: re.compile(r"\b(?:what|crime|happened)\b"),
}


def course_after(
    before: Course, turn: Turn, record: Record, told: list[Fact], news: frozenset[str]
) -> Course:
    """How the questions stand after a turn; ``news`` are the fields that are new or changed."""
    after = Course(dict(before.values), before.again, list(before.path), before.unclear,
                   list(before.cleared), _supposed(before, turn, record))  # fmt: skip
    if turn.asked is not None and turn.asked == before.again:
        _answer_again(after, turn, told)
    _find_doubt(after, turn, record)
    for question in QUESTIONS:
        after.values[question] = standing(question, before.values.get(question), after, record)
    if news - {"consent"} and before.values.get(Slot.CONFIRM_SUMMARY) == SAID:
        after.values[Slot.CONFIRM_SUMMARY] = None  # what was confirmed is not what stands there
    if turn.disposition == "none":
        _take_answer(after, before, turn, told)
        _steer(after, turn, told)
        _close(after, turn, told)
        if _ruled_out(turn, record):
            after.values[Slot.CONTACT] = None  # another way may be safe
    if _settled_now(after, before, turn) and turn.asked not in (*ON_DEMAND, None):
        after.path = [one for one in after.path if one != turn.asked] + [turn.asked]
    return after


def _supposed(before: Course, turn: Turn, record: Record) -> dict[str, dict[str, Any]]:
    """What was told but not surely understood, until it is known."""
    new = {one["name"]: {**one, "message": turn.message} for one in turn.supposed}
    if turn.disposition != "none":
        new.pop("safe_now", None)  # whoever writes of a risk is asked whether they are safe
    kept = before.supposed | (new if turn.asked in TELLING else {})
    return {name: one for name, one in kept.items() if name not in record["told"]}


def _find_doubt(after: Course, turn: Turn, record: Record) -> None:
    """What is unclear is asked about once, unless it has become clear."""
    if turn.asked is Slot.CLARIFY and after.unclear and turn.intent not in ASIDES:
        after.cleared.append(after.unclear["name"])
        after.unclear = None
    new = [one for one in turn.unclear if one["name"] not in after.cleared]
    if new and turn.asked is not Slot.CLARIFY:
        after.unclear = new[0]
    fields = {option["name"] for option in (after.unclear or {}).get("options", ())}
    if fields and fields <= record["told"].keys():
        after.unclear = None


def _answer_again(after: Course, turn: Turn, told: list[Fact]) -> None:
    answered = FIELD_OF.get(turn.asked) in {fact.name for fact in told} if turn.asked else False
    if answered or turn.intent in ("skip", "not_sure", "carry_on", "deny"):
        after.again = None


def _take_answer(after: Course, before: Course, turn: Turn, told: list[Fact]) -> None:
    """An answer without a fact: skipped, said in own words, or not followed."""
    asked = turn.asked
    if turn.intent in NOT_FOLLOWED:
        after.misses = before.misses
    if asked is None or after.values.get(asked) is not None:
        return
    if asked is Slot.CONFIRM_SUMMARY and turn.choice is None and any(one.afresh for one in told):
        return  # something was taken out of it: it is read back once more
    if _said_in_own_words(asked, turn, _names(told)):
        after.values[asked] = SAID
        after.again = None if after.again == asked else after.again
    elif is_unsure(turn) and not told:
        _ask_back(after, before)
    elif turn.intent == "skip" or _unsure(turn):
        after.values[asked] = SKIPPED
    elif asked not in ON_DEMAND or asked is Slot.START_AGAIN:
        _count_miss(after, before, turn, told)


def _ask_back(after: Course, before: Course) -> None:
    """A no to the summary may be about anything: asked plainly once, then what is wrong."""
    after.misses = 0 if before.misses else 1
    if before.misses:
        after.values[Slot.WHICH] = None


def _said_in_own_words(asked: Slot, turn: Turn, told: set[str]) -> bool:
    """Whether it is an answer that a co-ordinator reads, though no field holds all of it."""
    answers = {
        # "last friday in Hitchin" sounds like it, and says nothing of being safe
        Slot.SAFE_NOW: turn.intent == "tell_safe" and not told & {"occurred", "place"},
        Slot.WHEN: turn.intent == "tell_when",  # "when he still lived here"
        Slot.NEEDS: "needs" in told or turn.intent in FEELINGS,
        Slot.CONTACT: turn.intent == "tell_contact" and not told,  # "I don't mind"
        Slot.CONTACT_SAFE: "contact" in told,
        Slot.VULNERABILITY: turn.intent in ("affirm", *FEELINGS),
        Slot.CONFIRM_SUMMARY: right(turn),
    }
    return answers.get(asked, False)


def _close(after: Course, turn: Turn, told: list[Fact]) -> None:
    """The summary and whether it may be passed on are one question, where both are open."""
    if turn.asked in (Slot.CONFIRM_SUMMARY, Slot.WHICH) and "consent" in _names(told):
        after.values[Slot.CONFIRM_SUMMARY] = SAID if after.is_at_its_end() else None
    elif turn.asks_consent and after.values[Slot.CONFIRM_SUMMARY] == SKIPPED:
        after.values[Slot.CONSENT] = SKIPPED


def _ruled_out(turn: Turn, record: Record) -> bool:
    """Whether the way of contact that was told is not safe after all."""
    contact = record["contact"]
    no_way = contact["how"] is None and contact["wanted"] is not False
    return no_way and turn.how is not None


def _count_miss(after: Course, before: Course, turn: Turn, told: list[Fact]) -> None:
    steering = turn.choice is not None or turn.intent in STEERS | ASIDES
    after.missed = not (steering or told)
    after.beside = not steering and _tells_only_beside(before, turn, told)
    after.misses = before.misses + int(after.missed or after.beside)
    if after.misses >= TRIES and turn.asked is not None:
        after.values[turn.asked], after.misses = SKIPPED, 0


def _tells_only_beside(before: Course, turn: Turn, told: list[Fact]) -> bool:
    """Whether something else is kept where an answer was wanted, and that is not all it meant.

    The story itself, how somebody feels, a question of their own and what the summary is put
    right with are no tries at an answer.
    """
    names = {fact.name for fact in told if fact.value is not None} - {"status"}
    story = "crime_type" in names and before.values.get(Slot.CRIME_TYPE) is None
    feels = turn.intent in FEELINGS - {"tell"}
    meant = story or feels or turn.aside is not None or turn.asked in CLOSING
    asked_for = turn.asked and FIELD_OF.get(turn.asked)
    return bool(names) and not meant and asked_for not in names


def _steer(after: Course, turn: Turn, told: list[Fact]) -> None:
    """What changes the order of the questions: going back, correcting, starting again."""
    if turn.intent == "go_back" and turn.asked is not None:
        after.stepped = bool(after.path)
        if after.path:
            _ask_again(after, after.path.pop())
    elif turn.intent == "already_told" and turn.asked is not None:
        _said_before(after, turn.asked, told)
    elif turn.intent == "start_again":
        after.values[Slot.START_AGAIN] = None
    elif turn.choice is not None and turn.choice.name == "which":
        _change(after, _part_chosen(turn.choice.value))
    elif turn.asked is Slot.WHICH and not told and turn.intent not in ASIDES:
        _change_part_named(after, turn)
    elif _says_wrong(turn) and not (told or is_unsure(turn)):
        after.values[Slot.WHICH] = None


def _said_before(after: Course, asked: Slot, told: list[Fact]) -> None:
    """It is not asked a second time; where the summary lacks it, what is to be changed is."""
    if asked is not Slot.CONFIRM_SUMMARY:
        after.values[asked] = after.values[asked] or SKIPPED
    elif not told:
        after.values[Slot.WHICH] = None


def _change_part_named(after: Course, turn: Turn) -> None:
    """The part that is named is asked again; a no says that nothing is to be changed."""
    words = turn.text.lower()
    part = next((one for one, cue in PART_MEANT.items() if cue.search(words)), None)
    if part is None and turn.intent == "deny":
        after.values[Slot.CONFIRM_SUMMARY] = SAID
    _change(after, part)


def _part_chosen(value: str) -> Slot | None:
    return next((one for one in FIELD_OF if one == f"assessment_{value}"), None)


def _change(after: Course, question: Slot | None) -> None:
    if question is not None:
        _ask_again(after, question)


def _ask_again(after: Course, question: Slot) -> None:
    after.again = question
    after.supposed.pop(FIELD_OF.get(question, ""), None)
    after.values[question] = None
    if after.values[Slot.CONFIRM_SUMMARY] != NOT_NEEDED:
        after.values[Slot.CONFIRM_SUMMARY] = None


def _says_wrong(turn: Turn) -> bool:
    if turn.choice is not None:
        return (turn.choice.name, turn.choice.value) == ("confirm_summary", "no")
    asked_if_right = turn.asked is Slot.CONFIRM_SUMMARY and turn.intent == "deny"
    return turn.intent == "correct" or asked_if_right


def right(turn: Turn) -> bool:
    """Whether the summary is right as it stands."""
    if turn.choice is not None and turn.choice.name == "consent":
        return True  # both of its answers say so
    if turn.choice is not None:
        return turn.choice.value in ("yes", "nothing")
    return turn.intent in ("affirm", "thank", "carry_on") and not is_unsure(turn)


def _unsure(turn: Turn) -> bool:
    pressed = turn.choice is not None and turn.choice.value in ("not_sure", "none")
    return pressed or turn.intent == "not_sure"


def _settled_now(after: Course, before: Course, turn: Turn) -> bool:
    asked = turn.asked
    return bool(asked and after.values.get(asked) is not None and asked not in before.path)


def _names(told: list[Fact]) -> set[str]:
    return {fact.name for fact in told}


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
        "ask_summary",
        "goodbye",
        "stop",
    }
)
