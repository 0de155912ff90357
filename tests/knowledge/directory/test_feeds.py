"""Services of other directories: what is taken in, what is refused and why."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.directory.feeds import row_of
from knowledge.directory.model import Service
from knowledge.directory.reach import sure_numbers
from knowledge.directory.rows import NotUsable, read_row
from knowledge.directory.schedules import said_in_feed, said_of, schedules_of

FEED = "https://feed.example/o"
ID = "3f7b145d-84af-42d7-8fae-eaca714b02b2"


def an_item(**changes: Any) -> dict[str, Any]:
    """A service as a council's feed has it."""
    item: dict[str, Any] = {
        "id": ID,
        "name": "Money advice",
        "description": "<p>Debt advice for people in Stevenage.</p>",
        "url": "https://money.example",
        "status": "active",
        "organization": {"id": "x", "name": "Money Helpers", "description": "Helps."},
        "service_areas": [{"id": "a", "name": "Stevenage"}],
        "phones": [{"id": "p", "number": "+44 (0)1632 960100", "type": "voice"}],
        "schedules": [
            {"id": "s", "freq": "WEEKLY", "byday": "MO,TU", "opens_at": "09:00:00Z",
             "closes_at": "17:00"}
        ],
    }  # fmt: skip
    return {**item, **changes}


def taken(**changes: Any) -> Service:
    return read_row(row_of(an_item(**changes), FEED))


def refusal(**changes: Any) -> str:
    with pytest.raises(NotUsable) as error:
        taken(**changes)
    return str(error.value)


def test_a_service_is_taken_in_unconfirmed_and_says_where_it_is_from() -> None:
    service = taken()

    assert (service.id, service.name, service.organisation) == (
        ID,
        "Money advice",
        "Money Helpers",
    )
    assert service.description == "Debt advice for people in Stevenage."
    assert (service.area, service.districts) == ("district", frozenset({"stevenage"}))
    assert (service.crime_types, service.needs) == (("any",), frozenset({"finance_benefits"}))
    assert service.needs_only
    assert service.source == f"{FEED} (service {ID})"
    assert not service.is_confirmed
    assert sure_numbers(service) == []
    assert service.hours_as_written == "Mo,Tu 09:00-17:00"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"id": ""}, "no id"),
        ({"name": ""}, "name is missing"),
        ({"status": "defunct"}, "status"),
        ({"service_areas": []}, "does not say which area"),
        ({"service_areas": [{"name": "Leeds"}]}, "none of ours"),
        ({"name": "Chess", "description": "We play."}, "which of our needs"),
        ({"description": "Debt advice at 1 High Street, SG1 4AB"}, "address"),
        ({"url": "javascript:alert(1)"}, "web address"),
        ({"email": "nobody"}, "e-mail"),
        ({"minimum_age": 50, "maximum_age": 20}, "age"),
        ({"name": "Debt " * 100}, "too long"),
    ],
)
def test_what_cannot_be_taken_in_is_refused_with_the_reason(
    change: dict[str, Any], why: str
) -> None:
    assert why in refusal(**change)


@pytest.mark.parametrize(
    ("areas", "area", "districts"),
    [
        (["England"], "national", 0),
        (["Hertfordshire"], "hertfordshire", 0),
        (["Cambridgeshire and Peterborough"], "cambridgeshire-peterborough", 0),
        (["Cambridgeshire"], "district", 5),
        (["Dacorum", "Leeds", "St. Albans"], "district", 2),
    ],
)
def test_areas_are_read_and_never_widened(areas: list[str], area: str, districts: int) -> None:
    service = taken(service_areas=[{"name": name} for name in areas])

    assert (service.area, len(service.districts)) == (area, districts)


def test_addresses_are_left_behind() -> None:
    location = {"addresses": [{"address_1": "1 High Street", "postal_code": "SG1 4AB"}]}

    row = row_of(an_item(service_at_locations=[{"location": location}]), FEED)

    assert "High Street" not in str(row)


def test_whom_it_is_only_for_is_read_from_its_rule() -> None:
    women = taken(eligibility_description="Women aged 18 or over", minimum_age=18)
    both = taken(eligibility_description="Women and men")

    assert (women.eligible.gender, women.eligible.min_age) == ("woman", 18)
    assert both.eligible.gender is None


def test_hours_that_are_not_weekly_are_not_guessed() -> None:
    monthly = [{"freq": "MONTHLY", "byday": "2MO", "opens_at": "09:00", "closes_at": "10:00"}]
    fortnightly = [{"byday": "MO", "interval": 2, "opens_at": "09:00", "closes_at": "10:00"}]

    assert said_in_feed(monthly) == said_in_feed(fortnightly) == ""


@pytest.mark.parametrize(
    "said",
    [
        "Mo-Su 00:00-24:00",
        "Mo-Fr 09:00-12:00,13:30-17:00; PH off",
        "phone Mo-Fr 08:00-20:00; on line Mo-Su 00:00-24:00",
        "office hours; other times use cambs-edt",
        "Tu 09:15-11:00 (2019; check)",
        "Fr-Mo 18:00-02:00",
        "",
    ],
)
def test_hours_lose_nothing_as_schedules(said: str) -> None:
    assert said_of(schedules_of(said)) == said


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)


@settings(max_examples=200, deadline=None)
@given(change=st.dictionaries(st.sampled_from(sorted(an_item())), anything, max_size=4))
def test_whatever_a_feed_sends_is_taken_in_or_refused_and_nothing_breaks(
    change: dict[str, Any],
) -> None:
    with suppress(NotUsable):
        assert not taken(**change).is_confirmed
