"""One kind of need, said in many ways: what is read in the words, and who is found first."""

from __future__ import annotations

import pytest

from knowledge.directory import Query, find, load
from knowledge.directory.person import read
from knowledge.directory.snapshot import Services

from .builders import TUESDAY_MORNING, in_cambs, in_herts, london

SERVICES = Services(load().services)


def ids(query: Query) -> list[str]:
    return [found.service.id for found in find(SERVICES, query, TUESDAY_MORNING)][:3]


CRIMES = {
    "domestic_abuse": [
        "can I get help without my partner finding out",
        "my husband reads all my texts and I need someone",
        "the way my boyfriend treats me isn't right, who do I talk to",
        "he's my husband and he checks my phone",
        "I don't want my wife to know I called",
        "somebody who helps when your partner goes through your emails",
        "scared my other half will see me looking for help",
        "my boyfriend is always watching me",
        "is there a domestic person in ely",
        "I finally left after 12 years with him",
        "being married to him 20 years, I want my life back",
        "my kids saw him hitting me",
        "the children heard him beat me",
    ],
    "child_abuse": [
        "I'm worried about a child in my street",
        "worried about next door's kids",
        "concerned about my neighbour's little boy",
        "little girl across the road is left on her own at night",
        "I think my neighbour's child isn't being fed",
        "there's a baby crying for hours and nobody home",
        "my ten year old lad was touched by a man",
    ],
    "older_or_at_risk_adult": [
        "my mum's carer doesn't wash her",
        "the carer never gives him his tablets",
        "an old lady is being bullied by her carer",
        "people are taking advantage of my brother who has learning disabilities",
        "lads have moved in with a man with learning difficulties",
        "the carer shoved my nan",
    ],
    "modern_slavery": [
        "I was forced to work for no money",
        "they force me to work every day",
        "my cousin works for nothing in a nail bar",
    ],
    "honour_based_abuse": [
        "they are sending my sister to Pakistan to get married",
        "my parents want to take me abroad for a wedding I don't want",
    ],
}


@pytest.mark.parametrize(
    ("crime", "words"), [(crime, one) for crime, said in CRIMES.items() for one in said]
)
def test_what_happened_is_read_in_many_words(crime: str, words: str) -> None:
    assert crime in read(Query(text=words)).terms


@pytest.mark.parametrize(
    "words",
    [
        "my husband and I were burgled and want advice",
        "my wife and I want to know about our rights",
        "the washing machine people, a domestic appliance firm, took my money",
        "my partner will ring you tomorrow",
        "I used to work for the council",
        "I'm worried about my own safety",
        "I get on well with my in-laws",
    ],
)
def test_a_partner_or_a_neighbour_who_is_only_named_is_no_crime(words: str) -> None:
    terms = read(Query(text=words)).terms

    assert not terms & {"domestic_abuse", "child_abuse", "modern_slavery"}


ONE_THING = {
    "nat-respect": [
        "I've hit my girlfriend and I need help",
        "I'm the one who is violent at home",
        "help for men who hit their wives",
        "I want to stop hurting my partner",
        "I don't want to be an abusive husband anymore",
        "I keep losing my temper with my wife",
        "how do I change the way I treat my wife",
    ],
    "nat-vcs": [
        "he's in prison for 3 years, will someone tell me before he gets out",
        "she was sentenced, I want to know when she is released",
        "he got six years. who lets me know when he's coming out",
        "I'd want a warning before he's free again, he was sent down for 2 years",
    ],
    "nat-btp": [
        "my phone was stolen at the station, who do I report to",
        "which police deal with trains",
        "robbed on the platform who do I tell",
    ],
    "nat-crimestoppers": [
        "I know who did it but don't want my name in it",
        "can I say who did it without police at my door",
        "tell someone who did this without giving my name",
    ],
    "nat-my-support-space": [
        "any self help to read by myself",
        "I'd rather read about coping on my own",
    ],
    "nat-stepchange": [
        "since the scam my credit cards are maxed out",
        "debt collectors write to me since the scam",
        "behind with the rent after the fraud",
    ],
    "nat-true-vision": [
        "where can I report a hate crime online",
        "how do I report racist abuse without ringing anyone",
    ],
    "nat-159": ["I just gave a scammer my bank details"],
}


@pytest.mark.parametrize(
    ("service", "words"), [(id_, one) for id_, said in ONE_THING.items() for one in said]
)
def test_who_asks_for_one_thing_in_any_words_is_led_to_it(service: str, words: str) -> None:
    assert ids(in_herts(text=words))[0] == service


VICTIMS_OF_SOMEONE = [
    "he hit me, I hit him back",
    "I'm the one who got hurt",
    "my husband is the one who hits",
    "he loses his temper with me",
    "is there help for women whose husband hits them",
    "someone who hits people robbed me",
    "my partner",
]


@pytest.mark.parametrize("words", VICTIMS_OF_SOMEONE)
def test_the_line_for_who_hurts_others_goes_to_nobody_else(words: str) -> None:
    query = in_herts(text=words, crime_type="domestic_abuse")

    assert "nat-respect" not in [one.service.id for one in find(SERVICES, query, TUESDAY_MORNING)]


@pytest.mark.parametrize("words", ["I'm Deaf, my husband hits me", "I use BSL. he beats me"])
def test_a_deaf_person_is_not_sent_to_a_line_that_must_be_heard(words: str) -> None:
    for found in find(SERVICES, in_herts(text=words), TUESDAY_MORNING):
        assert "phone" not in {channel.kind for channel in found.reach.channels}


def test_a_service_for_the_young_without_a_known_limit_is_for_children_only() -> None:
    grown_up = in_herts(text="photos of me naked", crime_type="sexual_offence", age=25)

    assert "herts-ypisva" not in ids(grown_up)


def test_damage_to_a_home_leads_to_the_lines_for_any_crime_under_no_false_need() -> None:
    found = find(SERVICES, in_cambs(text="my damaged door"), TUESDAY_MORNING)
    line = next(one for one in found if one.service.id == "nat-victim-support")

    assert "shelter_accommodation" not in line.service.needs
    assert "a safe place to live" not in line.why


def test_who_is_robbed_by_phone_at_night_gets_159_and_is_told_that_its_hours_are_unsure() -> None:
    query = in_herts(text="they are emptying my account right now", open_now=True)

    first = find(SERVICES, query, london("2026-11-24 23:30"))[0]

    assert first.service.id == "nat-159"
    assert first.open_now is None
    assert "not confirmed" in first.hours_in_words


def test_a_debt_from_a_scam_leads_to_those_who_know_debts() -> None:
    query = in_herts(text="debt advice after a romance scam", crime_type="fraud_cyber")

    assert ids(query)[:2] == ["nat-stepchange", "nat-debtline"]
