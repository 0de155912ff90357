"""Several processes on one database: who lives, who does what, who answers whom."""

import asyncio
import os
import random
import subprocess
import sys
import time
from collections.abc import AsyncIterator

import pytest

from knowledge.conversations.model import Author, Draft
from knowledge.opening import Knowledge, open_knowledge
from knowledge.processes import operations
from knowledge.processes.machine import Place
from knowledge.processes.operations import Processes

JOBS = ("clocks", "telegram")


@pytest.fixture
async def other(database_url: str) -> AsyncIterator[Knowledge]:
    """A second process on the same database."""
    opened = open_knowledge(database_url)
    yield opened
    await opened.database.close()


async def test_work_for_all_is_done_by_one(knowledge: Knowledge, other: Knowledge) -> None:
    assert await knowledge.processes.beat(JOBS) == set(JOBS)
    for _ in range(2):
        assert await other.processes.beat(JOBS) == set()
        assert await knowledge.processes.beat(JOBS) == set(JOBS)


async def test_claims_taken_at_the_same_moment_go_to_one(database_url: str) -> None:
    several = [open_knowledge(database_url) for _ in range(5)]
    held = await asyncio.gather(*(one.processes.beat(JOBS) for one in several))
    again = await asyncio.gather(*(one.processes.beat(JOBS) for one in several))
    for one in several:
        await one.database.close()
    assert sorted(name for some in again for name in some) == sorted(JOBS)
    assert all(some <= more for some, more in zip(held, again, strict=True))


async def test_who_leaves_is_followed_at_once(knowledge: Knowledge, other: Knowledge) -> None:
    await knowledge.processes.beat(JOBS)
    assert knowledge.processes.alive
    await knowledge.processes.leave()
    assert not knowledge.processes.alive
    assert await other.processes.beat(JOBS) == set(JOBS)


async def test_who_gives_no_sign_is_followed_and_knows_it_first(
    knowledge: Knowledge, other: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(operations, "LIVES", 1.5)
    monkeypatch.setattr(operations, "SETTLES", 1.0)
    await knowledge.processes.beat(JOBS)
    while knowledge.processes.alive:
        await asyncio.sleep(0.01)
    assert await other.processes.beat(JOBS) == set()
    await asyncio.sleep(1.2)
    assert await other.processes.beat(JOBS) == set()  # it follows, but has not begun
    assert await knowledge.processes.look() == set()
    assert not knowledge.processes.alive
    assert await knowledge.processes.beat(JOBS) == set()
    await asyncio.sleep(1.1)
    assert await other.processes.look() == set(JOBS)
    assert await other.processes.beat(JOBS) == set(JOBS)
    assert await knowledge.processes.beat(JOBS) == set()


async def test_who_is_late_keeps_what_nobody_took(
    knowledge: Knowledge, other: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(operations, "LIVES", 1.2)
    await knowledge.processes.beat(JOBS)
    await other.processes.beat()  # it lives, and wants none of it
    for _ in range(8):
        await asyncio.sleep(0.25)
        assert await knowledge.processes.look() == set(JOBS)
        assert knowledge.processes.alive
    assert await other.processes.bury() == 1  # no sign came for long
    assert await knowledge.processes.look() == set(JOBS)
    assert await knowledge.processes.beat(JOBS) == set(JOBS)
    assert await other.processes.beat(JOBS) == set()


async def test_whoever_follows_a_follower_begins_no_sooner(
    knowledge: Knowledge, other: Knowledge, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(operations, "LIVES", 1.2)
    monkeypatch.setattr(operations, "SETTLES", 1.5)
    await knowledge.processes.beat(JOBS)
    await asyncio.sleep(1.3)
    third = open_knowledge(database_url)
    assert await other.processes.beat(JOBS) == set()
    await other.processes.leave()  # at once, before it began
    assert await third.processes.beat(JOBS) == set()
    await asyncio.sleep(1.6)
    assert await third.processes.look() == set(JOBS)
    await third.database.close()


async def test_two_never_both_have_it_however_late_they_are(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, seconds in (("LIVES", 0.3), ("BEAT", 0.1), ("SETTLES", 0.6), ("SURE", 0.1)):
        monkeypatch.setattr(operations, name, seconds)
    rooms = [open_knowledge(database_url) for _ in range(3)]
    several = [one.processes for one in rooms]
    ours: dict[str, set[str]] = {}
    until = time.monotonic() + 8.0
    had, chance = set[str](), random.Random(1)  # noqa: S311

    async def live(one: Processes) -> None:
        while time.monotonic() < until:
            for _ in range(chance.randrange(1, 30)):
                ours[one.me] = await one.look()
                await asyncio.sleep(0.02)
            ours[one.me] = await one.beat(JOBS)

    async def watch() -> None:
        while time.monotonic() < until:
            held = [ours.get(one.me, set()) if one.alive else set() for one in several]
            had.update(one.me for one, some in zip(several, held, strict=True) if some)
            assert sum(map(len, held)) == len(set().union(*held))
            await asyncio.sleep(0.005)

    await asyncio.gather(watch(), *map(live, several))
    for room in rooms:
        await room.database.close()
    assert len(had) > 1  # it went from one to another


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs /proc")
async def test_who_is_killed_on_this_machine_is_buried_at_once(
    knowledge: Knowledge, database_url: str
) -> None:
    killed = subprocess.Popen([sys.executable, "-c", BEATS_AND_WAITS, database_url])
    async with asyncio.timeout(20):
        while await knowledge.processes.beat(["clocks"]):
            await knowledge.processes.leave()
            await asyncio.sleep(0.1)
    assert await knowledge.processes.bury() == 0
    killed.kill()
    killed.wait()
    assert await knowledge.processes.bury() == 1
    assert await knowledge.processes.beat(["clocks"]) == {"clocks"}


def test_nobody_is_called_dead_for_living_elsewhere() -> None:
    here = Place.here()
    assert not here.is_surely_dead(here)
    assert not Place("another machine", here.pid, 1).is_surely_dead(here)
    assert not Place("", 1, 0).is_surely_dead(Place("", 2, 0))
    assert Place(here.machine, os.getpid(), here.started + 1).is_surely_dead(here)


async def test_a_conversation_is_seen_to_by_one(knowledge: Knowledge, other: Knowledge) -> None:
    await _both_live(knowledge, other)
    conversation = await _told(knowledge, "one")
    await other.conversations.receive(conversation, _said("two"))
    assert await other.conversations.next_pending(conversation) is None
    assert await other.conversations.left_alone() == []
    for text in ("one", "two"):
        pending = await knowledge.conversations.next_pending(conversation)
        assert pending is not None
        assert pending.entry.text == text
        assert await knowledge.conversations.answer(pending, [_answer(text)])
    await other.conversations.receive(conversation, _said("three"))
    assert await knowledge.conversations.next_pending(conversation) is None
    assert (await other.conversations.next_pending(conversation)) is not None


async def test_what_the_dead_left_is_answered_once_by_who_follows(
    knowledge: Knowledge, other: Knowledge
) -> None:
    await _both_live(knowledge, other)
    conversation = await _told(knowledge, "one")
    late = await knowledge.conversations.next_pending(conversation)
    assert late is not None
    await knowledge.processes.leave()
    assert await other.conversations.left_alone() == [conversation]
    pending = await other.conversations.next_pending(conversation)
    assert pending is not None
    # It was not dead, only slow: its answer comes first, and is not taken.
    assert not await knowledge.conversations.answer(late, [_answer("one")])
    assert await other.conversations.answer(pending, [_answer("one")])
    assert await other.conversations.unfinished() == []


async def test_two_who_take_over_at_once_do_not_both_get_it(database_url: str) -> None:
    several = [open_knowledge(database_url) for _ in range(6)]
    for one in several[1:]:
        await one.processes.beat()
    conversation = await _told(several[0], "one")
    got = await asyncio.gather(
        *(one.conversations.next_pending(conversation) for one in several[1:])
    )
    for one in several:
        await one.database.close()
    assert sum(one is not None for one in got) == 1


async def _both_live(*several: Knowledge) -> None:
    for one in several:
        await one.processes.beat()


async def _told(knowledge: Knowledge, text: str) -> str:
    opened = await knowledge.conversations.open("web", _answer("welcome"))
    await knowledge.conversations.receive(opened.conversation, _said(text))
    return opened.conversation


def _said(text: str) -> Draft:
    return Draft(author=Author.PERSON, text=text, message_id=text)


def _answer(text: str) -> Draft:
    return Draft(author=Author.ASSISTANT, text=f"answer to {text}")


BEATS_AND_WAITS = """
import asyncio, sys
from knowledge.opening import open_knowledge

async def main():
    processes = open_knowledge(sys.argv[1]).processes
    while True:
        await processes.beat(["clocks"])
        await asyncio.sleep(0.1)

asyncio.run(main())
"""
