"""A long conversation goes on where it stood, however often it started afresh."""

from __future__ import annotations

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

from bot.afresh import CARRIED, LONGEST, said_before
from bot.trackers import TrackerStore
from knowledge.sealing.ring import Key, keep

DOMAIN = Domain.from_yaml(
    """
    version: "3.1"
    slots:
      place: {type: any, mappings: [{type: custom}]}
      count: {type: any, mappings: [{type: custom}]}
      told: {type: any, mappings: [{type: custom}]}
    forms:
      assessment_form: {required_slots: [place]}
    """
)


class Stores:
    """Stores on one database, as several processes have them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        keep(folder / "keys", [Key.new("k1")])

    def new(self) -> TrackerStore:
        """Another process's store."""
        address = f"sqlite:///{self.folder}/trackers.db"
        return TrackerStore(DOMAIN, address, keys_file=str(self.folder / "keys"))


@pytest.fixture
def stores(tmp_path: Path) -> Stores:
    return Stores(tmp_path)


async def _turn(store: TrackerStore, number: int, *more: Any) -> DialogueStateTracker:
    """One turn as Rasa takes it: read, add, save."""
    tracker = await store.get_or_create_tracker("c", append_action_listen=False)
    if not tracker.events:
        tracker.update_with_events([SessionStarted(), ActionExecuted("action_listen")], DOMAIN)
    said = UserUttered(f"word {number}", metadata={"message_id": f"m{number}"})
    heard = [said, *more, BotUttered(f"answer {number}"), ActionExecuted("action_listen")]
    tracker.update_with_events(heard, DOMAIN)
    await store.save(tracker)
    return tracker


async def _read(store: TrackerStore) -> DialogueStateTracker:
    tracker = await store.retrieve("c")
    assert tracker is not None
    return tracker


async def test_it_goes_on_where_it_stood(stores: Stores) -> None:
    ours = stores.new()
    await _turn(ours, 0, SlotSet("place", "Ware"), ActiveLoop("assessment_form"))
    for number in range(1, 3 * LONGEST):
        await _turn(ours, number, SlotSet("count", number))
        for seen in (await _read(ours), await _read(stores.new())):
            assert seen.get_slot("place") == "Ware"
            assert seen.get_slot("count") == number
            assert seen.active_loop_name == "assessment_form"
            assert seen.latest_action_name == "action_listen"
            assert seen.latest_message is not None
            assert seen.latest_message.text == f"word {number}"
            newest = [f"word {one}" for one in range(number + 1)][-CARRIED:]
            assert _said(seen)[-CARRIED:] == newest
        assert len(_said(await _read(ours))) <= LONGEST


async def test_what_was_told_at_length_is_still_known(stores: Stores) -> None:
    ours = stores.new()
    telling = "my grandson found the door open and all of our silver gone"
    await _turn(ours, 0)
    await _turn(ours, 1, UserUttered(telling))
    for number in range(2, 3 * LONGEST):
        await _turn(ours, number)
        said = said_before(await _read(stores.new()))
        assert telling in said
        assert said[-1] == f"word {number}"


async def test_services_shown_long_ago_are_not_forgotten(stores: Stores) -> None:
    ours = stores.new()
    cards = {"custom": {"services": [{"id": "a"}]}}
    await _turn(ours, 0, BotUttered(data=cards))
    for number in range(1, 3 * LONGEST):
        await _turn(ours, number)
    shown = [one for one in (await _read(ours)).events if isinstance(one, BotUttered)]
    assert [one.data for one in shown if one.data.get("custom")] == [cards]


async def test_what_is_carried_does_not_grow(stores: Stores) -> None:
    ours = stores.new()
    cards = {"custom": {"services": [{"id": "a", "name": "A"}, {"id": "b", "name": "B"}]}}
    sizes = []
    for number in range(6 * LONGEST):
        kept = BotUttered(data={"custom": {"kept": f"m{number}"}})
        await _turn(ours, number, kept, BotUttered(data=cards))
        sizes.append(len((await _read(stores.new())).events))
    lap = LONGEST - CARRIED + 1  # turns between two starts
    assert max(sizes[-lap:]) <= max(sizes[LONGEST : 2 * LONGEST])


async def test_an_answer_given_before_is_still_known(stores: Stores) -> None:
    ours = stores.new()
    for number in range(LONGEST + 1):
        await _turn(ours, number)
    ids = [
        (one.metadata or {})["message_id"]
        for one in (await _read(ours)).events
        if isinstance(one, UserUttered)
    ]
    assert ids == [f"m{number}" for number in range(LONGEST + 1)][-CARRIED:]


def _said(tracker: DialogueStateTracker) -> list[str]:
    return [str(one.text) for one in tracker.events if isinstance(one, UserUttered)]
