"""Whoever only says that nobody is in danger raises no alarm; danger told beside it does."""

from __future__ import annotations

import pytest

from nlu.risk import Recogniser
from nlu.risk.answer import NONE

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
