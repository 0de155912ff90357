"""Helplines by risk, and the words and tables of the directory."""

from __future__ import annotations

import pytest

from knowledge.directory import Query, lines, load
from knowledge.directory.lines import categories
from knowledge.directory.wording import has, table

from .builders import TUESDAY_MORNING, london

SERVICES = load().services
RISKS = [
    "immediate_danger",
    "suicide_self_harm",
    "domestic_abuse",
    "sexual_violence",
    "child_at_risk",
    "stalking_harassment",
    "honour_based_abuse",
    "modern_slavery",
    "threat_to_life",
    "vulnerable_adult",
    "hate_crime",
    "mental_health_crisis",
    "harm_to_others",
]


@pytest.mark.parametrize("risk", RISKS)
def test_each_risk_has_a_line_that_can_be_reached_at_night(risk: str) -> None:
    found = lines(SERVICES, risk, london("2026-12-25 03:00"), Query(county="hertfordshire"))

    assert risk in categories()
    assert found[0].open_now
    assert {channel.kind for channel in found[0].reach.channels} & {"phone", "text"}


def test_suicide_gives_samaritans_shout_and_111() -> None:
    found = lines(SERVICES, "suicide_self_harm", TUESDAY_MORNING)

    assert [f.service.id for f in found[:3]] == ["nat-samaritans", "nat-shout", "nat-111-2"]
    assert found[0].reach.channels[0].value == "116 123"


def test_lines_open_now_stand_first() -> None:
    for category in categories():
        states = [f.open_now for f in lines(SERVICES, category, london("2026-11-28 23:00"))]

        assert states == sorted(states, key=[True, None, False].index)


def test_a_man_is_not_sent_to_a_line_for_women() -> None:
    found = lines(SERVICES, "domestic_abuse", TUESDAY_MORNING, Query(audience=frozenset({"man"})))

    assert "nat-mensadvice" in [f.service.id for f in found]
    assert "nat-dahelpline" not in [f.service.id for f in found]


def test_local_lines_need_the_county() -> None:
    without = lines(SERVICES, "child_at_risk", TUESDAY_MORNING)
    herts = lines(SERVICES, "child_at_risk", TUESDAY_MORNING, Query(county="hertfordshire"))

    assert not any(f.service.is_local for f in without)
    assert "herts-children" in [f.service.id for f in herts]


def test_an_unknown_category_gets_lines_for_anyone() -> None:
    assert lines(SERVICES, "something_new", TUESDAY_MORNING)[0].service.id == "nat-victim-support"


def test_every_line_in_the_table_is_a_service() -> None:
    known = {service.id for service in SERVICES}
    named = {id_ for row in table("lines.csv") for id_ in row["ids"].split("|")}

    assert named <= known


def test_every_term_of_the_tables_has_words() -> None:
    terms = [t for row in table("taxonomy.csv") for t in row["terms"].split("|") if t]
    groups = [g for row in table("fits.csv") for g in row["groups"].split("|") if g]
    limits = [limit for row in table("fits.csv") for limit in row["limits"].split("|") if limit]

    assert all(has("crimes", term) for term in terms)
    assert all(has("people", group) for group in groups)
    assert all(has("limits", limit) for limit in limits)
    assert {row["need"] for row in table("needs.csv")} == {n for s in SERVICES for n in s.needs}
