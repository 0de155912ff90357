"""The state that follows from a thread."""

from collections.abc import Sequence

import pytest

from knowledge.conversations.model import (
    Author,
    Entry,
    Holder,
    Kind,
    Priority,
    State,
    most_serious,
    state_of,
)
from tests.fakes import TUESDAY_MORNING

from .builders import ANNA, BEN, a_hand_off, an_entry

SAID = an_entry(author=Author.PERSON)
ANSWERED = an_entry(author=Author.ASSISTANT)
TAKEN = an_entry(Kind.TAKEN)
GIVEN_BACK = an_entry(Kind.GIVEN_BACK)
CLOSED = an_entry(Kind.CLOSED)
NOTE = an_entry(Kind.NOTE, Author.COORDINATOR)
ASKED = a_hand_off()
URGENT = a_hand_off(Priority.URGENT, "domestic_abuse")
EMERGENCY = a_hand_off(Priority.EMERGENCY, "immediate_danger")

HOLDER_AND_PRIORITY = [
    ([], Holder.ASSISTANT, None),
    ([SAID, ANSWERED], Holder.ASSISTANT, None),
    ([SAID, ASKED], Holder.WAITING, Priority.NORMAL),
    ([SAID, ASKED, SAID, ANSWERED, NOTE], Holder.WAITING, Priority.NORMAL),
    ([ASKED, EMERGENCY], Holder.WAITING, Priority.EMERGENCY),
    ([EMERGENCY, ASKED], Holder.WAITING, Priority.EMERGENCY),
    ([EMERGENCY, URGENT, SAID], Holder.WAITING, Priority.EMERGENCY),
    ([URGENT, TAKEN], Holder.COORDINATOR, Priority.URGENT),
    ([TAKEN], Holder.COORDINATOR, None),
    ([TAKEN, EMERGENCY], Holder.COORDINATOR, Priority.EMERGENCY),
    ([URGENT, TAKEN, GIVEN_BACK], Holder.ASSISTANT, None),
    ([URGENT, TAKEN, GIVEN_BACK, ASKED], Holder.WAITING, Priority.NORMAL),
    ([URGENT, TAKEN, CLOSED], Holder.NOBODY, None),
    ([URGENT, TAKEN, CLOSED, NOTE, ANSWERED], Holder.NOBODY, None),
    ([URGENT, TAKEN, CLOSED, SAID], Holder.ASSISTANT, None),
    ([URGENT, TAKEN, CLOSED, SAID, EMERGENCY], Holder.WAITING, Priority.EMERGENCY),
]


@pytest.mark.parametrize(("thread", "holder", "priority"), HOLDER_AND_PRIORITY)
def test_holder_and_priority_follow_from_the_thread(
    thread: Sequence[Entry], holder: Holder, priority: Priority | None
) -> None:
    state = state_of(thread)
    assert (state.holder, state.priority) == (holder, priority)


def test_the_first_request_says_since_when_somebody_waits() -> None:
    later = a_hand_off(at=TUESDAY_MORNING.replace(hour=12))
    assert state_of([ASKED, later]).waiting_since == TUESDAY_MORNING


def test_nobody_waits_while_a_co_ordinator_is_there() -> None:
    assert state_of([ASKED, TAKEN, EMERGENCY]).waiting_since is None


def test_reasons_gather_once_each_in_the_order_they_came() -> None:
    assert state_of([URGENT, EMERGENCY, URGENT, ASKED]).reasons == (
        "domestic_abuse",
        "immediate_danger",
        "asked_for_person",
    )


def test_who_took_it_last_holds_it() -> None:
    again = [ASKED, TAKEN, GIVEN_BACK, an_entry(Kind.TAKEN, by=BEN)]
    assert state_of([ASKED, TAKEN]).held_by == ANNA
    assert state_of(again).held_by == BEN


@pytest.mark.parametrize("entry", [GIVEN_BACK, CLOSED])
def test_whoever_lets_go_holds_nothing(entry: Entry) -> None:
    assert state_of([EMERGENCY, TAKEN, entry]).held_by is None


@pytest.mark.parametrize(
    ("thread", "interrupted"),
    [
        ([ASKED], False),
        ([URGENT], True),
        ([EMERGENCY, ASKED], True),
        ([EMERGENCY, TAKEN, GIVEN_BACK], False),
        ([EMERGENCY, TAKEN, CLOSED], True),
    ],
)
def test_risk_interrupts_until_the_conversation_is_given_back(
    thread: Sequence[Entry], interrupted: bool
) -> None:
    assert state_of(thread).interrupted_by_risk is interrupted


def test_an_assistant_that_failed_is_no_risk() -> None:
    failed = a_hand_off(Priority.URGENT, "assistant_failed")
    assert not state_of([SAID, failed]).interrupted_by_risk


def test_the_most_serious_of_none_is_none() -> None:
    assert most_serious() is None
    assert most_serious(None, Priority.URGENT, None, Priority.NORMAL) is Priority.URGENT


def test_an_empty_thread_is_with_the_assistant() -> None:
    assert state_of([]) == State()
