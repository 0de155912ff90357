"""Facts told beside other things: of somebody else, put right, or about another matter."""

from __future__ import annotations

from typing import Any

import pytest

from nlu.facts import crime
from nlu.facts.plain import Plain
from tests.nlu.facts.table import TODAY, facts, finder, reading

WHERE = [
    ("van broken into. royston. not rung anyone", "north-hertfordshire"),
    ("My aunt's bungalow in Buntingford was ransacked", "east-hertfordshire"),
    ("someone pinched my granddad's mower, Soham, yesterday", "east-cambridgeshire"),
    ("it was in Hertford, no sorry, Hoddesdon", "broxbourne"),
    ("my neighbour in Tring had her bins set alight", "dacorum"),
    ("burgled. Melbourn. police have been", "south-cambridgeshire"),
    ("my best mate in Royston got jumped", "north-hertfordshire"),
    ("We are a Jewish family living in Elstree. A swastika was sprayed on our gate", "hertsmere"),
    ("I was at a wedding in a hotel in Tring and somebody has taken my coat", "dacorum"),
    ("someone set light to the bins thursday night. im in march. my shed is gone", "fenland"),
    (
        "We live in Hemel, by some garages, been here since 1998. It was mopeds all night",
        "dacorum",
    ),
]
NOT_WHERE = [
    "my uncle hurt me when I was nine. I live in St Neots now",
    "it happened at school in the eighties, I'm in Letchworth now",
    "somebody stole our Yorkshire terrier",
    "the children are too scared to sleep in their beds",
    "he took 50 bucks off me",
    "my friend, Ashley, was robbed",
    "somebody nicked my bag. thanks, Ashley",
    "he lives in Watford, my ex",
    "they broke in back in 2022 and I've moved to Cambridge since",
]
WHEN = [
    ("a week ago today someone smashed my fence", "2026-11-15"),
    ("it's two years today that a driver killed my brother", "2024-11-22"),
    ("six months yesterday our shop was robbed", "2026-05-21"),
    ("it'll be ten years on Wednesday since Mum was killed by a lorry", "2016-11-25"),
    ("she throws things, last night it was the kettle. been going on for ages", "2026-11-21"),
    ("between the 3rd and the 8th our shed was emptied", "2026-11-03"),
    ("my till was emptied on Friday", "2026-11-20"),
    ("on the 12th, or really the early hours of the 13th, they smashed our door", "2026-11-13"),
    ("since around Easter he has been following me", "2026-04-03"),
    ("it happened back in March and I still shake", "2026-03-01"),
    ("Monday a man on the bus told me to get out of his country and hit me", "2026-11-16"),
]
NOT_WHEN = [
    "he hit me and now there is no money for the rent on the 1st",
    "he used to hit me, I left in June",
    "the flat below was torched and we have nowhere to go after Wednesday",
    "my car was keyed. we went to the station on Tuesday about it",
    "they shout at us every Friday and Saturday",
    "I was robbed in 2018, but this time it's my son",
    "it was in March, the town, not the month",
    "my uncle was killed by his lodger, the trial's in May",
]
REPORTED = [
    ("my gran was tricked, nobody's told the police", "no"),
    ("I haven't phoned it in yet", "no"),
    ("I was going to report it but never got round to it", "no"),
    ("rang 101 and hung up after half an hour", "no"),
    ("you're the first I've told", "no"),
    ("I was hit. I've not been to the police and I don't want to.", "does_not_want"),
    ("I would rather they didn't know", "does_not_want"),
    ("my sister phoned it in", "yes"),
    ("transport police have it", "yes"),
    ("Action Fraud logged it", "yes"),
    ("he doesn't want the police told", "does_not_want"),
    ("Nobody knows and nobody can", "does_not_want"),
    ("should I phone it in?", None),
    ("I gave a statement about somebody else", None),
]
ROLE = [
    ("Gran's been getting calls from a man saying he's from the bank", "other"),
    ("My grandad handed his card to a courier", "other"),
    ("our Bengali neighbours get stones thrown at their door", "other"),
    ("I'm getting in touch about my in-laws, their shed was torched", "other"),
    ("my workmate's brother was killed, how do I support her", "other"),
    ("not me, my husband, they beat him up", "other"),
    ("my little brother, he's 8, his coach hits him", "other"),
    ("a neighbour asked me to message you for her", "other"),
    ("I'm typing for Reg across the road, his mower was taken", "other"),
    ("My dad is 79 and a caller had money out of his account. I'm his son", "other"),
    ("she has asked me to get in touch as her key worker", "spokesperson"),
    ("the lady in number 4 is upset, on behalf of all the residents I write", "spokesperson"),
    ("I'm the caretaker at the hall and our windows were smashed", "business_contact"),
    ("I run the bakery and the same man empties the shelf", "business_contact"),
    ("we farm by the river, our quad has gone", "business_contact"),
    ("I'm her foster mum, she's 15 and meets grown men", "parent_guardian"),
    ("a man keeps following my daughter home from school", "parent_guardian"),
    ("I was sat on the wall opposite when they punched him", "witness"),
    ("I was the one who called the ambulance for that lad", "witness"),
    ("I'm writing about my late sister", "bereaved_relative"),
    ("my brother keeps hitting me", "victim"),
    ("my mum's house is my home and they broke my window", "victim"),
]
SAFE = [
    ("we're all inside and okay, just shaken", True),
    ("nobody got hurt and he has been locked up since", True),
    ("I'm at my sister's tonight", True),
    ("I'm not in danger, I'm with my parents", True),
    ("I'm at my sister's tonight but he knows where she lives", None),
    ("we're all inside but he'll come back", None),
    ("I'm at home and he keeps ringing", None),
    ("he's locked up", None),
]
NO_WISH = [
    "two lads took my phone off me by the bus stop on Friday evening, please be quick",
    "my phone was snatched out of my hand by a boy on a bike, in the morning",
]
NOT_NAMED = [
    ("I thought we'd been burgled but no, the cat had knocked it over", "burglary"),
    ("they call it theft but he pushed me down for it", "theft"),
    ("it wasn't a burglary, they had a key", "burglary"),
]


@pytest.mark.parametrize(("text", "district"), WHERE)
def test_where_it_was(text: str, district: str) -> None:
    assert facts(text)["place"]["district"] == district


@pytest.mark.parametrize("text", NOT_WHERE)
def test_other_places_are_not_where_it_was(text: str) -> None:
    assert "place" not in facts(text)


@pytest.mark.parametrize(("text", "first"), WHEN)
def test_when_it_was(text: str, first: str) -> None:
    assert facts(text)["occurred"]["from"] == first


@pytest.mark.parametrize("text", NOT_WHEN)
def test_other_times_are_not_when_it_was(text: str) -> None:
    assert "occurred" not in facts(text)


@pytest.mark.parametrize(("text", "value"), REPORTED)
def test_whether_they_know(text: str, value: str | None) -> None:
    assert facts(text).get("reported") == value


@pytest.mark.parametrize(("text", "value"), ROLE)
def test_whose_it_is(text: str, value: str) -> None:
    assert facts(text).get("role") == value


@pytest.mark.parametrize(("text", "value"), SAFE)
def test_safety_counts_where_it_is_plain(text: str, value: bool | None) -> None:
    assert facts(text).get("safe_now") is value


@pytest.mark.parametrize(("text", "named"), NOT_NAMED)
def test_what_it_only_seemed_to_be_is_not_named(text: str, named: Any) -> None:
    hit = crime.named(Plain(text))
    assert hit is None or hit.group.name != named


@pytest.mark.parametrize("text", NO_WISH)
def test_a_phone_that_was_taken_is_no_way_to_get_in_touch(text: str) -> None:
    assert "contact" not in facts(text)


def test_the_hour_of_what_happened_is_no_hour_to_get_in_touch() -> None:
    told = facts(
        "we were burgled on Friday night, all indoors and okay. You can email me any time."
    )
    assert told["contact"]["safe_times"] == "any time"
    assert "safe_times" not in facts("burgled on Friday night. Please email me.")["contact"]


@pytest.mark.parametrize("question", ["confirm_summary", "consent"])
def test_a_way_is_put_right_where_it_is_shown(question: str) -> None:
    assert facts("email, anytime", question)["contact"] == {
        "how": "email",
        "safe_times": "anytime",
    }


def test_who_would_rather_not_say_is_heard_in_what_follows() -> None:
    told = reading("I'd rather not say what he did. The police know about it since Monday.")
    assert {fact.name for fact in told.facts} >= {"reported"}


@pytest.mark.parametrize(
    ("text", "district"),
    [
        ("Dad has been sending money to a woman he met online. He's in Harpenden", "st-albans"),
        ("My sister's ex sits outside her house in Rickmansworth", "three-rivers"),
        ("My nan was conned. She's in Chatteris and won't leave the house", "fenland"),
        ("I was mugged. My dad lives in Harpenden", None),
        ("My sister was attacked by a man. He's from Hitchin", None),
        ("we had our bikes stolen down Ramsey way", "huntingdonshire"),
        ("my son was robbed walking home from school in Shephall", "stevenage"),
        ("I own the shop in March high street, the till was emptied", "fenland"),
    ],
)
def test_where_it_was_beside_somebody_else(text: str, district: str | None) -> None:
    place = facts(text).get("place")
    assert (place or {}).get("district") == district


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("tyres slashed on the drive again overnight", "victim"),
        ("three lads chucked eggs at the window of the flat", "victim"),
    ],
)
def test_a_crime_with_nobody_else_in_it_is_the_writers_own(text: str, role: str) -> None:
    odds = {"role": [("none", 0.6), ("victim", 0.15)], "crime_type": [("criminal_damage", 0.9)]}
    found = finder().read(text, today=TODAY, odds=odds)
    assert {fact.name: fact.value for fact in found.facts}.get("role") == role


@pytest.mark.parametrize(
    "text",
    [
        "I saw them slash the tyres of a car",
        "my neighbour's tyres were slashed",
        "tyres slashed at the shop",
    ],
)
def test_a_crime_with_somebody_else_in_it_is_not(text: str) -> None:
    odds = {"role": [("none", 0.6), ("victim", 0.15)], "crime_type": [("criminal_damage", 0.9)]}
    found = finder().read(text, today=TODAY, odds=odds)
    assert "victim" not in {fact.value for fact in found.facts if fact.name == "role"}


PUT_RIGHT_PLACES = [
    ("peterborough. nah wait ive moved, ramsey", "huntingdonshire"),
    ("ely, no hang on, hitchin", "north-hertfordshire"),
    ("wait no, watford", "watford"),
    ("Royston. That's where I live! It was in Hertford", "east-hertfordshire"),
    ("ely, it was by the station", "east-cambridgeshire"),
]


@pytest.mark.parametrize(("said", "district"), PUT_RIGHT_PLACES)
def test_a_place_is_put_right_in_the_same_breath(said: str, district: str) -> None:
    assert facts(said, "where")["place"]["district"] == district


@pytest.mark.parametrize(
    ("said", "town"),
    [
        ("My allotment shed in March was set on fire at Halloween", True),
        ("The neighbours in March threw eggs at us on Friday", True),
        ("I was robbed on Friday. My shop in March is a wreck", True),
        ("I bought my house in March and on Friday it was burgled", False),
        ("We were burgled in March and again on Friday", False),
    ],
)
def test_beside_another_day_a_thing_in_march_stands_in_the_town(said: str, town: bool) -> None:
    told = facts(said)
    assert (told.get("place") or {}).get("as_said") == ("March" if town else None)
    assert "march" not in told["occurred"]["as_said"].lower()


def test_a_day_is_put_right_whatever_was_asked() -> None:
    said = "I see it wasn't Halloween, it was the night before, the 30th of October"
    assert facts(said, "needs")["occurred"]["from"] == "2026-10-30"
    assert "occurred" not in facts("I slept badly on the 30th of October", "needs")


@pytest.mark.parametrize(
    ("said", "district"),
    [
        ("The family I work for in Harpenden do not let me go out", "st-albans"),
        ("my purse was lifted on the bus between Ely and Littleport", None),
        ("the shop between Ely and Littleport was robbed", "east-cambridgeshire"),
    ],
)
def test_where_one_works_counts_and_two_ends_of_a_way_do_not(
    said: str, district: str | None
) -> None:
    assert (facts(said).get("place") or {}).get("district") == district


def test_a_no_before_a_question_stays_a_no() -> None:
    guessed = {"reported": [("yes", 0.95)]}
    said = ("No. Is it a crime if it is only words?", "No. My mum did it for me")
    told = [
        {fact.name: fact.value for fact in finder().read(
            one, question="reported", today=TODAY, odds=guessed).facts}["reported"]
        for one in said
    ]  # fmt: skip
    assert told == ["no", "yes"]
