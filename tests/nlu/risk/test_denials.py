"""Whoever only says that nobody is in danger raises no alarm; danger told beside it does."""

from __future__ import annotations

import pytest

from nlu.risk import Recogniser
from nlu.risk.answer import EMERGENCY, NONE

PAIRS = [  # a plain denial, and danger beside one
    ("no I'm not in danger", "I'm not in danger, he's here to see that I write it right"),
    ("nobody is in danger here", "no one is in danger but I took all my tablets"),
    ("sorry, it was a false alarm", "he says to write it was a false alarm"),
    ("it's no emergency", "it's no emergency, I'll be dead by morning anyway"),
]


@pytest.mark.parametrize("question", [None, "confirm_summary", "co_ordinator"])
@pytest.mark.parametrize(("denial", "danger"), PAIRS)
def test_a_denial_is_no_alarm_and_danger_beside_it_is(
    recogniser: Recogniser, question: str | None, denial: str, danger: str
) -> None:
    assert recogniser.recognise(denial, question).disposition == NONE
    assert recogniser.recognise(danger, question).disposition != NONE


AT_EASE = [
    "yes were both fine, hes watching the darts",
    "yes. they've got the man, he's on remand. i'm just sat here can't sleep",
    "oh yes we're safe enough, they don't take any notice of us",
]
WATCHED = [
    "yes but he is watching me",
    "yes he is watching the door",
    "he's watching telly, i'm in the bathroom",
]


@pytest.mark.parametrize("reply", AT_EASE)
def test_who_is_at_ease_is_no_alarm(recogniser: Recogniser, reply: str) -> None:
    assert recogniser.recognise(reply, "safe_now").disposition == NONE


@pytest.mark.parametrize("reply", WATCHED)
def test_who_is_watched_is_one(recogniser: Recogniser, reply: str) -> None:
    assert recogniser.recognise(reply, "safe_now").disposition == EMERGENCY
