"""Work that one process does for all goes on while its signs are late, and never in two."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing, suppress

import pytest

from channels import alive
from channels.alive import Alive
from channels.bell import Bell
from channels.lifelines import Lifelines
from channels.reception import Reception
from channels.words import Words
from knowledge.errors import Unavailable
from knowledge.opening import Knowledge, open_knowledge
from knowledge.processes import operations
from tests.fakes import FakeAssistant

LATE = 2.5  # seconds; longer than a sign lasts here


class Work:
    """A job that notes when it begins and ends."""

    def __init__(self, told: list[str], who: str) -> None:
        self._told = told
        self._who = who
        self.has_ended = False

    async def start(self) -> None:
        self._told.append(f"{self._who} begins")
        self.has_ended = False

    def ended(self) -> bool:
        return self.has_ended

    async def stop(self) -> None:
        self._told.append(f"{self._who} ends")


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture(autouse=True)
def fast(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, seconds in (("LIVES", 1.5), ("BEAT", 0.4), ("SETTLES", 1.2), ("SURE", 0.5)):
        monkeypatch.setattr(operations, name, seconds)
    monkeypatch.setattr(alive, "BEAT", 0.4)
    monkeypatch.setattr(alive, "HOLD_EVERY", 0.1)


async def test_a_process_that_is_alone_works_on_while_its_signs_are_late(
    sqlite_url: str, told: list[str]
) -> None:
    async with _process(sqlite_url, told, "one") as (_, living):
        await _until(told, ["one begins"])
        async with _written_to_by_another(sqlite_url):
            await asyncio.sleep(LATE)
            assert told == ["one begins"]
        await asyncio.sleep(1.0)  # the signs that waited go through
        assert told == ["one begins"]
        await living.stop()
        assert told == ["one begins", "one ends"]


async def test_who_is_late_ends_before_another_one_begins(
    sqlite_url: str, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with _process(sqlite_url, told, "one") as (one, _):
        await _until(told, ["one begins"])
        with monkeypatch.context() as patched:
            patched.setattr(one.processes, "beat", _never)
            await asyncio.sleep(LATE)
            assert told == ["one begins"]  # nobody is there to follow
            async with _process(sqlite_url, told, "two"):
                await _until(told, ["one begins", "one ends", "two begins"])
                patched.undo()
                await asyncio.sleep(1.0)
                assert told == ["one begins", "one ends", "two begins"]
        await _until(told, ["one begins", "one ends", "two begins", "two ends", "one begins"])


async def test_while_the_database_is_away_nobody_works_for_long(
    sqlite_url: str, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with _process(sqlite_url, told, "one") as (one, _):
        await _until(told, ["one begins"])
        with monkeypatch.context() as patched:
            for name in ("beat", "look"):
                patched.setattr(one.processes, name, _never)
            await _until(told, ["one begins", "one ends"])
        await _until(told, ["one begins", "one ends", "one begins"])


async def test_work_that_ends_by_itself_begins_anew(sqlite_url: str, told: list[str]) -> None:
    work = Work(told, "one")
    async with _process(sqlite_url, told, "one", work):
        await _until(told, ["one begins"])
        work.has_ended = True
        await _until(told, ["one begins", "one ends", "one begins"])


@asynccontextmanager
async def _process(
    url: str, told: list[str], who: str, work: Work | None = None
) -> AsyncIterator[tuple[Knowledge, Alive]]:
    knowledge, bell = open_knowledge(url), Bell()
    reception = Reception(
        knowledge.conversations, FakeAssistant(), Words.load(), Lifelines.load(), bell
    )
    living = Alive(knowledge.processes, reception, bell, {"telegram": work or Work(told, who)})
    await living.start()
    yield knowledge, living
    await living.stop()
    await reception.stop()
    await living.leave()
    await knowledge.database.close()


@asynccontextmanager
async def _written_to_by_another(url: str) -> AsyncIterator[None]:
    """Nothing else can be written meanwhile; reading goes on."""
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"), timeout=0)) as other:
        while not other.in_transaction:
            await asyncio.sleep(0.01)
            with suppress(sqlite3.OperationalError):
                other.execute("BEGIN IMMEDIATE")
        yield
        other.rollback()


async def _never(*_: object) -> set[str]:
    raise Unavailable("the database did not answer")


async def _until(told: list[str], awaited: list[str]) -> None:
    async with asyncio.timeout(15):
        while told != awaited:
            await asyncio.sleep(0.02)
