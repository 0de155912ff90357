"""What Rasa's own store kept in clear is sealed while the assistant answers already."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from rasa.core.tracker_store import SQLTrackerStore

import bot.trackers
from bot.old_events import OldEvents, take_over_rest
from bot.turns import Turns
from tests.bot.test_trackers import DOMAIN, WORDS, Disk, _said, _turn, disk

__all__ = ["disk"]

A_WHILE = 10.0


@pytest.fixture
def held_back(monkeypatch: pytest.MonkeyPatch) -> list[Turns]:
    """What stores would take over in the background, and don't."""
    waiting: list[Turns] = []
    monkeypatch.setattr(bot.trackers, "take_over_rest", waiting.append)
    return waiting


async def test_it_is_all_sealed_in_the_background(disk: Disk) -> None:
    await _before(disk, "c1", "c2", "c3")
    store = disk.store()
    _until(lambda: not _has_old(disk))
    disk.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert b"MARKED" not in disk.raw()
    for sender in ("c1", "c2", "c3"):
        assert _said(await store.retrieve_full_tracker(sender)) == [f"one of {sender}", WORDS]


async def test_who_writes_first_is_answered_at_once(disk: Disk, held_back: list[Turns]) -> None:
    await _before(disk, "c1", "c2")
    store = disk.store()
    await _turn(store, "c1", "three")
    assert _said(await disk.store().retrieve("c1")) == ["one of c1", WORDS, "three"]
    assert _has_old(disk)
    assert sorted(await store.keys()) == ["c1", "c2"]


async def test_what_is_erased_before_its_turn_does_not_come_back(
    disk: Disk, held_back: list[Turns]
) -> None:
    await _before(disk, "c1", "c2")
    store = disk.store()
    await store.delete("c1")
    take_over_rest(held_back[0])
    assert await store.retrieve("c1") is None
    assert _said(await store.retrieve("c2")) == ["one of c2", WORDS]
    assert not _has_old(disk)


async def test_what_cannot_be_read_is_left_and_can_be_erased(
    disk: Disk, held_back: list[Turns], caplog: pytest.LogCaptureFixture
) -> None:
    await _before(disk, "c1", "c2")
    disk.execute("UPDATE events SET data = 'MARKED is no JSON' WHERE sender_id = 'c1'")
    store = disk.store()
    take_over_rest(held_back[0])
    assert _said(await store.retrieve("c2")) == ["one of c2", WORDS]
    assert _has_old(disk)
    assert "MARKED" not in caplog.text
    await store.delete("c1")
    take_over_rest(held_back[0])
    assert not _has_old(disk)


async def test_broken_off_it_goes_on_at_the_next_start(
    disk: Disk, held_back: list[Turns], monkeypatch: pytest.MonkeyPatch
) -> None:
    await _before(disk, "c1", "c2")
    first = disk.store()
    with monkeypatch.context() as broken:
        broken.setattr(OldEvents, "taken", _taken_and_killed(OldEvents.taken))
        with pytest.raises(SystemExit):
            take_over_rest(held_back[0])
    assert first is not None
    second = disk.store()
    take_over_rest(held_back[1])
    for sender in ("c1", "c2"):
        assert _said(await second.retrieve(sender)) == [f"one of {sender}", WORDS]


async def test_several_engines_take_over_at_once(disk: Disk) -> None:
    senders = [f"c{number}" for number in range(12)]
    await _before(disk, *senders)
    stores = [disk.store() for _ in range(3)]
    with ThreadPoolExecutor(3) as engines:
        said = list(engines.map(lambda store: asyncio.run(_all_said(store, senders)), stores))
    assert said == [[[f"one of {sender}", WORDS] for sender in senders]] * 3
    _until(lambda: not _has_old(disk))


async def _before(disk: Disk, *senders: str) -> None:
    """As Rasa's own store kept it."""
    before = SQLTrackerStore(DOMAIN, host=disk.address)
    for sender in senders:
        for words in (f"one of {sender}", WORDS):
            await _turn(before, sender, words)
    before.engine.dispose()
    assert b"MARKED" in disk.raw()


async def _all_said(store: Any, senders: list[str]) -> list[list[str]]:
    return [_said(await store.retrieve(sender)) for sender in senders]


def _taken_and_killed(taken: Callable[..., Any]) -> Callable[..., Any]:
    def broken(*arguments: Any) -> Any:
        taken(*arguments)
        raise SystemExit

    return broken


def _has_old(disk: Disk) -> bool:
    with sqlite3.connect(disk.folder / "trackers.db") as connection:
        query = "SELECT COUNT(*) FROM sqlite_master WHERE name = 'events'"
        return bool(connection.execute(query).fetchone()[0])


def _until(what: Callable[[], bool]) -> None:
    end = time.monotonic() + A_WHILE
    while not what():
        assert time.monotonic() < end
        time.sleep(0.05)
