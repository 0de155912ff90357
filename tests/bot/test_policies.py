"""Who decides when a message carries risk or asks something in the middle of a form."""

import pytest
from rasa.shared.core.events import ActionExecuted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.policies.safety import FALLBACK, HAND_OFF, KEEP_COMPANY, next_action


def _tracker(disposition: str, holder: str = "assistant") -> DialogueStateTracker:
    said = UserUttered(
        "words", {"name": "greet"}, [], {"risk": {"disposition": disposition}},
        metadata={"holder": holder},
    )  # fmt: skip
    return DialogueStateTracker.from_events("c", [ActionExecuted("action_listen"), said])


@pytest.mark.parametrize(
    ("disposition", "holder", "action"),
    [
        ("emergency", "assistant", HAND_OFF),
        ("urgent", "assistant", HAND_OFF),
        ("emergency", "waiting", HAND_OFF),
        ("none", "waiting", KEEP_COMPANY),
        ("none", "assistant", None),
    ],
)
def test_risk_comes_first_then_company(disposition: str, holder: str, action: str) -> None:
    assert next_action(_tracker(disposition, holder)) == action


@pytest.mark.parametrize("done", [HAND_OFF, KEEP_COMPANY, FALLBACK])
def test_after_its_action_the_turn_ends(done: str) -> None:
    tracker = _tracker("emergency")
    tracker.update(ActionExecuted(done))
    assert next_action(tracker) == "action_listen"
