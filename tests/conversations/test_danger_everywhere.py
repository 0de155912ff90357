"""Risk at every question of the assessment, written, pressed and mixed: it stops the questions."""

import pytest

from tests.conversations.forty import question_put
from tests.conversations.speech import Talk
from tests.journeys.running import Waymark

pytestmark = pytest.mark.journey

ALL_TOLD = "someone stole my bike in Ely yesterday"
DANGER = "he is outside my door with a knife and says he will kill me"
MIXED = "skip. actually he is hitting me right now please help"

# The way to each question, by what is said (a text) or pressed (field=value).
TO_REPORTED = [ALL_TOLD, "safe_now=yes"]
TO_NEEDS = [*TO_REPORTED, "reported=yes"]
TO_RIGHTS = [*TO_NEEDS, "needs=none"]
TO_CONTACT = [*TO_RIGHTS, "vulnerability=none"]
TO_SAFE_CONTACT = [*TO_CONTACT, "contact=phone"]
TO_SUMMARY = [*TO_SAFE_CONTACT, "contact_safe=any"]
WAYS = {
    "welcome": [],
    "safe_now": [ALL_TOLD],
    "when": ["someone stole my bike", "safe_now=yes"],
    "where": ["someone stole my bike yesterday", "safe_now=yes"],
    "clarify": ["someone stole my bike yesterday, postcode SG8", "safe_now=yes"],
    "repeated": ["my fence was smashed in Wisbech yesterday", "safe_now=yes"],
    "reported": TO_REPORTED,
    "role": ["there was a burglary in Hitchin yesterday", "safe_now=yes", "reported=yes"],
    "needs": TO_NEEDS,
    "vulnerability": TO_RIGHTS,
    "contact": TO_CONTACT,
    "contact_safe": TO_SAFE_CONTACT,
    "confirm_summary": TO_SUMMARY,
    "which": [*TO_SUMMARY, "confirm_summary=no"],
    "start_again": [ALL_TOLD, "safe_now=yes", "start again"],
    "consent": [*TO_SUMMARY, "that's right"],
    "contact_else": [*TO_CONTACT, "contact=letter", "contact_safe=not_safe"],
    "offer_human": [*TO_SUMMARY, "consent=no"],
}


@pytest.mark.parametrize("question", WAYS)
@pytest.mark.parametrize("said", [DANGER, MIXED], ids=["written", "mixed"])
def test_danger_at_this_question_stops_the_questions(
    question: str, said: str, waymark: Waymark
) -> None:
    talk = _come_to(question, waymark)
    talk.play({"person": said})
    _stopped(talk)


def test_the_button_that_says_no_is_danger(waymark: Waymark) -> None:
    talk = _come_to("safe_now", waymark)
    talk.play({"presses": "safe_now=no"})
    _stopped(talk)


@pytest.mark.parametrize("question", [one for one in WAYS if one != "welcome"])
def test_the_danger_button_stays_one_at_every_later_question(
    question: str, waymark: Waymark
) -> None:
    talk = _come_to(question, waymark)
    talk.play({"presses": "safe_now=no"})
    _stopped(talk)


def _come_to(question: str, waymark: Waymark) -> Talk:
    talk = Talk(waymark.url).open()
    for said in WAYS[question]:
        talk.play({"presses" if "=" in said else "person": said})
    assert talk.holder in ("", "assistant"), talk.answer
    return talk


def _stopped(talk: Talk) -> None:
    talk.play({"waymark": "999"})
    assert talk.holder == "waiting"
    assert question_put([one["text"] for one in talk.answer]) == "", talk.answer
    assert talk.record()["hand_off"]["priority"] in ("emergency", "urgent")
