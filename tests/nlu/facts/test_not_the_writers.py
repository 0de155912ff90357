"""What befell a stranger, an animal or nobody is not taken for the writer's own."""

from __future__ import annotations

from typing import Any

import pytest

from tests.nlu.facts.table import TODAY, facts, finder

SURE = {"role": [("victim", 0.7), ("none", 0.2)], "crime_type": [("assault", 0.9)]}
NO_CRIME = {"role": [("victim", 0.7), ("none", 0.2)], "crime_type": [("assault", 0.05)]}
STRANGERS = [
    (
        "some lads had the badges off a car outside the bank, not my car, I was only passing",
        "witness",
    ),
    ("two boys were kicking an old man by the lake and I shouted at them", "witness"),
    ("a girl was punched in front of us at the fair", "witness"),
    ("a waitress got slapped at the next table, we were sitting right there", "witness"),
    ("someone has broken the window of a van down the road. it is not ours", None),
    ("they robbed the elderly couple in the corner house", None),
    ("on the platform a man was twisting a small boy's ear, I pulled the alarm", "witness"),
    ("from my landing I see the fella opposite drag his wife in by the hair", "witness"),
    ("two lads on the bus flicked matches at a lady's scarf and nobody moved", "witness"),
]
OWN = [
    "two lads kicked me and then a man who tried to help me",
    "I was sat at the lights when the driver behind punched me",
    "a man pushed a woman over and grabbed my bag",
    "it was not my fault, he hit me",
    "on the bus a man shouted at his girlfriend and then he hit me",
]


def role(text: str, odds: Any, question: str | None = None) -> Any:
    found = finder().read(text, question=question, today=TODAY, odds=odds)
    return {fact.name: fact.value for fact in found.facts}.get("role")


@pytest.mark.parametrize(("text", "value"), STRANGERS)
def test_a_strangers_harm_is_not_the_writers(text: str, value: str | None) -> None:
    assert role(text, SURE) == value


@pytest.mark.parametrize("text", OWN)
def test_harm_of_ones_own_beside_a_stranger_is(text: str) -> None:
    assert role(text, SURE) == "victim"


def test_what_befell_a_stranger_is_not_put_to_the_writer_as_theirs() -> None:
    unsure = SURE | {"role": [("none", 0.5), ("victim", 0.4)]}
    found = finder().read("they robbed the elderly couple next door", today=TODAY, odds=unsure)
    assert "role" not in {fact.name for fact in (*found.facts, *found.supposed)}


@pytest.mark.parametrize("text", ["right, that is me off now", "I need to put the tea on"])
def test_who_tells_of_no_crime_is_no_victim(text: str) -> None:
    assert role(text, NO_CRIME) is None
    assert role(text, NO_CRIME, "role") == "victim"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("the farmer up the lane starves his horses", "other"),
        ("he was kicking his dog all down the path", "other"),
        ("he kicked the dog and hit me", "assault"),
        ("lads kicked the dog walker to the ground", "assault"),
    ],
)
def test_cruelty_to_animals_is_of_no_type(text: str, value: str) -> None:
    odds = {"crime_type": [(kind, 0.4) for kind in ("assault", "asb")]}
    found = finder().read(text, today=TODAY, odds=odds)
    assert {fact.name: fact.value for fact in found.facts}.get("crime_type") == value


@pytest.mark.parametrize("question", ["where", "when", "role"])
def test_who_keeps_a_thing_to_themselves_says_nothing_of_police(question: str) -> None:
    odds = {"reported": [("does_not_want", 0.9)]}
    for text in ("I would sooner keep that to myself", "keeping that to myself"):
        found = finder().read(text, question=question, today=TODAY, odds=odds)
        assert "reported" not in {fact.name for fact in found.facts}


def test_who_names_the_police_there_says_it_all_the_same() -> None:
    odds = {"reported": [("does_not_want", 0.9)]}
    found = finder().read("keep the cops away from it", question="where", today=TODAY, odds=odds)
    assert {fact.name: fact.value for fact in found.facts}["reported"] == "does_not_want"


@pytest.mark.parametrize("question", ["contact", "consent"])
@pytest.mark.parametrize("text", ["no", "no, not there", "nope he opens my post"])
def test_a_no_to_how_to_get_in_touch_says_nothing_of_police(question: str, text: str) -> None:
    odds = {"reported": [("no", 0.95)]}
    found = finder().read(text, question=question, today=TODAY, odds=odds)
    assert "reported" not in {fact.name for fact in found.facts}


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("august bank holiday monday", "2026-08-31", "2026-08-31"),
        ("the bank holiday monday in august", "2026-08-31", "2026-08-31"),
        ("bank holiday in august", "2026-08-29", "2026-08-31"),
        ("spring bank holiday monday", "2026-05-25", "2026-05-25"),
        ("early may bank holiday monday", "2026-05-04", "2026-05-04"),
        ("easter bank holiday monday", "2026-04-06", "2026-04-06"),
        ("the may bank holiday", "2026-05-01", "2026-05-31"),
    ],
)
def test_a_bank_holiday_is_the_one_that_is_named(text: str, first: str, last: str) -> None:
    when = facts(text, "when")["occurred"]
    assert (when["from"], when["to"]) == (first, last)


def test_what_happened_to_be_so_is_no_time() -> None:
    text = "I just happened to be walking home when he punched me"
    assert "occurred" not in facts(text)
    assert facts("he punched me, it only happened an hour ago")["occurred"]["from"] == "2026-11-22"


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("he sells them round Hatfield Broad Oak, I bought a stolen drill off him", None),
        ("lads smashed my mirror on Cambridge Road", None),
        ("three youths smashed my window", None),
        ("a man touched me on the train from Hitchin", None),
        ("on the train from Royston to Letchworth", "where"),
        ("somewhere between Barnet and Potters Bar", "where"),
    ],
)
def test_what_bears_a_name_is_not_always_the_place(text: str, question: str | None) -> None:
    assert "place" not in facts(text, question)


def test_the_way_home_is_a_place() -> None:
    told = facts("my son was robbed on the way home from school in Arbury")
    assert told["place"]["district"] == "cambridge"


def test_a_road_leaves_the_town_beside_it() -> None:
    told = facts("lads smashed my mirror on Cambridge Road in Hitchin")
    assert told["place"]["district"] == "north-hertfordshire"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("my account got nicked and they spent my money", None),
        ("the lad got nicked for it", "yes"),
        ("I should have rung the police the same night. They cut my tent", "no"),
        ("should I have rung the police?", None),
        ("the police were never told", "no"),
    ],
)
def test_what_sounds_like_a_report_is_none(text: str, value: str | None) -> None:
    assert facts(text).get("reported") == value


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("my phone was stolen, third one this month", None),
        (
            "I was burgled in 2018, and now they have had my tools out of the van on Friday",
            "2026-11-20",
        ),
        ("he hit me on Friday and now he keeps ringing", "2026-11-20"),
        (
            "my uncle was killed in 1995 and now he is up for parole. It was like yesterday.",
            "1995-01-01",
        ),
    ],
)
def test_the_time_is_that_of_what_is_told(text: str, first: str | None) -> None:
    assert (facts(text).get("occurred") or {}).get("from") == first


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("three lads round me asking for my phone, so I gave it", None),
        ("asking for my mum, she was burgled", "spokesperson"),
        ("I work on the till and a customer threw a jar at my head", "victim"),
        ("my grandson, who I bring up, had his phone taken", "parent_guardian"),
    ],
)
def test_who_it_befell_is_in_the_words(text: str, value: str | None) -> None:
    assert facts(text).get("role") == value
