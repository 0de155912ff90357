"""Which words are said first when a message carries risk."""

import re
from dataclasses import replace
from typing import Any

import pytest
from rasa_sdk import Tracker

from actions.names import ActionName, Slot, Utter
from actions.reading import Turn, turn_of
from actions.safety import EMERGENCY_TEAM, EMERGENCY_WORDS, URGENT_WORDS, words_for
from knowledge.opening import Knowledge
from tests.house import domain

from .builders import a_fact, a_message, a_tracker, done, slots
from .conftest import Actions

TEXTS = {name: variation["text"] for name, variation in domain.responses()}
SPOKEN = [Utter.EMERGENCY, *EMERGENCY_WORDS.values()]
ABOUT = "safety_about"
SAID_TO = [
    (name, variation["condition"][0]["value"], variation["text"])
    for name, variation in domain.responses()
    if any(one["name"] == ABOUT for one in variation.get("condition", ()))
]
# Words that are only for whoever it was done to.
TO_A_VICTIM = re.compile(
    r"\b(?:your (?:neck|life|fault|family)|you are in danger|treat you|hurt you|(?:keeps?|are) you"
    r"|you (?:owe|matter)|I believe you|near you|you like that)\b"
)
# Said alike whoever writes: they name nobody, or both.
FITS_ALL = {
    Utter.EMERGENCY_HARM,
    Utter.EMERGENCY_CRISIS,
    Utter.URGENT_HARM,
    Utter.URGENT_CRISIS,
    Utter.URGENT_CHILD,
    Utter.URGENT_VULNERABLE_ADULT,
}


def _turn(disposition: str, *categories: str) -> Turn:
    risk = {"disposition": disposition, "categories": list(categories), "evidence": []}
    return turn_of(Tracker.from_dict(a_tracker("c1", a_message(risk=risk))))


@pytest.mark.parametrize("kind", URGENT_WORDS)
def test_every_kind_of_risk_has_words_of_its_own(kind: str) -> None:
    urgent, emergency = words_for(_turn("urgent", kind)), words_for(_turn("emergency", kind))
    assert TEXTS[urgent] != TEXTS[Utter.URGENT]
    assert TEXTS[emergency] not in (TEXTS[Utter.EMERGENCY], TEXTS[urgent])


@pytest.mark.parametrize("words", SPOKEN)
def test_every_emergency_says_999_first_and_nothing_of_the_team(words: Utter) -> None:
    for text in [of["text"] for name, of in domain.responses() if name == words]:
        assert "999" in text.split(".")[0]
        assert "told the team" not in text  # EMERGENCY_TEAM says what is true at this hour
        assert len(text.split()) <= 100


@pytest.mark.parametrize(
    "words", sorted({*SPOKEN, Utter.URGENT, *URGENT_WORDS.values()} - FITS_ALL)
)
def test_an_alarm_has_words_for_who_writes_about_somebody_else(words: Utter) -> None:
    assert (words, "another") in [(name, about) for name, about, _ in SAID_TO]


@pytest.mark.parametrize(("name", "about", "text"), SAID_TO)
def test_what_is_said_about_somebody_else_speaks_to_no_victim(
    name: str, about: str, text: str
) -> None:
    assert about != "another" or TO_A_VICTIM.search(text) is None


@pytest.mark.parametrize("words", sorted(FITS_ALL))
def test_what_is_said_to_everybody_speaks_to_no_victim_alone(words: Utter) -> None:
    said = TEXTS[words].replace("your life or someone else's", "a life")
    assert TO_A_VICTIM.search(said) is None


@pytest.mark.parametrize(
    ("facts", "about"),
    [
        ([a_fact("role", "other")], "another"),
        ([a_fact("role", "parent_guardian")], "another"),
        ([a_fact("role", "witness")], "another"),
        ([a_fact("role", "business_contact")], "another"),
        ([a_fact("role", "bereaved_relative")], "bereaved"),
        ([a_fact("under_18", True)], "young"),
        ([a_fact("role", "victim")], None),
        ([], None),
    ],
)
async def test_whom_an_alarm_is_about_is_known_in_the_message_that_raises_it(
    actions: Actions, conversation: str, facts: list[dict[str, Any]], about: str | None
) -> None:
    risk = {"disposition": "urgent", "categories": ["domestic_abuse"], "evidence": []}
    tracker = a_tracker(conversation, a_message(facts=facts, risk=risk))
    _, events = await done(actions[ActionName.KEEP], tracker)
    assert slots(events)[Slot.SAFETY_ABOUT] == about


@pytest.mark.parametrize(
    ("kind", "urgent", "emergency"),
    [
        ("domestic_abuse", Utter.URGENT, Utter.EMERGENCY),
        ("sexual_violence", Utter.URGENT, Utter.EMERGENCY),
        ("suicide_self_harm", Utter.URGENT_SUICIDE, Utter.EMERGENCY_SUICIDE),
    ],
)
def test_the_bereaved_are_not_spoken_to_as_if_it_had_been_done_to_them(
    kind: str, urgent: Utter, emergency: Utter
) -> None:
    assert words_for(_turn("urgent", kind), bereaved=True) == urgent
    assert words_for(_turn("emergency", kind), bereaved=True) == emergency


@pytest.mark.parametrize(
    ("role", "safe"),
    [("victim", True), ("witness", True), ("other", None), ("spokesperson", None)],
)
async def test_im_safe_says_nothing_of_somebody_else(
    actions: Actions, knowledge: Knowledge, conversation: str, role: str, safe: bool | None
) -> None:
    first = a_message(facts=[a_fact("role", role)], message="m0")
    await done(actions[ActionName.KEEP], a_tracker(conversation, first))
    button = a_message("I'm safe. Carry on with the questions", "false_alarm")
    await done(actions[ActionName.KEEP], a_tracker(conversation, button))
    assert (await knowledge.assessments.read(conversation))["safe_now"] == safe


@pytest.mark.parametrize("words", EMERGENCY_TEAM.values())
def test_what_is_said_of_the_team_says_that_the_questions_ended(words: Utter) -> None:
    assert "I have stopped the questions." in TEXTS[words]


@pytest.mark.parametrize(
    ("categories", "said"),
    [
        (["immediate_danger"], Utter.EMERGENCY),
        (["immediate_danger", "domestic_abuse"], Utter.EMERGENCY_DOMESTIC_ABUSE),
        (["immediate_danger", "hate_crime"], Utter.EMERGENCY_HATE),
        (["domestic_abuse", "child_at_risk"], Utter.EMERGENCY_DOMESTIC_ABUSE),
        (["stalking_harassment", "threat_to_life"], Utter.EMERGENCY_STALKING),
        # danger that is there now is nearer than anything else a message tells
        (["immediate_danger", "child_at_risk"], Utter.EMERGENCY),
        (["immediate_danger", "suicide_self_harm"], Utter.EMERGENCY),
        # the surest category comes first: a guess behind it does not take its words
        (["suicide_self_harm", "domestic_abuse"], Utter.EMERGENCY_SUICIDE),
        (["harm_to_others", "domestic_abuse"], Utter.EMERGENCY_HARM),
        (["suicide_self_harm"], Utter.EMERGENCY_SUICIDE),
        (["child_at_risk"], Utter.EMERGENCY_CHILD),
        ([], Utter.EMERGENCY),
    ],
)
def test_the_words_are_those_of_the_nearest_danger(categories: list[str], said: Utter) -> None:
    assert words_for(_turn("emergency", *categories)) == said


def test_who_is_surely_not_safe_is_not_answered_by_a_guess() -> None:
    guessed = _turn("urgent", "immediate_danger", "suicide_self_harm")
    assert words_for(guessed) == Utter.URGENT


@pytest.mark.parametrize(
    ("categories", "urgent", "emergency"),
    [
        (["domestic_abuse", "child_at_risk"], Utter.URGENT, Utter.EMERGENCY),
        (["suicide_self_harm"], Utter.URGENT_SUICIDE, Utter.EMERGENCY_SUICIDE),
    ],
)
def test_what_is_only_guessed_gets_words_that_fit_whatever_it_is(
    categories: list[str], urgent: Utter, emergency: Utter
) -> None:
    assert words_for(replace(_turn("urgent", *categories), guessed=True)) == urgent
    assert words_for(replace(_turn("emergency", *categories), guessed=True)) == emergency


@pytest.mark.parametrize(
    ("evidence", "guessed"),
    [
        ([], False),
        ([{"by": "model", "score": 0.4}], True),
        ([{"by": "model", "score": 0.9}], False),
        ([{"by": "model", "score": 0.4}, {"by": "rule:violence", "score": None}], False),
    ],
)
def test_a_guess_is_what_only_the_model_fears_and_not_surely(
    evidence: list[dict[str, Any]], guessed: bool
) -> None:
    risk = {"disposition": "urgent", "categories": ["domestic_abuse"], "evidence": evidence}
    tracker = Tracker.from_dict(a_tracker("c1", a_message(risk=risk)))
    assert turn_of(tracker).guessed == guessed


@pytest.mark.parametrize("kind", ["domestic_abuse", "sexual_violence", "modern_slavery"])
def test_whoever_may_be_overheard_learns_how_to_reach_999_without_speaking(kind: str) -> None:
    said = TEXTS[words_for(_turn("emergency", kind))]
    assert "press 55" in said
    assert "999 BSL" in said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("girls at school keep hitting me and film it", Utter.URGENT_CHILD),
        ("he had his hands round my neck", Utter.URGENT_DOMESTIC_ABUSE),
    ],
)
def test_a_bullied_child_hears_words_for_children(text: str, said: Utter) -> None:
    turn = replace(_turn("urgent", "domestic_abuse"), text=text)
    assert words_for(turn, young=True) == said
    assert words_for(turn) == Utter.URGENT_DOMESTIC_ABUSE


@pytest.mark.parametrize(
    ("text", "shown", "never"),
    [
        ("im a man and my wife keeps hitting me", "nat-mensadvice", "nat-dahelpline"),
        ("he keeps hitting me", "nat-dahelpline", "nat-mankind"),
        ("my husband hits me, im scared of men", "nat-dahelpline", "nat-mankind"),
    ],
)
async def test_a_man_hurt_at_home_is_shown_the_lines_for_men(
    actions: Actions, conversation: str, text: str, shown: str, never: str
) -> None:
    risk = {"disposition": "urgent", "categories": ["domestic_abuse"], "evidence": []}
    tracker = a_tracker(conversation, a_message(text, risk=risk))
    said, _ = await done(actions[ActionName.SAFETY], tracker)
    (cards,) = [one["custom"]["services"] for one in said if "services" in one.get("custom", {})]
    ids = {card["id"] for card in cards}
    assert (shown in ids, never in ids) == (True, False)
