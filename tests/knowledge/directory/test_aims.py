"""How surely an aim must be heard before a service for just that comes first."""

from __future__ import annotations

import pytest

from knowledge.directory import Query, find, is_doubted, load
from knowledge.directory.aims import told
from knowledge.directory.snapshot import Services

from .builders import london

SERVICES = Services(load().services)
AT = london("2026-11-24 10:40")
HERTS = {"county": "hertfordshire", "district": "stevenage"}


def first(query: Query) -> str:
    return find(SERVICES, query, AT)[0].service.id


@pytest.mark.parametrize(
    ("aims", "leads"),
    [
        ((("debt", 0.8),), "nat-debtline"),
        ((("debt", 0.3),), "herts-beacon"),
        ((("general", 0.9),), "herts-beacon"),
        ((), "herts-beacon"),
        # not sure of one, but sure that somebody is hurt at home
        ((("refuge", 0.3), ("pets", 0.15), ("domestic_abuse", 0.2)), "herts-safer-places"),
        ((("refuge", 0.2), ("noise", 0.2), ("debt", 0.2)), "herts-beacon"),
    ],
)
def test_who_is_not_sure_leads_to_help_after_any_crime(
    aims: tuple[tuple[str, float], ...], leads: str
) -> None:
    assert first(Query(aims=aims, **HERTS)) == leads  # type: ignore[arg-type]


def test_who_asks_for_help_after_any_crime_gets_it_before_those_for_their_trade() -> None:
    query = Query(text="our salon was broken into", crime_type="business_crime", **HERTS)  # type: ignore[arg-type]
    sure = Query(
        text="our salon was broken into", crime_type="business_crime",
        aims=(("general", 0.9),), **HERTS,  # type: ignore[arg-type]
    )  # fmt: skip

    assert first(sure) == "herts-beacon"
    assert first(query) in {"herts-beacon", "nat-retailtrust"}


@pytest.mark.parametrize(
    ("crime", "aims", "is_idle"),
    [
        ("domestic_abuse", (("parent_of_young_person", 0.98),), True),
        ("domestic_abuse", (("release_of_offender", 0.95),), True),
        ("domestic_abuse", (("parent_of_young_person", 0.6),), False),
        ("domestic_abuse", (("injunction", 0.99),), False),
        ("domestic_abuse", (("lgbt", 0.99),), False),
        ("burglary", (("parent_of_young_person", 0.98),), False),
        ("domestic_abuse", (), False),
    ],
)
def test_an_idle_thought_of_a_crime_leads_nobody_to_lines_for_others(
    crime: str, aims: tuple[tuple[str, float], ...], is_idle: bool
) -> None:
    assert is_doubted(crime, aims) is is_idle


def test_a_very_sure_aim_outweighs_words_named_beside_it() -> None:
    words = "the trial is over and he got four years"

    assert first(Query(text=words, aims=(("release_of_offender", 0.98),), **HERTS)) == "nat-vcs"  # type: ignore[arg-type]


def test_nothing_follows_from_what_is_not_likely() -> None:
    assert told(()) == ()
    assert told((("debt", 0.2),)) == ()
