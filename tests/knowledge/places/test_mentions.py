"""Places in running text, and words that only look like them."""

from __future__ import annotations

import time

import pytest

from knowledge.places import Gazetteer

GAZETTEER = Gazetteer.load()

PLACES = [
    ("some lad nicked my bike outside hitchin station", "north-hertfordshire"),
    ("I live in March and my shed was done over", "fenland"),
    ("im from march, near the station", "fenland"),
    ("we got burgled in Ware last night", "east-hertfordshire"),
    ("i live in ware", "east-hertfordshire"),
    ("we got burgled in ware last night", "east-hertfordshire"),
    ("mugged in ware yesterday", "east-hertfordshire"),
    ("happened near royston", "north-hertfordshire"),
    ("i live in Over near Swavesey", "south-cambridgeshire"),
    ("my nan lives in eye", "peterborough"),
    ("staying at a mates in St. Neots atm", "huntingdonshire"),
    ("it was at the bus stop in stevanage", "stevenage"),
    ("outside the asda in HATFIELD", "welwyn-hatfield"),
    ("moved to Ely in March", "east-cambridgeshire"),
    ("hemel hempstead, by the river", "dacorum"),
    ("my flat in Bishop's Stortford", "east-hertfordshire"),
    ("living in Ramsey with my mum", "huntingdonshire"),
    ("we live in barley", "north-hertfordshire"),
    ("It was in the village of Melbourn, outside the chemist's.", "south-cambridgeshire"),
    ("behind the leisure centre, Ware", "east-hertfordshire"),
    ("Sainsbury's car park, Royston", "north-hertfordshire"),
    ("I breed Labradors, Meldreth way", "south-cambridgeshire"),
    ("we drove up from Ware with the car full", "east-hertfordshire"),
    ("We came to Ramsey in 2019", "huntingdonshire"),
    ("bottle thrown at me in March (the town)", "fenland"),
    ("just outside of ely", "east-cambridgeshire"),
    ("it happened on Bedford Street in Cambridge", "cambridge"),
    ("its in pe13 in wisbech", "fenland"),
]

NO_PLACES = [
    "it happened in march",
    "it started last March and went on until April",
    "since march 2024 he has been following me",
    "he came to the house in March",
    "from March to May",
    "i didnt know ware he was",
    "i was not aware of it",
    "he was all over me",
    "it is over",
    "threatened over and over on whatsapp",
    "punched me in the eye",
    "i couldnt reach the phone",
    "i can barely sleep aswell",
    "Royston hit me",
    "my ex Ashley keeps texting",
    "I'm scared of Milton, he lives upstairs",
    "Hilton's mates came round",
    "a lad called Elton shouted at me",
    "i was in the bath",
    "im not reading his messages",
    "he is barking mad",
    "he was hitching a lift",
    "I've 14 staff. Over the last year it got worse",
    "watford way was closed",
    "It was the fourteenth of March, a Thursday.",
    "i haven't left the house on my own since March",
    "He fractured my cheek in March.",
    "cambridge road is dark",
    "i cant deal with this",
    "someone is stalking me and standing outside the house",
    "they went on a ridge walk",
    "they took my wedding ring and 400 pounds",
]


@pytest.mark.parametrize(("sentence", "district"), PLACES)
def test_a_place_is_found(sentence: str, district: str) -> None:
    places = [mention.resolution.place for mention in GAZETTEER.mentions(sentence)]

    assert district in [place.district for place in places if place]


@pytest.mark.parametrize("sentence", NO_PLACES)
def test_an_ordinary_word_is_no_place(sentence: str) -> None:
    assert GAZETTEER.mentions(sentence) == ()


@pytest.mark.parametrize(("sentence", "_"), PLACES)
def test_a_mention_stands_where_it_says(sentence: str, _: str) -> None:
    for mention in GAZETTEER.mentions(sentence):
        assert (
            sentence[mention.start : mention.end] == mention.as_said
            or mention.as_said[-1].isdigit()
        )


def test_two_places_in_one_answer_are_asked_about() -> None:
    answer = GAZETTEER.resolve("somewhere between Hitchin and Stevenage")

    assert answer.must_ask
    assert {place.name for place in answer.candidates} == {"Hitchin", "Stevenage"}


def test_here_and_elsewhere_in_one_answer_are_asked_about() -> None:
    answer = GAZETTEER.resolve("i live in Stevenage but it was in Luton")

    assert answer.place is None
    assert not answer.outside


@pytest.mark.parametrize(
    ("said", "county"), [("herts", "hertfordshire"), ("Cambs", "cambridgeshire")]
)
def test_a_county_alone_has_no_district(said: str, county: str) -> None:
    place = GAZETTEER.resolve(said).one()

    assert (place.county, place.district) == (county, None)


def test_a_month_is_no_answer_to_where() -> None:
    assert not GAZETTEER.resolve("it was in March").known
    assert GAZETTEER.resolve("March").one().district == "fenland"


def test_a_long_message_is_read_quickly() -> None:
    message = "he kept shouting at me near the shops in stevanage and then followed me home. " * 50
    before = time.perf_counter()

    GAZETTEER.mentions(message[:4000])

    assert time.perf_counter() - before < 1.0
