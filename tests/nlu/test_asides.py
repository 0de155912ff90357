"""Questions that have an answer of their own: which they are, and what else a message tells."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from nlu.asides import ANSWERED, aside_of
from nlu.facts.rulebook import rulebook

ROOT = Path(__file__).parents[2]
GROUPS = rulebook("asides").groups


@pytest.mark.parametrize(
    ("text", "name", "intent"),
    [
        ("police, must i tell them??", "must_tell_police", "ask_reporting"),
        ("My nan dont know. will she find out", "who_finds_out", "ask_privacy"),
        ("ok but can he take the kids", "legal_matters", "ask_rights"),
        ("sent him £400, can i get it back", "money_back", "ask_compensation"),
        ("STILL WAITING...", "still_waiting", "ask_hours"),
        ("r they allowed to do this", "is_it_illegal", "ask_reporting"),
        ("Is this the right place, its all over now", "right_place", "ask_what_is_this"),
        ("It was years ago. Is that OK?", "right_place", "ask_what_is_this"),
        ("dont wanna waste ur time", "right_place", "ask_what_is_this"),
    ],
)
def test_it_is_known_however_it_is_written(text: str, name: str, intent: str) -> None:
    found = aside_of(text)
    assert found is not None
    assert (found.name, found.intent) == (name, intent)


@pytest.mark.parametrize(
    "text",
    [
        "my bike was stolen in Ely",
        "my mum found out and now she won't speak to me",
        "yes",
        "he said he would take me to court",
        "they took my money and never came back",
        "i was waiting for the bus when it happened",
        "delete this chat please",
    ],
)
def test_what_asks_none_of_them_is_left_alone(text: str) -> None:
    assert aside_of(text) is None


@pytest.mark.parametrize(
    ("text", "taken_for", "intent"),
    [
        ("so do i have to tell the police", "tell_reported", "ask_reporting"),
        ("so do i have to tell the police", "off_topic", "ask_reporting"),
        ("so do i have to tell the police", "ask_anonymous", "ask_anonymous"),
        ("so do i have to tell the police", "ask_repeat", "ask_reporting"),
        ("someone broke my window. do i have to tell the police", "tell", "tell"),
        ("someone broke my window. do i have to tell the police", "deny", "ask_reporting"),
    ],
)
def test_what_tells_or_asks_already_is_that_still(text: str, taken_for: str, intent: str) -> None:
    found = aside_of(text)
    assert found is not None
    assert found.intent_of(taken_for) == intent


@pytest.mark.parametrize(
    ("text", "question", "intent"),
    [
        ("it was years ago, is that ok", "when", "tell_when"),
        ("it was years ago, is that ok", None, "ask_what_is_this"),
        ("do i have to tell the police", "when", "ask_reporting"),
    ],
)
def test_a_doubt_takes_nothing_from_the_answer_it_stands_beside(
    text: str, question: str | None, intent: str
) -> None:
    found = aside_of(text)
    assert found is not None
    assert found.intent_of("tell_when", question) == intent


def test_whoever_doubts_because_they_are_young_is_answered_as_somebody_young() -> None:
    found = aside_of("I'm only 14, am i allowed to use this")
    assert found is not None
    assert found.name == "right_place"
    assert found.intent_of("under_18") == "under_18"


def test_each_has_an_intent_that_is_answered_by_its_name() -> None:
    recipe = yaml.safe_load((ROOT / "config.yml").read_text("utf-8"))
    (policy,) = (one for one in recipe["policies"] if one["name"].endswith("AsidePolicy"))
    answers = policy["answers"]
    assert {name for name in answers if answers[name] == "action_answer"} == ANSWERED
    assert {group.value for group in GROUPS} <= ANSWERED
