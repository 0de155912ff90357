"""Who decides when a message carries risk or asks something in the middle of a form."""

import pytest
from rasa.shared.core.events import ActionExecuted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.policies.safety import FALLBACK, HAND_OFF, KEEP_COMPANY, next_action


def _tracker(
    disposition: str, holder: str = "assistant", intent: str = "greet", sure: float = 1.0
) -> DialogueStateTracker:
    said = UserUttered(
        "words", {"name": intent, "confidence": sure}, [], {"risk": {"disposition": disposition}},
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


@pytest.mark.parametrize(
    ("disposition", "intent", "sure", "action"),
    [
        ("none", "ask_delete", 0.9, None),
        ("none", "ask_delete", 0.3, KEEP_COMPANY),
        ("none", "tell_when", 0.9, KEEP_COMPANY),
        ("urgent", "ask_delete", 0.9, HAND_OFF),
    ],
)
def test_what_is_asked_while_waiting_is_answered(
    disposition: str, intent: str, sure: float, action: str | None
) -> None:
    tracker = _tracker(disposition, "waiting", intent, sure)
    assert next_action(tracker, frozenset({"ask_delete"})) == action


def test_on_a_watched_screen_nothing_is_answered() -> None:
    tracker = _tracker("none", "waiting", "ask_delete")
    tracker.update(SlotSet("safety_quiet", True))
    assert next_action(tracker, frozenset({"ask_delete"})) == KEEP_COMPANY
