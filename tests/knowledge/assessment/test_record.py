"""The rules over a record: what it takes, and what follows from it."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.assessment.contact import Route
from knowledge.assessment.model import (
    CRIME_TYPES,
    FIELDS,
    NEEDS,
    Fact,
    Record,
    Status,
    as_seen,
    empty_record,
)
from knowledge.assessment.model import (
    with_fact as with_fact_on,
)
from knowledge.conversations.model import Priority, State

LAST_TUESDAY = {"from": "2026-11-17", "to": "2026-11-17", "as_said": "last tuesday"}
STEVENAGE = {"as_said": "Stevenage", "district": "stevenage", "county": "hertfordshire"}

TAKEN = [
    ("role", "victim"),
    ("safe_now", False),
    ("crime_type", "burglary"),
    ("occurred", LAST_TUESDAY),
    ("repeated", True),
    ("reported", "does_not_want"),
    ("crime_reference", "41/12345/26"),
    ("place", STEVENAGE),
    ("status", "completed"),
    ("consent", False),
    ("vulnerability", ["disability"]),
    ("also", ["fraud_cyber"]),
]

REFUSED = [
    ("role", "suspect"),
    ("crime_type", "murder"),
    ("safe_now", "yes"),
    ("safe_now", None),
    ("reported", True),
    ("status", "done"),
    ("needs", {"money": 1}),
    ("needs", {"finance_benefits": 3}),
    ("needs", {"finance_benefits": "a lot"}),
    ("name", "Jo"),
    ("told", {}),
    ("contact", {"how": "pigeon"}),
    ("contact", {"number": "07700 900000"}),
    ("vulnerability", ["rich"]),
    ("consent", "yes"),
    ("also", ["murder"]),
]


def test_nothing_told_is_nothing_known() -> None:
    record = empty_record()
    told_nothing = {"status", "also", "needs", "contact"}
    assert {record[name] for name in FIELDS if name not in told_nothing} == {None}
    assert set(record["needs"].values()) == {None}
    assert record["contact"]["safe_to_leave_message"] is False
    assert (record["also"], record["told"]) == ([], {})


@pytest.mark.parametrize(("name", "value"), TAKEN)
def test_a_fact_is_kept_with_where_it_came_from(name: str, value: Any) -> None:
    record = with_fact(empty_record(), _fact(name, value))
    assert record[name] == value
    assert record["told"] == {name: {"message": "m1", "as_said": "in her words"}}


@pytest.mark.parametrize(("name", "value"), REFUSED)
def test_what_fits_no_field_is_refused(name: str, value: Any) -> None:
    before = empty_record()
    with pytest.raises(ValueError, match=r"no such|not a value|a need is"):
        with_fact(before, _fact(name, value))
    assert before == empty_record()


def test_what_was_said_later_counts() -> None:
    record = with_fact(empty_record(), _fact("crime_type", "theft"))
    record = with_fact(record, _fact("crime_type", "robbery", "m2"))
    assert record["crime_type"] == "robbery"
    assert record["told"]["crime_type"]["message"] == "m2"


def test_needs_add_up_and_do_not_push_each_other_out() -> None:
    record = with_fact(empty_record(), _fact("needs", {"finance_benefits": 1}))
    record = with_fact(record, _fact("needs", {"shelter_accommodation": 2}))
    assert record["needs"]["finance_benefits"] == 1
    assert record["needs"]["shelter_accommodation"] == 2
    assert record["needs"]["drugs_alcohol"] is None


@pytest.mark.parametrize(
    ("needs", "route"),
    [
        ({}, Route.NONE),
        ({"finance_benefits": 0}, Route.NONE),
        ({"finance_benefits": 1}, Route.PERSONAL),
        ({"finance_benefits": 0, "drugs_alcohol": 2}, Route.PERSONAL),
    ],
)
def test_any_need_leads_to_personal_contact(needs: dict[str, int], route: Route) -> None:
    assert with_fact(empty_record(), _fact("needs", needs))["contact"]["route"] == route


@pytest.mark.parametrize(
    ("told", "route"),
    [
        ({"how": "letter"}, Route.LETTER),
        ({"how": "email"}, Route.ELECTRONIC),
        ({"how": "phone"}, Route.PERSONAL),
        ({"how": "this_chat"}, Route.ELECTRONIC),
        ({"avoid": ["landline"]}, Route.NONE),
    ],
)
def test_the_way_that_was_wished_decides_the_route(told: dict[str, Any], route: Route) -> None:
    assert with_fact(empty_record(), _fact("contact", told))["contact"]["route"] == route


def test_whoever_wants_no_contact_is_not_contacted_whatever_they_need() -> None:
    record = with_fact(empty_record(), _fact("needs", {"finance_benefits": 2}))
    record = with_fact(record, _fact("contact", {"wanted": False}))
    assert record["contact"]["route"] == Route.NONE


def test_the_last_word_on_contact_holds_and_what_to_avoid_adds_up() -> None:
    record = with_fact(empty_record(), _fact("contact", {"how": "text", "avoid": ["landline"]}))
    record = with_fact(record, _fact("contact", {"how": "phone", "avoid": ["text"]}))
    assert record["contact"]["how"] == "phone"
    assert record["contact"]["avoid"] == ["landline", "text"]


def test_a_way_that_is_to_be_avoided_after_all_is_not_used() -> None:
    record = with_fact(empty_record(), _fact("contact", {"how": "text"}))
    record = with_fact(record, _fact("contact", {"avoid": ["text"]}))
    assert record["contact"]["how"] is None


@pytest.mark.parametrize(
    ("then", "times"),
    [
        ({"how": "phone"}, None),
        ({"how": "letter"}, None),
        ({"avoid": ["text"]}, None),
        ({"how": "phone", "safe_times": "after six"}, "after six"),
        ({"how": "email"}, "any time"),
        ({"how": "text"}, "any time"),
        ({"avoid": ["landline"]}, "any time"),
    ],
)
def test_what_was_safe_for_a_text_is_not_taken_to_be_safe_for_a_call_or_a_letter(
    then: dict[str, Any], times: str | None
) -> None:
    told = {"how": "text", "safe_times": "any time", "times": ["morning"]}
    record = with_fact(empty_record(), _fact("contact", told))
    contact = with_fact(record, _fact("contact", then))["contact"]
    assert contact["safe_times"] == times
    assert bool(contact["times"]) == (times == "any time")


@pytest.mark.parametrize(
    ("then", "left"),
    [
        ({"how": "text"}, False),
        ({"how": "email"}, False),
        ({"avoid": ["phone"]}, False),
        ({"how": "letter", "safe_to_leave_message": True}, True),
        ({"how": "phone"}, True),
        ({"avoid": ["landline"]}, True),
    ],
)
def test_a_message_may_be_left_only_by_the_way_for_which_it_was_said(
    then: dict[str, Any], left: bool
) -> None:
    told = {"how": "phone", "safe_to_leave_message": True}
    record = with_fact(empty_record(), _fact("contact", told))
    contact = with_fact(record, _fact("contact", then))["contact"]
    assert contact["safe_to_leave_message"] is left
    again = with_fact(record, _fact("contact", {"how": "text"}))
    back = with_fact(again, _fact("contact", {"how": "phone"}))["contact"]
    assert back["safe_to_leave_message"] is False


@pytest.mark.parametrize(("consent", "route"), [(True, "personal"), (False, "none")])
def test_whoever_says_that_nothing_may_be_passed_on_is_not_contacted(
    consent: bool, route: str
) -> None:
    record = with_fact(empty_record(), _fact("needs", {"finance_benefits": 2}))
    record = with_fact(record, _fact("contact", {"how": "text"}))
    assert with_fact(record, _fact("consent", consent))["contact"]["route"] == route


def test_leaving_a_message_is_not_safe_unless_told() -> None:
    record = with_fact(empty_record(), _fact("contact", {"how": "phone"}))
    assert record["contact"]["safe_to_leave_message"] is False


def test_rights_follow_from_what_is_told() -> None:
    record = with_fact(empty_record(), _fact("role", "victim"))
    assert record["enhanced_entitlement"]["eligible"] is None
    record = with_fact(record, _fact("crime_type", "hate_crime"))
    assert record["enhanced_entitlement"] == {
        "eligible": True,
        "grounds": ["serious_crime"],
        "because": ["it was a hate crime"],
    }


@pytest.mark.parametrize(
    ("status", "state", "seen"),
    [
        (Status.IN_PROGRESS, State(), "in_progress"),
        (Status.IN_PROGRESS, State(interrupted_by_risk=True), "interrupted_by_risk"),
        (Status.COMPLETED, State(interrupted_by_risk=True), "completed"),
        (Status.STOPPED, State(interrupted_by_risk=True), "stopped"),
    ],
)
def test_risk_interrupts_what_was_not_finished(status: Status, state: State, seen: str) -> None:
    assert as_seen({**empty_record(), "status": status}, state)["status"] == seen


def test_the_hand_off_follows_from_the_conversation() -> None:
    state = State(priority=Priority.EMERGENCY, reasons=("immediate_danger",))
    assert as_seen(empty_record(), state)["hand_off"] == {
        "wanted_or_needed": True,
        "priority": "emergency",
        "reasons": ["immediate_danger"],
    }
    assert as_seen(empty_record(), State())["hand_off"]["wanted_or_needed"] is False


facts = st.one_of(
    st.tuples(st.just("crime_type"), st.sampled_from(CRIME_TYPES)),
    st.tuples(st.just("safe_now"), st.booleans()),
    st.tuples(
        st.just("needs"), st.dictionaries(st.sampled_from(NEEDS), st.sampled_from([None, 0, 1, 2]))
    ),
)


@given(st.lists(facts, max_size=8))
def test_any_record_can_be_sent_and_no_fact_changes_the_record_before(
    told: list[tuple[str, Any]],
) -> None:
    record: Record = empty_record()
    for name, value in told:
        before = json.dumps(record)
        after = with_fact(record, _fact(name, value))
        assert json.dumps(record) == before
        record = after
    assert json.loads(json.dumps(record)) == record


def with_fact(record: Record, fact: Fact) -> Record:
    """On the day of all tests."""
    return with_fact_on(record, fact, date(2026, 11, 24))


def _fact(name: str, value: Any, message: str = "m1") -> Fact:
    return Fact(name=name, value=value, message=message, as_said="in her words")
