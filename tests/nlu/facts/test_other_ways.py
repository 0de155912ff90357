"""Kinds of mistakes that were made once, each in many other ways of saying it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.nlu.facts.table import TODAY, facts, finder

# What a message asks about need not have happened.
ASKED = [
    ("who do I talk to about a burglary in my street", "crime_type", None),
    ("is there a helpline for somebody who was robbed", "crime_type", None),
    ("do they tell me if he has been charged", "reported", None),
    ("can the lads be made to say sorry instead of going to court", "reported", None),
    ("what is a victim personal statement", "reported", None),
    ("how do I complain about an officer", "reported", None),
    ("can you help me without the police being told", "reported", "does_not_want"),
    ("will you still help if I don't want the police involved", "reported", "does_not_want"),
    ("what's happening with my case", "reported", None),
]
# A trial or a sentence implies that they know; that is put to the person, not kept.
IMPLIED = [
    "he got six years for it",
    "they convicted him in the spring",
    "he's in prison for what he did to me",
    "her inquest is next week",
]
REPORTED = [
    ("the trial starts in May", "yes"),
    ("he pleaded not guilty", "yes"),
    ("my window was smashed in Royston. no police", "no"),
    ("got scammed, no police", "no"),
    ("i not call police", "no"),
    ("we not go to the police", "no"),
    ("haven't told nobody", "no"),
    ("couldn't be bothered ringing it in", "no"),
    ("not troubled the police with it", "no"),
    ("I spoke to my GP and the school, not the police", "no"),
    ("you have written that I told the police and I haven't", "no"),
    ("it says not reported but we did", "yes"),
    ("they released him under investigation", "yes"),
    ("the police helped me get out", "yes"),
    ("please, no police involvement", "does_not_want"),
]
ROLE = [
    ("someone stole my nan's purse off the table", "other"),
    ("they took two thousand pounds from my aunt", "other"),
    ("somebody put a brick through my dad's window", "other"),
    ("my sister had her phone snatched", "other"),
    ("a builder conned money out of my grandmother", "other"),
    ("my nephew was punched at the park", "other"),
    ("our granddaughter has been groomed online", "other"),
    ("my grandson lives with me and he was mugged", None),
    ("my grandson punched me", "victim"),
    ("I'm a paramedic and a man spat at me", "victim"),
    ("I'm a teacher and a pupil's dad threatened me", "victim"),
    ("my daughter is 14 and she kicks me", "victim"),
    ("my housemate keeps taking money out of my drawer", "victim"),
    ("he gave me a black eye", "victim"),
    ("I woke up and he was touching me", "victim"),
    ("I pulled over at a crash on the A10", "witness"),
    ("I watched two men kicking a lad outside the chip shop", "witness"),
    ("saw three girls hitting another one, I filmed it", "witness"),
    ("I've been called as a witness", "witness"),
    ("my boy's only nine. They pushed him over and took his scooter", "parent_guardian"),
    ("I handle everything for my dad, doing this for him as he can't see", "spokesperson"),
]
CRIME = [
    ("a man got in round the back and has been through our wardrobes", "burglary"),
    ("thief was in my room", "burglary"),
    ("they'd been inside our house, drawers everywhere", "burglary"),
    ("four boys surrounded me and took my phone", "robbery"),
    ("they dragged her to the cashpoint", "robbery"),
    ("he yanked the chain off my neck", "robbery"),
    ("rogue builders had three grand off me", "fraud_cyber"),
    ("I gave her my card details over the phone", "fraud_cyber"),
    ("we paid a deposit for a flat that does not exist", "fraud_cyber"),
    ("got my nose broken outside the pub", "assault"),
    ("I was set on by three lads", "assault"),
    ("she shoved me into a wall", "assault"),
    ("my son is 16, he punches me", "domestic_abuse"),
    ("I never said yes to it", "sexual_offence"),
    ("my naked photos are going round online", "sexual_offence"),
    ("they painted swastikas on our shop", "hate_crime"),
    ("kids shouting retard at my brother", "hate_crime"),
    ("he follows me round the supermarket", "stalking"),
    ("she rings me thirty times a day", "harassment"),
    ("our pub windows were smashed again", "business_crime"),
    ("sheep gone from the farm", "business_crime"),
    ("two lads trying car doors down our road", "vehicle_crime"),
    ("they snapped our fence", "criminal_damage"),
    ("his gravestone was kicked over", "criminal_damage"),
    ("next door's dogs bark all night", "asb"),
    ("an alsatian went for me", "other"),
    ("an older man pretending to be a girl messaged my son, he is 12", "child_abuse"),
    ("the neighbour is sitting with me", None),
]
WHEN = [
    ("a week yesterday", "2026-11-14"),
    ("a fortnight today", "2026-11-08"),
    ("the friday before halloween", "2026-10-30"),
    ("the saturday after bonfire night", "2026-11-07"),
    ("last year on christmas eve", "2025-12-24"),
    ("three years ago on halloween", "2023-10-31"),
    ("the day the clocks went back", "2026-10-25"),
    ("summer, not this one, the one before", "2025-06-01"),
    ("ages ago, it was 2018", "2018-01-01"),
]
NOT_WHEN = [
    "somebody scratched my car. my wife's mum died in 2015, she would be so cross",
    "they smashed my gate, that makes three this year",
    "my flat was burgled, I am at my sister's til saturday",
    "my bike was stolen, I finished paying it off in june",
]


@pytest.mark.parametrize(("text", "field", "value"), ASKED)
def test_what_is_asked_about_is_not_told(text: str, field: str, value: Any) -> None:
    found = finder().read(text, today=TODAY, asks=True)
    assert {fact.name: fact.value for fact in found.facts}.get(field) == value


@pytest.mark.parametrize("text", IMPLIED)
def test_a_trial_is_put_to_the_person_as_a_report(text: str) -> None:
    found = finder().read(text, today=TODAY)
    assert "reported" not in {fact.name for fact in found.facts}
    assert {fact.name: fact.value for fact in found.supposed}["reported"] == "yes"


@pytest.mark.parametrize(("text", "value"), REPORTED)
def test_whether_they_know(text: str, value: str) -> None:
    assert facts(text).get("reported") == value


@pytest.mark.parametrize(("text", "value"), ROLE)
def test_whose_it_is(text: str, value: str | None) -> None:
    assert facts(text).get("role") == value


@pytest.mark.parametrize(("text", "value"), CRIME)
def test_what_it_is(text: str, value: str | None) -> None:
    assert facts(text).get("crime_type") == value


@pytest.mark.parametrize(("text", "first"), WHEN)
def test_when_it_was(text: str, first: str) -> None:
    assert facts(text, "when")["occurred"]["from"] == first


@pytest.mark.parametrize("text", NOT_WHEN)
def test_other_times_are_not_when_it_was(text: str) -> None:
    assert "occurred" not in facts(text)
