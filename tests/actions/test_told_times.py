"""Typed hours open the gate at those hours and at no others; unknown means not safe."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from actions.closing import next_contact
from actions.names import ActionName, Slot, Utter
from actions.told_times import understood
from actions.wording import Wording
from knowledge.assessment.contact import no_contact_told, with_contact
from knowledge.clock import LONDON
from knowledge.contact.model import RINGS, Approach, Way, refusal
from knowledge.opening import Knowledge

from .builders import a_fact, a_message, a_tracker, done
from .conftest import Actions

KEEP = ActionName.KEEP

WORDING = Wording.load()
MONDAY = datetime(2026, 11, 23, tzinfo=LONDON)
WORKDAYS, WEEKEND, EVERY_DAY = range(5), range(5, 7), range(7)
DAY = (9, 20)

TOLD: list[tuple[str, range, list[tuple[float, float]]]] = [
    ("after six", EVERY_DAY, [(18, 20)]),
    ("only after 6", EVERY_DAY, [(18, 20)]),
    ("any time after 6pm", EVERY_DAY, [(18, 20)]),
    ("please ring after half past six", EVERY_DAY, [(18.5, 20)]),
    ("18:00 onwards", EVERY_DAY, [(18, 20)]),
    ("after 9pm", EVERY_DAY, [(21, 22)]),
    ("mornings before ten", EVERY_DAY, [(9, 10)]),
    ("after 10 in the morning", EVERY_DAY, [(10, 12)]),
    ("before 9am", EVERY_DAY, [(7, 9)]),
    ("weekday evenings", WORKDAYS, [(17, 20)]),
    ("when the kids are at school", WORKDAYS, [(9.5, 14.5)]),
    ("school hours", WORKDAYS, [(9.5, 14.5)]),
    ("weekdays 9-5", WORKDAYS, [(9, 17)]),
    ("Monday to Friday after 5", WORKDAYS, [(17, 20)]),
    ("between nine and eleven", EVERY_DAY, [(9, 11)]),
    ("from 2 till 4pm", EVERY_DAY, [(14, 16)]),
    ("at the weekend", WEEKEND, [DAY]),
    ("tuesdays and thursdays", range(1, 4, 2), [DAY]),
    ("wed or thurs mornings", range(2, 4), [(9, 12)]),
    ("mornings or after six", EVERY_DAY, [(9, 12), (18, 20)]),
    ("any time but not after 6", EVERY_DAY, [(9, 18)]),
    ("any time except mondays", range(1, 7), [DAY]),
    ("weekdays, not lunchtime", WORKDAYS, [(9, 11), (15, 20)]),
]
PARTS = [
    ("any time", ["morning", "afternoon", "evening"]),
    ("Anytime is fine", ["morning", "afternoon", "evening"]),
    ("any time at all", ["morning", "afternoon", "evening"]),
    ("mornings only", ["morning"]),
    ("in the evening please", ["evening"]),
    ("mornings or evenings", ["morning", "evening"]),
]
NOT_SURE = [
    "when he is at work",
    "evenings, never when he is in",
    "not mornings",
    "not before six",
    "after ten",  # in the morning, or at night?
    "before eight",
    "after 6ish",
    "around six",
    "most evenings",
    "at 6pm",
    "six",
    "nights",
    "after six is not good",
    "mondays after 6 and tuesdays",
    "monday mornings and evenings",
    "text any time, ring after six",
    "when the kids are at school, after ten",
    "11pm to 6am",
    "any time but not when my mum is in",
    "the 6th after 5",
    "32:00 onwards",
    "",
]


@pytest.mark.parametrize(("said", "days", "spans"), TOLD)
def test_the_gate_is_open_at_the_hours_that_were_told_and_at_no_others(
    said: str, days: range, spans: list[tuple[float, float]]
) -> None:
    told = _told(said)
    for half in range(7 * 48):
        now = MONDAY + timedelta(minutes=30 * half)
        hour = now.hour + now.minute / 60
        safe = now.weekday() in days and any(first <= hour <= last for first, last in spans)
        assert _is_open(told, now) == safe, now


@pytest.mark.parametrize(("said", "parts"), PARTS)
def test_a_bare_part_of_the_day_is_as_if_it_had_been_chosen(said: str, parts: list[str]) -> None:
    assert understood(said, said, WORDING) == {"safe_times": said, "times": parts}


@pytest.mark.parametrize("said", NOT_SURE)
def test_what_may_mean_something_else_opens_nothing_and_nothing_is_promised(said: str) -> None:
    assert understood(said, said, WORDING) == {"safe_times": said}
    assert _open_hours(_told(said)) == 0


@pytest.mark.parametrize(
    ("beside", "is_open"),
    [
        ("text me after six please", True),
        ("After six. He gets home at seven", False),
        ("after six, usually", False),
        ("it varies with her shifts. after six", False),
    ],
)
def test_hours_that_depend_on_somebody_are_for_a_person_to_read(
    beside: str, *, is_open: bool
) -> None:
    assert ("hours" in understood("after six", beside, WORDING)) == is_open


def test_what_was_understood_is_said_back_to_be_checked() -> None:
    assert _words("after six") == "after six (6 pm to 8 pm)"
    assert _words("weekday evenings") == "weekday evenings (5 pm to 8 pm, Monday to Friday)"
    assert _words("saturdays after 2") == "saturdays after 2 (2 pm to 8 pm, Saturdays)"
    assert _words("school hours") == "school hours (9:30 am to 2:30 pm, on school days)"


@pytest.mark.parametrize(
    "day", ["2026-12-28", "2026-10-26", "2027-04-05", "2027-05-03", "2026-08-12"]
)
def test_in_the_holidays_no_child_is_taken_to_be_at_school(day: str) -> None:
    assert not _is_open(_told("when the kids are at school"), _noon(day))
    assert _is_open(_told("when the kids are at school"), _noon("2026-11-24"))


@pytest.mark.parametrize("way", Way)
@pytest.mark.parametrize("said", [None, *NOT_SURE, *(one[0] for one in (*TOLD, *PARTS))])
def test_no_way_is_promised_that_the_gate_refuses_at_every_hour(
    way: Way, said: str | None
) -> None:
    contact = _told(said, way) if said is not None else _wish({"how": way})
    promise, _ = next_contact(contact, WORDING)
    assert (promise is Utter.NEXT_NO_TIME) == (_open_hours(contact, way) == 0)
    assert way in RINGS or promise is not Utter.NEXT_NO_TIME


def test_other_words_or_a_tick_take_the_place_of_the_hours() -> None:
    told = _told("after six")
    assert with_contact(told, {"safe_times": "not now"})["hours"] is None
    assert with_contact(told, {"times": ["morning"]})["hours"] is None
    assert with_contact(told, {"how": "text"})["hours"] is None
    assert with_contact(told, {"times": []})["hours"] is None
    same = {"safe_times": told["safe_times"], "times": [], "avoid": ["landline"]}
    assert with_contact(told, same)["hours"] == told["hours"]


HOURS = "weekday evenings (5 pm to 8 pm, Monday to Friday)"


@pytest.mark.parametrize(
    ("given", "times"),
    [
        (("phone", "when he is at work", "tell_contact", None), HOURS),
        (("text", None, "tell_contact", Slot.CONFIRM_SUMMARY), HOURS),
        (
            ("phone", "after six", "tell_contact", None),
            "after six (6 pm to 8 pm)",
        ),  # known already
        (("email", None, "tell_contact", None), None),
        ((None, None, "tell_contact", None), None),
        (("phone", None, "tell_when", None), None),
        (("phone", None, "tell_contact", Slot.WHEN), None),
    ],
)
async def test_hours_that_were_not_known_can_be_told_later(
    actions: Actions,
    knowledge: Knowledge,
    conversation: str,
    given: tuple[str | None, str | None, str, Slot | None],
    times: str | None,
) -> None:
    how, known, intent, asked = given
    wish = understood(known, known, WORDING) if known else {}
    told = a_message(facts=[a_fact("contact", {"how": how, **wish})], message="m0")
    await done(actions[KEEP], a_tracker(conversation, told))
    later = a_message("weekday evenings", intent)
    await done(actions[KEEP], a_tracker(conversation, later, requested_slot=asked))
    contact = (await knowledge.assessments.read(conversation))["contact"]
    assert contact["safe_times"] == times
    assert bool(contact["hours"]) == (times is not None)


def _told(said: str, way: Way = Way.PHONE) -> dict[str, Any]:
    return _wish({"how": way, **understood(said, said, WORDING)})


def _wish(told: dict[str, Any]) -> dict[str, Any]:
    return with_contact(no_contact_told(), told)


def _words(said: str) -> str:
    return str(understood(said, said, WORDING)["safe_times"])


def _noon(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=LONDON)


def _is_open(contact: dict[str, Any], now: datetime, way: Way = Way.PHONE) -> bool:
    approach = Approach(way=way, is_a_letter=True)
    return refusal(approach, contact, left=False, now=now, consented=True) is None


def _open_hours(contact: dict[str, Any], way: Way = Way.PHONE) -> int:
    return sum(_is_open(contact, MONDAY + timedelta(hours=hour), way) for hour in range(7 * 24))
