"""At every question an aside is answered and it stands; a skip goes on, and back again."""

from typing import Any

import pytest

from tests.conversations.every_question import WAYS, come_to
from tests.conversations.forty import question_put
from tests.conversations.speech import Talk
from tests.journeys.running import Waymark

pytestmark = pytest.mark.journey

ASIDES = {
    "who reads this": "The support team can read what you write here",
    "can i get compensation": "within 2 years",
}
# By question: what stands after an aside, what a skip comes to, and what `go back` then does.
AFTER = {
    "welcome": ("", "", "safe_now"),
    "safe_now": ("safe_now", "reported", "safe_now"),
    "when": ("when", "where", "when"),
    "where": ("where", "reported", "where"),
    "clarify": ("clarify", "where", "safe_now"),
    "repeated": ("repeated", "reported", "repeated"),
    "reported": ("reported", "needs", "reported"),
    "role": ("role", "needs", "role"),
    "needs": ("needs", "vulnerability", "needs"),
    "vulnerability": ("vulnerability", "contact", "vulnerability"),
    "contact": ("contact", "confirm_summary", "contact"),
    "contact_safe": ("contact_safe", "consent_to_summary", "contact_safe"),
    "confirm_summary": ("consent_to_summary", "offer_human", "offer_human"),
    "which": ("consent_to_summary", "offer_human", "offer_human"),
    "start_again": ("reported", "needs", "reported"),  # withdrawn: something else was asked
    "consent": ("consent", "offer_human", "offer_human"),
    "contact_else": ("contact_else", "confirm_summary", "contact_safe"),
    "offer_human": ("offer_human", "", "offer_human"),
}
# Impact figures order the effects and are never shown: 78, 70, 53, 51, 43 and 35 in a hundred.
EFFECTS = [
    "outlook_attitudes",
    "mental_physical_health",
    "finance_benefits",
    "social_interaction",
    "shelter_accommodation",
    "education_skills_employment",
]


def test_every_question_is_looked_at() -> None:
    assert AFTER.keys() == WAYS.keys()


@pytest.mark.parametrize("question", AFTER)
def test_an_aside_a_skip_and_a_way_back_at_this_question(question: str, waymark: Waymark) -> None:
    stands, skipped, back = AFTER[question]
    talk = come_to(question, waymark)
    before = _told(talk)
    for aside, answer in ASIDES.items():
        talk.play({"person": aside})
        talk.play({"waymark": answer})
        assert _put(talk) == stands, talk.answer
    talk.play({"person": "skip"})
    assert _put(talk) == skipped, talk.answer
    talk.play({"person": "go back"})
    talk.play({"never": "I've kept that"})
    assert _put(talk) == back, talk.answer
    assert _told(talk) == before
    assert talk.holder == "assistant"


def test_the_effects_stand_in_the_order_of_how_often_they_are_named(waymark: Waymark) -> None:
    talk = come_to("needs", waymark)
    choices = [one["value"] for one in talk.answer[-1]["choices"]]
    assert choices[: len(EFFECTS)] == [f"needs={one}" for one in EFFECTS]
    assert "%" not in str(talk.answer)


def _put(talk: Talk) -> str:
    return question_put([one["text"] for one in talk.answer])


def _told(talk: Talk) -> dict[str, Any]:
    """All that the person told; how far the questions came is another matter."""
    return {name: value for name, value in talk.record().items() if name != "status"} | {"told": 0}
