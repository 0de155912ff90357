"""What is found, in which order, and what is never offered."""

from __future__ import annotations

import pytest

from knowledge.directory import Query, find, load

from .builders import CRIMES, TUESDAY_MORNING, a_service, in_cambs, in_herts, london

SERVICES = load().services


def ids(query: Query, shown: int = 3) -> list[str]:
    return [found.service.id for found in find(SERVICES, query, TUESDAY_MORNING)][:shown]


FIRST = [
    (in_herts(crime_type="burglary"), "herts-beacon"),
    (in_cambs(crime_type="burglary"), "cambs-hub"),
    (Query(crime_type="burglary"), "nat-victim-support"),
    (in_herts(crime_type="burglary", need="shelter_accommodation"), "herts-beacon"),
    (in_herts(crime_type="burglary", text="we have nowhere to sleep"), "dist-stevenage"),
    (in_herts(crime_type="asb"), "herts-beacon"),
    (in_cambs(crime_type="homicide_bereavement"), "cambs-hub"),
    (in_cambs(crime_type="domestic_abuse", audience=frozenset({"man"})), "cambs-pwa-men"),
    (in_herts(crime_type="domestic_abuse", audience=frozenset({"woman"})), "herts-safer-places"),
    (in_herts(crime_type="domestic_abuse"), "herts-safer-places"),
    (in_herts(crime_type="sexual_offence"), "nat-rasasc"),
    (in_herts(crime_type="stalking"), "nat-stalking"),
    (in_cambs(crime_type="modern_slavery"), "nat-msh"),
    (in_herts(crime_type="road_collision_bereavement"), "nat-brake"),
    (in_herts(crime_type="fraud_cyber", audience=frozenset({"older"})), "herts-beacon"),
    (
        in_herts(
            crime_type="fraud_cyber",
            age=80,
            text="my nephew has been taking money from my account",
        ),
        "nat-hourglass",
    ),
    (in_cambs(need="drugs_alcohol"), "cambs-cgl"),
    (Query(need="drugs_alcohol"), "nat-frank"),
    (in_herts(text="is there anyone for men"), "nat-mensadvice"),
    (in_herts(text="I need to report it", crime_type="theft"), "herts-police"),
    (in_herts(text="where can I get help with the damaged door"), "herts-beacon"),
]


@pytest.mark.parametrize(("query", "first"), FIRST)
def test_the_service_that_fits_stands_first(query: Query, first: str) -> None:
    assert ids(query)[0] == first


def test_a_daughter_is_told_of_childline() -> None:
    assert "nat-childline" in ids(in_herts(text="somewhere my daughter can talk"))


@pytest.mark.parametrize("crime", CRIMES)
def test_each_crime_of_the_assessment_finds_help_in_both_counties(crime: str) -> None:
    for ask, hub in ((in_herts, "herts-beacon"), (in_cambs, "cambs-hub")):
        found = find(SERVICES, ask(crime_type=crime), TUESDAY_MORNING)

        assert hub in [f.service.id for f in found]
        assert not any(f.is_fallback for f in found)


def test_the_same_query_gives_the_same_order() -> None:
    mixed = sorted(SERVICES, key=lambda service: service.name[::-1])
    query = in_herts(crime_type="domestic_abuse")

    assert find(mixed, query, TUESDAY_MORNING) == find(SERVICES, query, TUESDAY_MORNING)


def test_a_service_asked_for_by_name_stands_first() -> None:
    assert ids(in_herts(text="what is the number of hourglass", age=70))[0] == "nat-hourglass"
    assert ids(in_cambs(text="Karma Nirvana please"))[0] == "nat-karma"


def test_a_language_that_may_be_missing_is_said() -> None:
    found = find(SERVICES, in_cambs(crime_type="assault", languages=("pl",)), TUESDAY_MORNING)
    says = {f.service.id: "speaks your language" in f.why for f in found}

    assert says["nat-vwi"]
    assert not says["nat-victim-support"]


def test_local_stands_before_national_when_both_fit() -> None:
    national = a_service(id="a-national")
    local = a_service(id="b-local", area="hertfordshire")
    query = in_herts(need="mental_physical_health")

    found = find([national, local], query, TUESDAY_MORNING)

    assert [f.service.id for f in found] == ["b-local", "a-national"]


def test_what_the_police_must_not_know_leaves_the_police_out() -> None:
    found = find(SERVICES, in_cambs(crime_type="assault", unreported_only=True), TUESDAY_MORNING)

    assert not any(f.service.report_needed or f.service.phone == "101" for f in found)
    assert found[0].service.id == "nat-victim-support"


def test_no_phone_and_nothing_on_the_bill() -> None:
    silent = in_herts(crime_type="domestic_abuse", no_phone=True)
    hidden = in_herts(crime_type="domestic_abuse", hidden_from_bill=True)

    for found in find(SERVICES, silent, TUESDAY_MORNING):
        assert "phone" not in {channel.kind for channel in found.reach.channels}
        assert "phone" not in {channel.kind for channel in found.reach.beside}
    with_phone = [
        found.service.id
        for found in find(SERVICES, hidden, TUESDAY_MORNING)
        if {"phone", "text"} & {channel.kind for channel in found.reach.channels}
    ]
    assert with_phone == ["herts-da-helpline"]


@pytest.mark.parametrize(
    ("query", "hub"),
    [
        (in_herts(crime_type="burglary"), "herts-beacon"),
        (in_cambs(crime_type="burglary"), "cambs-hub"),
    ],
)
def test_a_hub_without_a_number_has_the_national_line_beside_it(query: Query, hub: str) -> None:
    found = find(SERVICES, query, TUESDAY_MORNING)
    reach = next(f.reach for f in found if f.service.id == hub)

    assert [channel.kind for channel in reach.channels] == ["web"]
    assert "0808 168 9111" in [channel.value for channel in reach.beside]


def test_a_number_that_is_not_confirmed_is_not_shown() -> None:
    doubtful = a_service(confidence="low")
    to_check = a_service(id="b", notes="Number: check before use")

    for found in find([doubtful, to_check], Query(need="mental_physical_health"), TUESDAY_MORNING):
        assert [channel.kind for channel in found.reach.channels] == ["web"]


def test_nothing_fits_is_said_with_the_hub_and_the_national_line() -> None:
    few = [s for s in SERVICES if s.id in {"herts-beacon", "nat-victim-support", "nat-msh"}]
    query = in_herts(crime_type="theft", need="drugs_alcohol", open_now=True)

    found = find(few, query, TUESDAY_MORNING)

    assert [f.service.id for f in found] == ["nat-victim-support", "herts-beacon"]
    assert all(f.is_fallback for f in found)
    assert found[0].why.startswith("We found nothing that fits")


def test_closed_now_is_said() -> None:
    found = find(SERVICES, Query(crime_type="fraud_cyber"), london("2026-11-28 23:00"))
    report = next(f for f in found if f.service.id == "nat-report-fraud")

    assert report.open_now is False
    assert "it is closed now" in report.why
    assert report.hours_in_words.startswith("closed, opens Monday 8 am")


def test_a_women_only_service_says_so_until_the_gender_is_known() -> None:
    unknown = find(SERVICES, in_herts(crime_type="domestic_abuse"), TUESDAY_MORNING)
    men = in_herts(crime_type="domestic_abuse", audience=frozenset({"man"}))

    assert "it is for women" in next(f.why for f in unknown if f.service.id == "nat-dahelpline")
    assert "nat-dahelpline" not in ids(men, 99)


NEVER = {"nat-999", "nat-respect", "nat-safeline", "nat-stophate"}


@pytest.mark.parametrize("crime", [None, *CRIMES])
def test_emergency_closed_and_doubtful_lines_are_never_results(crime: str | None) -> None:
    everyone = frozenset({"man", "child", "lgbt", "older", "parent", "witness"})

    assert NEVER.isdisjoint(ids(in_herts(crime_type=crime, audience=everyone), 999))
    assert NEVER.isdisjoint(ids(in_cambs(crime_type=crime, text="report my rights"), 999))


@pytest.mark.parametrize(
    ("query", "first"),
    [
        (in_herts(crime_type="hate_crime", audience=frozenset({"lgbt"})), "nat-galop"),
        (in_cambs(crime_type="domestic_abuse", audience=frozenset({"deaf"})), "nat-signhealth"),
        (in_herts(crime_type="hate_crime", audience=frozenset({"jewish"})), "nat-cst"),
        (in_cambs(text="I'm deaf and my partner hits me", crime_type="domestic_abuse"),
         "nat-signhealth"),
        (in_herts(text="anyone for gay people", crime_type="hate_crime"), "nat-galop"),
        (in_cambs(crime_type="assault", languages=("lt",)), "nat-victim-support"),
    ],
)  # fmt: skip
def test_who_is_made_for_such_people_stands_first(query: Query, first: str) -> None:
    assert ids(query)[0] == first


def test_what_is_in_doubt_stands_behind_what_is_sure() -> None:
    first = ids(in_herts(crime_type="hate_crime", audience=frozenset({"muslim"})))

    assert first[0] == "herts-beacon"
    assert "nat-tellmama" in first


def test_a_service_for_one_faith_is_offered_to_nobody_else() -> None:
    for crime in CRIMES:
        found = ids(in_herts(crime_type=crime), shown=100)
        assert not {"nat-cst", "nat-tellmama"} & set(found)


def test_who_cannot_be_heard_finds_somebody_who_answers_in_writing_among_the_first() -> None:
    query = in_cambs(crime_type="burglary", no_phone=True)
    first = find(SERVICES, query, TUESDAY_MORNING, most=3)

    kinds = {channel.kind for found in first for channel in found.reach.channels}
    assert kinds & {"webchat", "text", "email"}


def test_what_shows_on_the_bill_is_left_out_when_that_matters() -> None:
    shows = a_service(id="shows", bill="shows")
    hidden = a_service(id="hidden", bill="hidden")
    query = Query(need="mental_physical_health", hidden_from_bill=True)

    reach = {f.service.id: f.reach.channels for f in find([shows, hidden], query, TUESDAY_MORNING)}

    assert [channel.kind for channel in reach["hidden"]] == ["phone", "web"]
    assert set(reach) == {"hidden"}


def test_only_so_many_as_were_asked_for_and_the_same_ones() -> None:
    query = in_herts(crime_type="domestic_abuse")
    everything = find(SERVICES, query, TUESDAY_MORNING)

    assert find(SERVICES, query, TUESDAY_MORNING, most=3) == everything[:3]
    assert len(everything) > 3


@pytest.mark.parametrize("moment", ["2026-12-25 11:00", "2026-11-29 11:00"])
def test_open_now_leaves_out_what_is_shut_on_bank_holidays_and_sundays(moment: str) -> None:
    query = in_herts(need="finance_benefits", open_now=True)

    assert all(
        found.open_now for found in find(SERVICES, query, london(moment)) if not found.is_fallback
    )
