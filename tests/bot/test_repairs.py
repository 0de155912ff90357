"""What is repaired in Rasa does what Rasa promised."""

import asyncio
from typing import Any

import pytest
from jsonschema import ValidationError  # type: ignore[import-untyped]
from rasa.core.actions.action import RemoteAction
from rasa.core.tracker_store import FailSafeTrackerStore, InMemoryTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

from bot.repairs import repair

repair()
SLOT = {"event": "slot", "name": "place", "value": "Ware", "timestamp": None}


@pytest.mark.parametrize(
    "answer", [{"events": [SLOT], "responses": [{"response": "utter_x"}]}, {"events": []}, {}]
)
def test_an_answer_in_rasas_form_is_taken(answer: dict[str, Any]) -> None:
    assert RemoteAction("action_x", None)._validate_action_result(answer)


@pytest.mark.parametrize(
    "answer",
    [
        {"events": "none"},
        {"events": [{"event": "nonsense"}]},
        {"events": [{"event": "slot", "secret": "words"}]},
        {"responses": ["words"]},
    ],
)
def test_any_other_is_refused_without_quoting_it(answer: dict[str, Any]) -> None:
    with pytest.raises(ValidationError) as refused:
        RemoteAction("action_x", None)._validate_action_result(answer)
    assert "words" not in str(refused.value)


def test_events_are_still_found_by_their_names() -> None:
    assert Event.from_parameters(SLOT) == SlotSet("place", "Ware")
    with pytest.raises(ValueError, match="Unknown event"):
        Event.resolve_by_type("nonsense")


class _Away(InMemoryTrackerStore):  # type: ignore[misc]
    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        raise OSError("away")

    async def save(self, tracker: DialogueStateTracker) -> None:
        raise OSError("away")


def test_a_tracker_that_cannot_be_read_or_kept_fails_the_turn() -> None:
    store = FailSafeTrackerStore(_Away(Domain.empty()))
    with pytest.raises(OSError, match="away"):
        asyncio.run(store.retrieve("c"))
    with pytest.raises(OSError, match="away"):
        asyncio.run(store.save(DialogueStateTracker("c", [])))
