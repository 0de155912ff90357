"""The trackers' store: nothing readable on the disk, nothing lost, nothing read twice."""

from __future__ import annotations

import asyncio
import json
import socket
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    BotUttered,
    Event,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.exc import OperationalError

from bot import trackers
from bot.afresh import LONGEST
from bot.trackers import TrackerStore, one_turn, prepare
from bot.turns import StillInLog
from knowledge.sealing.ring import Key, NoKeys, NotOpened, keep

DOMAIN = Domain.from_yaml(
    "version: '3.1'\nslots: {what: {type: any, mappings: [{type: custom}]}}\n"
    "intents: [tell]\nactions: [utter_x]\n"
)
TURNS = LONGEST  # the most before a conversation starts afresh
WORDS = "MARKED he followed me home"
DURABLE = ("journal_mode", "synchronous", "secure_delete")
FULL = 2  # sqlite.org/pragma.html: each commit is on the disk before it is said to be kept


class Disk:
    """A folder with keys and a database, and stores that open it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.address = f"sqlite:///{folder}/trackers.db"
        keep(folder / "keys", [Key.new("k1")])

    def store(self) -> TrackerStore:
        return TrackerStore(DOMAIN, self.address, keys_file=str(self.folder / "keys"))

    def raw(self) -> bytes:
        return b"".join(path.read_bytes() for path in self.folder.glob("trackers.db*"))

    def sealed(self, sender: str) -> bytes:
        """What lies on the disk of a conversation's last turn."""
        with sqlite3.connect(self.folder / "trackers.db") as connection:
            query = "SELECT data FROM tracker_turns WHERE sender_id = ? ORDER BY number DESC"
            return str(connection.execute(query, [sender]).fetchone()[0]).encode()

    def execute(self, statement: str) -> None:
        with sqlite3.connect(self.folder / "trackers.db") as connection:
            connection.execute(statement)


@pytest.fixture
def disk(tmp_path: Path) -> Disk:
    return Disk(tmp_path)


async def test_a_turn_comes_back_as_it_was(disk: Disk) -> None:
    store = disk.store()
    await _turn(store, "c1", "one")
    await _turn(store, "c1", "two")
    for looked in (store, disk.store()):
        assert _said(await looked.retrieve("c1")) == ["one", "two"]


async def test_slots_come_back(disk: Disk) -> None:
    await _turn(disk.store(), "c1", "one")
    tracker = await disk.store().retrieve("c1")
    assert tracker is not None
    assert tracker.get_slot("what") == {"as_said": "one"}


async def test_who_never_spoke_has_no_tracker(disk: Disk) -> None:
    store = disk.store()
    assert await store.retrieve("c1") is None
    made = await store.get_or_create_tracker("c1", append_action_listen=False)
    assert list(made.events) == []
    assert list(await store.keys()) == []


async def test_nothing_said_can_be_read_on_the_disk(disk: Disk) -> None:
    await _turn(disk.store(), "c1", WORDS)
    for word in (b"MARKED", b"followed", b"tell", b"utter_x", b"what"):
        assert word not in disk.raw()


async def test_what_another_process_kept_is_seen(disk: Disk) -> None:
    ours, theirs = disk.store(), disk.store()
    await _turn(ours, "c1", "one")
    await _turn(theirs, "c1", "two")
    await _turn(ours, "c1", "three")
    assert _said(await theirs.retrieve("c1")) == ["one", "two", "three"]


async def test_a_new_session_starts_fresh_and_the_old_one_is_kept(disk: Disk) -> None:
    store = disk.store()
    await _turn(store, "c1", "one")
    await _turn(store, "c1", "two", SessionStarted())
    await _turn(store, "c1", "three")
    for looked in (store, disk.store()):
        assert _said(await looked.retrieve("c1")) == ["two", "three"]
        assert _said(await looked.retrieve_full_tracker("c1")) == ["one", "two", "three"]


async def test_a_tracker_saved_twice_is_kept_once(disk: Disk) -> None:
    store = disk.store()
    await _turn(store, "c1", "one")
    tracker = await _turn(store, "c1", "two", SessionStarted())
    await store.save(tracker)
    tracker.update(BotUttered("late"), DOMAIN)
    await store.save(tracker)
    full = await disk.store().retrieve_full_tracker("c1")
    assert _said(full) == ["one", "two"]
    assert full is not None
    assert len(full.events) == len(tracker.events)


async def test_what_is_erased_is_gone_everywhere(disk: Disk) -> None:
    ours, theirs = disk.store(), disk.store()
    await _turn(ours, "c1", WORDS)
    await _turn(ours, "c2", "another")
    await theirs.retrieve("c1")
    sealed, other = disk.sealed("c1"), disk.sealed("c2")
    assert sealed in disk.raw()
    await ours.delete("c1")
    assert sealed not in disk.raw()  # nor in the log of writes
    assert other in disk.raw()
    for looked in (ours, theirs, disk.store()):
        assert await looked.retrieve("c1") is None
        assert _said(await looked.retrieve("c2")) == ["another"]


async def test_what_the_log_still_holds_is_not_called_forgotten(disk: Disk) -> None:
    store = disk.store()
    await _turn(store, "c1", WORDS)
    sealed = disk.sealed("c1")
    with closing(sqlite3.connect(disk.folder / "trackers.db")) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM tracker_turns").fetchone()
        with pytest.raises(StillInLog):
            await store.delete("c1")
        reader.rollback()
    assert await store.retrieve("c1") is None
    await store.delete("c1")  # asked again
    assert sealed not in disk.raw()


async def test_what_is_kept_survives_a_power_cut(disk: Disk) -> None:
    engine = disk.store()._turns._engine
    opened = [engine.connect() for _ in range(2)]  # who writes, and who reads
    for connection in opened:
        shown = [connection.exec_driver_sql(f"PRAGMA {one}").scalar() for one in DURABLE]
        assert shown == ["wal", FULL, 1]


async def test_a_row_moved_to_another_conversation_does_not_open(disk: Disk) -> None:
    await _turn(disk.store(), "c1", WORDS)
    disk.execute("UPDATE tracker_turns SET sender_id = 'c2'")
    with pytest.raises(NotOpened):
        await disk.store().retrieve("c2")


def test_without_keys_nothing_is_opened(disk: Disk) -> None:
    (disk.folder / "keys").unlink()
    with pytest.raises(NoKeys):
        disk.store()


async def test_a_turn_reads_its_conversation_once(disk: Disk) -> None:
    mine, other = disk.store(), disk.store()
    await _turn(mine, "c1", "one")
    with one_turn():
        await mine.retrieve("c1")
        await _turn(other, "c1", "two")  # no lock keeps this one out
        assert _said(await mine.retrieve("c1")) == ["one"]
    with one_turn():
        assert _said(await mine.retrieve("c1")) == ["one", "two"]


async def test_a_turn_that_is_given_up_writes_nothing_after_it_has_ended(disk: Disk) -> None:
    store = disk.store()
    await _turn(store, "c1", "one")
    with closing(sqlite3.connect(disk.folder / "trackers.db")) as other:
        other.execute("BEGIN IMMEDIATE")  # it waits for this one
        turns = [asyncio.ensure_future(_turn(store, name, "two")) for name in ("c1", "c2")]
        await asyncio.sleep(0.2)
        for turn in turns:
            turn.cancel()
        done, waiting = await asyncio.wait(turns, timeout=0.2)
        assert done == {turns[1]}  # it had not begun to write
        assert waiting == {turns[0]}
        other.rollback()
    with pytest.raises(asyncio.CancelledError):
        await turns[0]
    assert _said(await disk.store().retrieve("c1")) == ["one", "two"]
    assert await disk.store().retrieve("c2") is None
    assert _said(await _turn(store, "c1", "three")) == ["one", "two", "three"]


def test_a_server_that_says_nothing_is_not_waited_for_without_end(
    disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(trackers.PATIENCE, "connect_timeout", 2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"postgresql://waymark@127.0.0.1:{silent.getsockname()[1]}/waymark"
        began = time.monotonic()
        with pytest.raises(OperationalError):
            prepare(address, "", str(disk.folder / "keys"))
        assert time.monotonic() - began < 8


def test_several_engines_keep_turns_at_once(disk: Disk) -> None:
    prepare(disk.address, "", str(disk.folder / "keys"))  # as their parent does
    with ThreadPoolExecutor(4) as engines:
        list(engines.map(lambda name: asyncio.run(_talk(disk, name)), "abcd"))
    kept = {name: asyncio.run(disk.store().retrieve(name)) for name in "abcd"}
    assert all(len(_said(tracker)) == TURNS for tracker in kept.values())


async def _talk(disk: Disk, sender: str) -> None:
    store = disk.store()
    for number in range(TURNS):
        await _turn(store, sender, f"turn {number}")


async def _turn(store: Any, sender: str, words: str, *first: Event) -> DialogueStateTracker:
    """One turn as Rasa takes it: the tracker is fetched, grows and is saved."""
    tracker = await store.get_or_create_tracker(sender, append_action_listen=False)
    intent = {"name": "tell", "confidence": 1.0}
    events = [
        *first,
        ActionExecuted("action_listen"),
        UserUttered(words, intent=intent, parse_data={"intent": intent, "text": words}),
        SlotSet("what", {"as_said": words}),
        ActionExecuted("utter_x"),
        BotUttered(f"you said {words}"),
    ]
    tracker.update_with_events(events, DOMAIN)
    await store.save(tracker)
    return tracker


def _said(tracker: DialogueStateTracker | None) -> list[str]:
    assert tracker is not None
    said = [event.text for event in tracker.events if isinstance(event, UserUttered)]
    assert json.dumps(said)
    return said
