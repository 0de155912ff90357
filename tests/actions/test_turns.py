"""How many turns a person needs: the questions, asked of a pure record until nothing is open.

The lowest level that shows it: no process, no classifier. What a classifier misses is asked for
and adds turns; tests/conversations/test_forty.py measures that in the running system.
"""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from actions.names import Slot
from actions.questions import course_after
from actions.reading import Turn
from actions.standing import Course
from knowledge.assessment.model import CRIME_TYPES, Fact, Record, empty_record, with_fact

MOST = 12  # turns, the opening among them, up to the last question of the assessment
USUAL = 11  # of these the one for a pattern is asked after some crimes only
TOLD_MUCH = 8
TODAY = date(2026, 11, 24)
DOMAIN = yaml.safe_load(Path("bot/domain/assessment.yml").read_text("utf-8"))
ORDER = [Slot(name) for name in DOMAIN["forms"]["assessment_form"]["required_slots"]]

DAY = {"from": "2026-11-17", "to": "2026-11-17", "as_said": "last tuesday"}
WARE = {"as_said": "Ware", "district": "east-hertfordshire", "county": "hertfordshire"}
# What is said to each question; a call is the longest way to be reached.
ANSWERS: dict[Slot, tuple[str, dict[str, Any]]] = {
    Slot.SAFE_NOW: ("affirm", {"safe_now": True}),
    Slot.CRIME_TYPE: ("tell", {"crime_type": "burglary"}),
    Slot.WHEN: ("tell_when", {"occurred": DAY}),
    Slot.WHERE: ("tell_where", {"place": WARE}),
    Slot.REPEATED: ("affirm", {"repeated": True}),
    Slot.REPORTED: ("tell_reported", {"reported": "yes"}),
    Slot.ROLE: ("tell_role", {"role": "victim"}),
    Slot.NEEDS: ("tell_effect", {"needs": {"mental_physical_health": 1}}),
    Slot.VULNERABILITY: ("deny", {"vulnerability": []}),
    Slot.CONTACT: ("tell_contact", {"contact": {"how": "phone"}}),
    Slot.CONTACT_SAFE: ("tell_contact", {"contact": {"safe_times": "after six"}}),
    Slot.CONFIRM_SUMMARY: ("affirm", {"consent": True}),  # one yes says both
}
MUCH = (Slot.SAFE_NOW, Slot.WHEN, Slot.WHERE, Slot.REPORTED, Slot.ROLE)


@pytest.mark.parametrize("crime", CRIME_TYPES)
def test_a_usual_assessment_takes_at_most_eleven_turns(crime: str) -> None:
    assert len(questions_put({"crime_type": crime, "role": "victim"})) + 1 <= USUAL


@pytest.mark.parametrize("crime", CRIME_TYPES)
def test_the_longest_takes_twelve_where_nothing_is_told_beside_what_was_asked(crime: str) -> None:
    assert len(questions_put({"crime_type": crime})) + 1 <= MOST


@pytest.mark.parametrize("crime", CRIME_TYPES)
def test_whoever_tells_a_lot_at_first_needs_at_most_eight(crime: str) -> None:
    told = {"crime_type": crime}
    for question in MUCH:
        told |= ANSWERS[question][1]

    assert len(questions_put(told)) + 1 <= TOLD_MUCH


@pytest.mark.parametrize("question", MUCH)
def test_what_was_told_at_first_is_never_put(question: Slot) -> None:
    told = {"crime_type": "theft", **ANSWERS[question][1]}
    assert question not in questions_put(told)


def test_no_question_is_put_twice() -> None:
    put = questions_put({"crime_type": "asb"})
    assert len(put) == len(set(put))
    assert Slot.REPEATED in put  # a pattern matters there


def questions_put(first: dict[str, Any]) -> list[Slot]:
    """The questions of an assessment that opens with these facts, answered one by one."""
    put: list[Slot] = []
    record, course = _said(Course({}), empty_record(), None, "tell", first)
    while (asked := _next(course)) is not None and len(put) < len(ORDER):
        put.append(asked)
        record, course = _said(course, record, asked, *ANSWERS[asked])
    return put


def _next(course: Course) -> Slot | None:
    return next((question for question in ORDER if course.values.get(question) is None), None)


def _said(
    course: Course, record: Record, asked: Slot | None, intent: str, facts: dict[str, Any]
) -> tuple[Record, Course]:
    told = [Fact(name=name, value=of, message="m", as_said="so") for name, of in facts.items()]
    for fact in told:
        record = with_fact(record, fact, TODAY)
    turn = _turn(asked, intent)
    return record, course_after(course, turn, record, told, frozenset(facts))


def _turn(asked: Slot | None, intent: str) -> Turn:
    return Turn(
        conversation="c", message="m", text="so", intent=intent, question=None, today=TODAY,
        holder="assistant", choice=None, facts=(), asked=asked, unclear=(), supposed=(),
        clearing=None, disposition="none", categories=(), watched=False, shown=(),
        asks_consent=asked is Slot.CONFIRM_SUMMARY,
    )  # fmt: skip
