"""Conversations of the assistant are kept as they were, however long and whoever asks."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    BotUttered,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from bot.trackers import CARRIED, LONGEST, TrackerStore

DOMAIN = Domain.from_yaml(
    """
    version: "3.1"
    slots:
      place: {type: any, mappings: [{type: custom}]}
      count: {type: any, mappings: [{type: custom}]}
    forms:
      assessment_form: {required_slots: [place]}
    """
)


@pytest.fixture
def address(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/trackers.db"


@pytest.fixture
def store(address: str) -> Iterator[TrackerStore]:
    store = TrackerStore(DOMAIN, host=address)
    yield store
    store.engine.dispose()


def _turn(store: TrackerStore, number: int, *more: Any) -> DialogueStateTracker:
    """One turn as Rasa takes it: read, add, save."""
    tracker = asyncio.run(store.retrieve("c"))
    if tracker is None:
        tracker = DialogueStateTracker("c", DOMAIN.slots)
        tracker.update(ActionExecuted("action_session_start"), DOMAIN)
        for begun in (SessionStarted(), ActionExecuted("action_listen")):
            tracker.update(begun, DOMAIN)
    said = UserUttered(f"word {number}", metadata={"message_id": f"m{number}"})
    heard = [said, *more, BotUttered(f"answer {number}"), ActionExecuted("action_listen")]
    tracker.update_with_events(heard, DOMAIN)
    asyncio.run(store.save(tracker))
    return tracker


def _read(address: str) -> DialogueStateTracker:
    """What another assistant that shares the database finds."""
    other = TrackerStore(DOMAIN, host=address)
    tracker = asyncio.run(other.retrieve("c"))
    other.engine.dispose()
    assert tracker is not None
    return tracker


def test_nobody_is_known_before_they_wrote(store: TrackerStore) -> None:
    assert asyncio.run(store.retrieve("c")) is None


def test_what_was_kept_is_read_alike_from_memory_and_from_the_database(
    store: TrackerStore, address: str
) -> None:
    for number in range(3):
        _turn(store, number, SlotSet("count", number), ActiveLoop("assessment_form"))
    here = asyncio.run(store.retrieve("c"))
    assert here is not None
    assert [one.as_dict() for one in here.events] == [
        one.as_dict() for one in _read(address).events
    ]
    assert here.get_slot("count") == 2


def test_what_another_assistant_added_is_seen(store: TrackerStore, address: str) -> None:
    _turn(store, 1)
    other = TrackerStore(DOMAIN, host=address)
    _turn(other, 2, SlotSet("place", "Ware"))
    other.engine.dispose()
    assert _turn(store, 3).get_slot("place") == "Ware"
    assert _said(_read(address)) == ["word 1", "word 2", "word 3"]


def test_a_turn_that_failed_leaves_nothing(store: TrackerStore) -> None:
    _turn(store, 1, SlotSet("place", "Ware"))
    broken = asyncio.run(store.retrieve("c"))
    assert broken is not None
    broken.update(SlotSet("place", "Hitchin"), DOMAIN)
    again = asyncio.run(store.retrieve("c"))
    assert again is not None
    assert again.get_slot("place") == "Ware"


def test_erasing_leaves_nothing_here_or_elsewhere(store: TrackerStore, address: str) -> None:
    other = TrackerStore(DOMAIN, host=address)
    _turn(store, 1)
    assert asyncio.run(other.retrieve("c")) is not None
    asyncio.run(store.delete("c"))
    assert asyncio.run(store.retrieve("c")) is None
    assert asyncio.run(other.retrieve("c")) is None
    other.engine.dispose()


def test_a_long_conversation_goes_on_where_it_stood(store: TrackerStore, address: str) -> None:
    _turn(store, 0, SlotSet("place", "Ware"), ActiveLoop("assessment_form"))
    for number in range(1, 3 * LONGEST):
        tracker = _turn(store, number, SlotSet("count", number))
        for seen in (tracker, _read(address)):
            assert seen.get_slot("place") == "Ware"
            assert seen.get_slot("count") == number
            assert seen.active_loop_name == "assessment_form"
            assert seen.latest_action_name == "action_listen"
            assert seen.latest_message is not None
            assert seen.latest_message.text == f"word {number}"
            assert _said(seen)[-CARRIED:] == [f"word {n}" for n in range(number + 1)][-CARRIED:]
        assert len(_said(_read(address))) <= LONGEST


def test_services_shown_long_ago_are_not_forgotten(store: TrackerStore, address: str) -> None:
    card = BotUttered(data={"custom": {"services": [{"id": "a"}]}})
    _turn(store, 0, card)
    for number in range(1, 2 * LONGEST):
        _turn(store, number)
    shown = [event for event in _read(address).events if isinstance(event, BotUttered)]
    assert [one.data["custom"] for one in shown if one.data.get("custom")] == [
        {"services": [{"id": "a"}]}
    ]


def _said(tracker: DialogueStateTracker) -> list[str]:
    return [str(one.text) for one in tracker.events if isinstance(one, UserUttered)]
