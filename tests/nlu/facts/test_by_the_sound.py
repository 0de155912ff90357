"""What the classifiers think, weighed against the words of a message."""

from __future__ import annotations

from typing import Any

import pytest

from tests.nlu.facts.table import TODAY, finder

Odds = dict[str, list[tuple[str, float]]]


def told(text: str, odds: Odds, question: str | None = None) -> dict[str, Any]:
    """The values found when the classifiers think so, by field."""
    found = finder().read(text, question=question, today=TODAY, odds=odds)
    return {fact.name: fact.value for fact in found.facts}


@pytest.mark.parametrize(
    ("text", "odds", "role"),
    [
        # of a crime against a business they who have it write, if it sounds at all like that
        ("shoplifters cleared the meat again", [("business_contact", 0.5)], "business_contact"),
        ("I stack shelves at a store, shoplifters again", [("business_contact", 0.5)], None),
        # a clear victim may name others, or nobody
        (
            "shed emptied on friday, they took the mower and my gran's ashes box as well",
            [("victim", 0.9)],
            "victim",
        ),
        (
            "A bloke knocked about loose tiles and had nine hundred in cash, it was all a scam",
            [("victim", 0.9)],
            "victim",
        ),
        ("a robbery", [("victim", 0.9)], None),
        # a parent has a child of their own
        ("a boy in year two has marks on his arms", [("parent_guardian", 0.7)], None),
        ("my brother got beaten up by lads from year ten", [("parent_guardian", 0.7)], "other"),
        (
            "Daughter mugged for her scooter at the park",
            [("parent_guardian", 0.7)],
            "parent_guardian",
        ),
        # of who lasted three days nobody speaks as of one alive
        (
            "it was my uncle. they came in the night, he lasted three days",
            [("bereaved_relative", 0.7)],
            "bereaved_relative",
        ),
    ],
)
def test_who_writes_by_the_sound(
    text: str, odds: list[tuple[str, float]], role: str | None
) -> None:
    assert told(text, {"role": [*odds, ("none", 0.05)]}).get("role") == role


def test_who_says_what_is_clear_and_then_wonders_has_said_it() -> None:
    said = "Her sister. I do not know what to call myself since she died"
    sure: Odds = {"role": [("bereaved_relative", 0.97), ("none", 0.01)]}
    unsure: Odds = {"role": [("bereaved_relative", 0.7), ("none", 0.2)]}
    assert told(said, sure, "role").get("role") == "bereaved_relative"
    assert "role" not in told(said, unsure, "role")


def test_a_child_of_ones_own_who_takes_things_to_school_is_still_the_child() -> None:
    said = "they bark at my son when he takes his inhaler out. he is eight"
    odds: Odds = {"role": [("victim", 0.5), ("parent_guardian", 0.4)]}
    assert told(said, odds).get("role") == "parent_guardian"


@pytest.mark.parametrize(
    ("text", "crime"),
    [
        # a long telling may open like an answer
        (
            "Not sure I'm writing to the right people but he put his hand where he had no "
            "business putting it and I could not move until he stopped",
            "sexual_offence",
        ),
        ("Not sure he had any business doing it", None),
    ],
)
def test_a_story_may_open_like_an_answer(text: str, crime: str | None) -> None:
    assert told(text, {"crime_type": [("sexual_offence", 0.7)]}).get("crime_type") == crime


def test_who_was_run_over_and_lives_has_lost_nobody() -> None:
    odds: Odds = {"crime_type": [("road_collision_bereavement", 0.7), ("other", 0.06)]}
    assert told("I was run over on the crossing by the school", odds)["crime_type"] == "other"
    said = "Granny was knocked flat on the crossing. She lasted two days"
    assert told(said, odds)["crime_type"] == "road_collision_bereavement"


@pytest.mark.parametrize(
    ("text", "guess", "reported"),
    [
        # it only sounds so: nobody speaks of the police
        ("I just want him to leave me be, I have not told anyone", "does_not_want", "no"),
        ("I am told that one may call it a hate crime", "yes", None),
        # he who threatens with them is not the writer
        ("boss says police will lock me up if I go", "does_not_want", None),
        ("boss says police will lock me up, I want no police", "does_not_want", "does_not_want"),
    ],
)
def test_what_only_sounds_like_it_tells_nothing_of_the_police(
    text: str, guess: str, reported: str | None
) -> None:
    assert told(text, {"reported": [(guess, 0.9)]}).get("reported") == reported


def test_what_one_may_have_lost_oneself_is_no_crime_against_them() -> None:
    odds: Odds = {"crime_type": [("theft", 0.6)], "role": [("victim", 0.9)]}
    assert told("I dropped my purse in town, probably left it on the bus", odds) == {}
    assert told("somebody had my purse off the table in town", odds)["crime_type"] == "theft"
