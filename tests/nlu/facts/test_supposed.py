"""What a telling likely says, though not in sure words: never asked again, and read back."""

from __future__ import annotations

from typing import Any

import pytest

from nlu.facts.model import Odds
from tests.nlu.facts.table import TODAY, finder

NAMES = {"safe_now", "repeated", "vulnerability"}
SUPPOSED = [
    ("My husband was killed. I am alright, my sister has moved in", {"safe_beside": ("yes", 0.4)},
     {"safe_now": True}),
    ("They took my bike from the shed", {"safe_beside": ("yes", 0.2)}, {}),
    ("the bins were burned one by one since half term", {"repeated": ("yes", 0.6)},
     {"repeated": True}),
    ("It is the first I knew of in forty years", {"repeated": ("no", 0.2)}, {"repeated": False}),
    ("They took my bike from the shed", {"repeated": ("no", 0.2)}, {}),  # no word says so
    ("they took my stick and laughed", {"vulnerability": ("disability", 0.4)},
     {"vulnerability": ["disability"]}),
    ("they took my stick and laughed", {"vulnerability": ("disability", 0.2)}, {}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "heard", "supposed"), SUPPOSED)
def test_what_sounds_so_is_supposed(
    text: str, heard: dict[str, tuple[str, float]], supposed: dict[str, Any]
) -> None:
    odds: Odds = {name: [pair] for name, pair in heard.items()}
    found = finder().read(text, today=TODAY, odds=odds)
    likely = {one.name: one.value for one in found.supposed if one.name in NAMES}
    assert likely == supposed
    assert not {one.name for one in found.facts} & NAMES


def test_only_what_opens_a_chat_is_taken_for_a_word_about_safety() -> None:
    odds: Odds = {"safe_beside": [("yes", 0.9)]}
    found = finder().read("I am alright thanks", question="needs", today=TODAY, odds=odds)
    assert not found.supposed


def test_a_no_with_a_refusal_says_that_the_police_shall_not_know() -> None:
    odds: Odds = {"reported": [("does_not_want", 0.95)]}
    found = finder().read("No, and I'd rather not", question="reported", today=TODAY, odds=odds)
    assert [(one.name, one.value) for one in found.facts] == [("reported", "does_not_want")]
