"""Which words are said first when a message carries risk."""

from dataclasses import replace
from typing import Any

import pytest
from rasa_sdk import Tracker

from actions.names import ActionName, Utter
from actions.reading import Turn, turn_of
from actions.safety import EMERGENCY_TEAM, EMERGENCY_WORDS, URGENT_WORDS, words_for
from tests.house import domain

from .builders import a_message, a_tracker, done
from .conftest import Actions

TEXTS = {name: variation["text"] for name, variation in domain.responses()}
SPOKEN = [Utter.EMERGENCY, *EMERGENCY_WORDS.values()]


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
    assert "999" in TEXTS[words].split(".")[0]
    assert "told the team" not in TEXTS[words]  # EMERGENCY_TEAM says what is true at this hour
    assert len(TEXTS[words].split()) <= 100


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
