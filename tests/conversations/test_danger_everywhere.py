"""Risk at every question of the assessment, written, pressed and mixed: it stops the questions."""

import pytest

from tests.conversations.every_question import WAYS, come_to
from tests.conversations.forty import question_put
from tests.conversations.speech import Talk
from tests.journeys.running import Waymark

pytestmark = pytest.mark.journey

DANGER = "he is outside my door with a knife and says he will kill me"
MIXED = "skip. actually he is hitting me right now please help"


@pytest.mark.parametrize("question", WAYS)
@pytest.mark.parametrize("said", [DANGER, MIXED], ids=["written", "mixed"])
def test_danger_at_this_question_stops_the_questions(
    question: str, said: str, waymark: Waymark
) -> None:
    talk = come_to(question, waymark)
    talk.play({"person": said})
    _stopped(talk)


def test_the_button_that_says_no_is_danger(waymark: Waymark) -> None:
    talk = come_to("safe_now", waymark)
    talk.play({"presses": "safe_now=no"})
    _stopped(talk)


@pytest.mark.parametrize("question", [one for one in WAYS if one != "welcome"])
def test_the_danger_button_stays_one_at_every_later_question(
    question: str, waymark: Waymark
) -> None:
    talk = come_to(question, waymark)
    talk.play({"presses": "safe_now=no"})
    _stopped(talk)


def _stopped(talk: Talk) -> None:
    talk.play({"waymark": "999"})
    assert talk.holder == "waiting"
    assert question_put([one["text"] for one in talk.answer]) == "", talk.answer
    assert talk.record()["hand_off"]["priority"] in ("emergency", "urgent")
