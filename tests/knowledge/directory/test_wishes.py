"""Who asks for one thing, who must be spared another, and what stands behind what."""

from __future__ import annotations

import pytest

from knowledge.directory import Query, find, load
from knowledge.directory.person import read

from .builders import TUESDAY_MORNING, in_cambs, in_herts, london

SERVICES = load().services
WOMAN, OLDER = frozenset({"woman"}), frozenset({"older"})


def ids(query: Query, shown: int = 3) -> list[str]:
    return [found.service.id for found in find(SERVICES, query, TUESDAY_MORNING)][:shown]


ASKED = [
    (in_cambs(text="is there compensation for this", crime_type="assault"), "nat-cica"),
    (in_herts(text="my bank won't refund me", crime_type="fraud_cyber"), "nat-fos"),
    (in_herts(text="when is his parole", crime_type="sexual_offence"), "nat-vcs"),
    (in_cambs(text="the CPS dropped my case", crime_type="assault"), "nat-cps-victims"),
    (in_herts(text="can I give evidence by video", crime_type="assault"), "nat-witness-service"),
    (in_cambs(text="I'd like to meet the man who did it", crime_type="theft"), "cambs-rj"),
    (in_herts(text="can I say who it was without my name", crime_type="theft"),
     "nat-crimestoppers"),
    (in_herts(text="can I get an injunction", crime_type="domestic_abuse"), "nat-ncdv"),
    (in_cambs(text="we are homeless since the fire", crime_type="arson"), "dist-cambridge"),
    (in_herts(text="he says I'm homeless now", crime_type="domestic_abuse", audience=WOMAN),
     "herts-safer-places"),
    (in_cambs(text="how do i stop drinking", crime_type="robbery"), "cambs-cgl"),
    (in_herts(text="they say I must marry him", crime_type="honour_based_abuse"), "nat-karma"),
    (in_cambs(text="I'm 14 and he has pictures of me", crime_type="online_abuse"),
     "nat-childline"),
]  # fmt: skip


@pytest.mark.parametrize(("query", "first"), ASKED)
def test_who_asks_for_one_thing_is_led_to_it(query: Query, first: str) -> None:
    assert ids(query)[0] == first


@pytest.mark.parametrize(
    ("words", "crime"),
    [
        ("new locks since the burglary", "burglary"),
        ("counselling after the assault", "assault"),
        ("my ex keeps following me", "stalking"),
        ("they set fire to our bins", "arson"),
        ("somebody scammed my dad", "fraud_cyber"),
        ("I lost my mum to dangerous driving", "road_collision_bereavement"),
        ("leaving my partner", "domestic_abuse"),
    ],
)
def test_what_happened_is_read_in_the_words_of_a_wish(words: str, crime: str) -> None:
    assert read(Query(text=words)).query.crime_type == crime
    assert read(Query(text=words, crime_type="theft")).query.crime_type == "theft"


@pytest.mark.parametrize(
    ("words", "read_as", "meant"),
    [
        ("he put loans in my name", "fraud_cyber", "domestic_abuse"),
        ("my ex is rough with our son", "domestic_abuse", "child_abuse"),
        ("she is forced to marry", "domestic_abuse", "honour_based_abuse"),
    ],
)
def test_some_words_mean_more_than_what_was_read(words: str, read_as: str, meant: str) -> None:
    assert read(Query(text=words, crime_type=read_as)).query.crime_type == meant


@pytest.mark.parametrize(
    ("words", "never"),
    [
        ("I'm on heroin again, help to stop", "nat-drinkline"),
        ("my boy is running drugs for older men", "nat-frank"),
        ("kids shout at me in the street", "nat-shout"),
        ("a child in my class is hurt at home", "nat-napac"),
    ],
)
def test_words_rule_out_who_is_for_something_else(words: str, never: str) -> None:
    assert never not in ids(in_cambs(text=words), 99)


@pytest.mark.parametrize(
    "words",
    [
        "I don't want to report it",
        "I never want to meet the man who did it",
        "I'm 40 miles from home",
        "they are dealing drugs on my stairs",
        "there is no one to look over my shoulder",
        "a man on the phone took my card details",
    ],
)
def test_words_that_ask_for_nothing_change_nothing(words: str) -> None:
    assert ids(in_cambs(crime_type="theft", text=words)) == ids(in_cambs(crime_type="theft"))


@pytest.mark.parametrize(
    ("query", "never"),
    [
        (in_herts(crime_type="domestic_abuse", no_phone=True), "herts-sada"),
        (in_cambs(crime_type="sexual_offence", hidden_from_bill=True), "cambs-crc"),
        (in_herts(crime_type="domestic_abuse", age=13), "nat-dahelpline"),
        (
            in_cambs(crime_type="assault", need="finance_benefits", unreported_only=True),
            "nat-cica",
        ),
        (in_herts(crime_type="theft", unreported_only=True, text="to report it"), "nat-101"),
        (in_cambs(crime_type="burglary", need="mental_physical_health", age=30), "nat-papyrus"),
        (in_herts(crime_type="child_abuse", audience=frozenset({"parent"})), "nat-napac"),
    ],
)
def test_what_is_unsafe_or_for_others_is_never_offered(query: Query, never: str) -> None:
    assert never not in ids(query, 99)


def test_an_adult_at_risk_is_led_to_who_keeps_adults_safe() -> None:
    at_risk = frozenset({"at_risk_adult"})

    assert ids(in_cambs(crime_type="assault", audience=at_risk))[0] == "cambs-adult"
    assert ids(in_herts(crime_type="older_or_at_risk_adult", audience=OLDER))[0] == "herts-adult"


def test_what_seems_shut_stands_behind_the_hub() -> None:
    query = in_herts(crime_type="stalking")

    assert ids(query)[0] == "nat-stalking"
    assert find(SERVICES, query, london("2026-11-29 13:00"))[0].service.id == "herts-beacon"


def test_at_night_those_who_surely_answer_come_before_those_who_may_not() -> None:
    at = london("2026-11-29 03:00")

    assert find(SERVICES, in_cambs(crime_type="burglary"), at)[0].service.id == (
        "nat-victim-support"
    )
    worried = [one.service.id for one in find(SERVICES, in_cambs(crime_type="child_abuse"), at)]
    assert "cambs-edt" in worried
    assert "cambs-children" not in worried


def test_who_asks_what_is_open_gets_that_first_even_when_nothing_fits() -> None:
    query = in_herts(crime_type="arson", need="education_skills_employment", open_now=True)
    found = find(SERVICES, query, london("2026-11-29 03:00"))

    assert found[0].is_fallback
    assert found[0].open_now
