"""A property: nothing is offered outside its area, eligibility or hours without saying so."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.directory import Found, Query, Service, find, load
from knowledge.directory.person import read
from knowledge.directory.snapshot import Services
from knowledge.directory.wording import table
from knowledge.places import reading
from tests.benchmarks.many_services import made_up

from .builders import CRIMES, london, made_up_feed, taken_in

SERVICES = Services(load().services)
IMPORTED = Services([*SERVICES, *taken_in(made_up_feed(400))])
MANY = Services(made_up(600))
ALL = {"ours": SERVICES, "with a feed": IMPORTED, "made up": MANY}
AREAS = {"hertfordshire": "hertfordshire", "cambridgeshire": "cambridgeshire-peterborough"}
DISTRICTS = {
    reading.slug(row["name"]): row["county"]
    for row in reading.rows("places.csv")
    if row["kind"] == "district"
}
NEEDS = sorted({need for service in SERVICES for need in service.needs})
GROUPS = ["man", "woman", "child", "lgbt", "deaf", "older", "young", "parent", "witness", "muslim"]

places = st.one_of(
    st.just((None, None)),
    st.sampled_from([(None, county) for county in AREAS]),
    st.sampled_from(
        [(d, next(c for c, a in AREAS.items() if a == DISTRICTS[d])) for d in DISTRICTS]
    ),
)
moments = st.integers(0, 60 * 24 * 400).map(
    lambda minutes: london("2026-01-01 00:00") + timedelta(minutes=minutes)
)


@st.composite
def queries(draw: st.DrawFn) -> Query:
    district, county = draw(places)
    return Query(
        need=draw(st.none() | st.sampled_from(NEEDS)),
        crime_type=draw(st.none() | st.sampled_from(CRIMES)),
        district=district,
        county=county,
        audience=draw(st.frozensets(st.sampled_from(GROUPS), max_size=3)),
        age=draw(st.none() | st.integers(5, 95)),
        unreported_only=draw(st.booleans()),
        no_phone=draw(st.booleans()),
        hidden_from_bill=draw(st.booleans()),
        open_now=draw(st.booleans()),
        languages=draw(st.sampled_from([(), ("en",), ("pl",), ("bsl", "ur")])),
        text=draw(st.sampled_from(["", "", "for men", "is there karma nirvana", "helper 7"])),
    )


@pytest.mark.parametrize("which", ALL)
@settings(max_examples=150, deadline=None)
@given(query=queries(), at=moments)
def test_nothing_unfit_is_ever_offered(which: str, query: Query, at: datetime) -> None:
    found = find(ALL[which], query, at)

    assert found or which == "made up"  # which has no hub and no national line
    for one in found:
        assert lies_within(one.service, query)
        assert age_fits_or_is_said(one, query)
        assert gender_fits_or_is_said(one, query)
        assert hours_are_said(one, at)
        assert numbers_are_safe(one, query)
        assert open_now_or_is_said(one, query)
        assert not (query.unreported_only and one.service.report_needed)
        assert "999" not in {channel.value for channel in one.reach.channels}
        assert language_fits_or_is_said(one, query)
        assert groups_fit(one, query)


def open_now_or_is_said(one: Found, query: Query) -> bool:
    """Open when that was wanted, or it says that its hours are not confirmed."""
    is_open = one.open_now is True or one.is_fallback
    return not query.open_now or is_open or "should be open" in one.hours_in_words


@pytest.mark.parametrize("which", ALL)
@settings(max_examples=150, deadline=None)
@given(query=queries(), at=moments)
def test_the_index_finds_what_looking_at_each_finds(
    which: str, query: Query, at: datetime
) -> None:
    plain = find(tuple(ALL[which]), query, at)

    assert find(ALL[which], query, at) == plain
    assert find(ALL[which], query, at, most=3) == plain[:3] or plain[0].is_fallback


@settings(max_examples=100, deadline=None)
@given(query=queries(), at=moments)
def test_why_is_one_sentence_without_gaps(query: Query, at: datetime) -> None:
    for one in find(SERVICES, query, at):
        assert one.why.endswith(".")
        assert one.why.count(".") == (2 if one.is_fallback else 1)
        assert not set("{}_") & set(one.why)


# What people say of themselves -> gender, age from and to, and the groups they belong to.
WHO: dict[str, tuple[str | None, int, int, frozenset[str]]] = {
    "for a man": ("man", 0, 120, frozenset()),
    "for women": ("woman", 0, 120, frozenset()),
    "I'm a gay man": ("man", 0, 120, frozenset({"lgbt"})),
    "I am 8": (None, 8, 8, frozenset({"child", "young"})),
    "I'm 15": (None, 15, 15, frozenset({"child", "young"})),
    "I'm 84": (None, 84, 84, frozenset({"older"})),
    "for my 84 year old aunt": (None, 60, 120, frozenset({"older"})),
    "in sign language": (None, 0, 120, frozenset({"deaf"})),
    "we are Jewish": (None, 0, 120, frozenset({"jewish"})),
    "we are Muslim": (None, 0, 120, frozenset({"muslim"})),
}
WHAT = [
    "a burglary", "a mugging", "rape", "domestic abuse", "stalking", "a hate crime", "a scam",
    "child abuse", "a forced marriage", "graffiti", "a murder", "modern slavery",
]  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(
    who=st.sampled_from(sorted(WHO)), what=st.sampled_from(WHAT), place=places, at=moments
)  # fmt: skip
def test_what_the_words_say_of_a_person_rules_out_who_is_for_others(
    who: str, what: str, place: tuple[str | None, str | None], at: datetime
) -> None:
    gender, low, high, groups = WHO[who]
    query = Query(text=f"help after {what}, {who}", district=place[0], county=place[1])
    implied = read(Query(text=f"help after {what}")).groups

    for one in find(SERVICES, query, at):
        eligible = one.service.eligible
        assert lies_within(one.service, query)
        assert gender is None or eligible.gender in {None, gender}
        assert eligible.min_age <= high
        assert eligible.max_age >= low
        assert not eligible.groups or eligible.groups & (groups | implied)


AIMS = sorted({row["aim"] for row in table("aims.csv")})
VIOLENT = {"violence", "sexual_violence", "child_abuse", "homicide_bereavement", "terrorism",
           "domestic_abuse"}  # fmt: skip
OF_PARTNERS = {
    one.id for one in SERVICES
    if one.eligible.gender and one.crime_types[:1] == ("domestic_abuse",)
}  # fmt: skip
# A need alone says nothing of these crimes.
FOR_ONE_CRIME = OF_PARTNERS | {
    "nat-karma",
    "nat-fmu",
    "nat-truehonour",
    "nat-msh",
    "nat-salvation",
    "nat-brake",
    "nat-dahelpline",
    "herts-safer-places",
}
OF_CHILDREN = {"herts-children", "cambs-children", "pboro-children", "nat-nspcc"}
ABOUT_CHILDREN = {"child_abuse", "child_exploitation"}


@settings(max_examples=300, deadline=None)
@given(query=queries(), at=moments, aim=st.sampled_from(AIMS), odds=st.floats(0.3, 1.0))
def test_whatever_a_wish_seems_to_be_after_nobody_is_led_to_who_is_for_others(
    query: Query, at: datetime, aim: str, odds: float
) -> None:
    query = replace(query, aims=((aim, odds),))
    person = read(query)
    is_child = person.ages[1] < 18
    child_is_meant = is_child or "parent" in person.groups or person.terms & ABOUT_CHILDREN

    for one in find(SERVICES, query, at):
        eligible, id_ = one.service.eligible, one.service.id
        assert lies_within(one.service, query)
        assert eligible.min_age <= person.ages[1]
        assert person.ages[0] <= eligible.max_age
        assert not (eligible.gender and person.genders and eligible.gender not in person.genders)
        assert groups_fit(one, query)
        assert not (id_ in OF_PARTNERS and is_child and person.ages[0] < 16)
        assert not (id_ in OF_CHILDREN and not child_is_meant)
        assert not (id_ == "nat-cica" and person.terms and not person.terms & VIOLENT)
        assert not (id_ == "nat-respect" and "nat-respect" not in person.asked)


@pytest.mark.parametrize(
    ("query", "never"),
    [
        (Query(text="I'm only fifteen and he hits her", crime_type="domestic_abuse"), OF_PARTNERS),
        (Query(text="I'm twelve", crime_type="domestic_abuse"), OF_PARTNERS),
        (Query(crime_type="robbery"), {"nat-cica"}),
        (Query(crime_type="burglary", aims=(("compensation", 1.0),)), {"nat-cica"}),
        (Query(crime_type="domestic_abuse"), {"nat-karma", "nat-fmu", "nat-truehonour"}),
        (Query(aims=(("child_images", 0.95),)), {"nat-nspcc", "nat-rasasc", "nat-childline"}),
        (Query(aims=(("own_abuse", 0.4),)), {"nat-respect"}),
        (Query(text="who can help with new locks"), FOR_ONE_CRIME),
        (Query(need="finance_benefits"), FOR_ONE_CRIME),
    ],
)
def test_who_is_never_shown(query: Query, never: set[str]) -> None:
    shown = {one.service.id for one in find(SERVICES, query, london("2026-11-24 10:40"))}

    assert not shown & never


def lies_within(service: Service, query: Query) -> bool:
    if service.area == "national":
        return True
    if service.area == "district":
        return query.district in service.districts
    in_county = AREAS.get(query.county or "") == service.area
    in_district = query.district is None or not service.districts
    return in_county and (in_district or query.district in service.districts)


def age_fits_or_is_said(one: Found, query: Query) -> bool:
    low, high = one.service.eligible.min_age, one.service.eligible.max_age
    if query.age is not None:
        return low <= query.age <= high
    query = read(query).query
    said_low = not low or f"{low} or over" in one.why or {"older"} & query.audience
    said_high = high >= 120 or f"{high} or under" in one.why or {"child", "young"} & query.audience
    return bool(said_low and said_high)


def gender_fits_or_is_said(one: Found, query: Query) -> bool:
    gender = one.service.eligible.gender
    known = read(query).genders & {"man", "woman"}
    if gender is None or gender in known:
        return True
    return not known and f"it is for {'women' if gender == 'woman' else 'men'}" in one.why


def groups_fit(one: Found, query: Query) -> bool:
    """Only what is offered to nobody in particular, or said, goes to whom we do not know."""
    person = read(query)
    groups = one.service.eligible.groups
    return not groups or bool(groups & person.groups)


def language_fits_or_is_said(one: Found, query: Query) -> bool:
    if not query.languages or "en" in query.languages:
        return True
    offered = " ".join(one.service.languages).lower()
    spoken = ("polish", "british sign", "urdu", "interpreter", "many", "line", "45+", "200+")
    return any(word in offered for word in spoken) or "speaks your language" in one.why


def hours_are_said(one: Found, at: datetime) -> bool:
    state = one.service.hours.at(at)
    if state.open_now is False and "it is closed now" not in one.why:
        return False
    return one.open_now is state.open_now and one.hours_in_words == state.words


def numbers_are_safe(one: Found, query: Query) -> bool:
    kinds = {channel.kind for channel in (*one.reach.channels, *one.reach.beside)}
    if query.no_phone and "phone" in kinds:
        return False
    if query.hidden_from_bill and "phone" in kinds and one.service.bill != "hidden":
        return False
    own = {channel.kind for channel in one.reach.channels}
    return one.service.confidence != "low" or own <= {"web"}
