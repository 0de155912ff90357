"""One turn of a conversation at a time, in one assistant and between two."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from rasa.utils.endpoints import EndpointConfig

from bot import locks
from bot.locks import LockStore

PORT = 56379
URL = f"redis://127.0.0.1:{PORT}"


@pytest.fixture(scope="module")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if not shutil.which("redis-server"):
        pytest.skip("no redis-server here")
    folder: Path = tmp_path_factory.mktemp("redis")
    command = ["redis-server", "--port", str(PORT), "--save", "", "--dir", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        time.sleep(0.5)
        yield URL
        process.kill()


async def test_two_assistants_take_turns(redis: str) -> None:
    log = await _turns(_store(redis), _store(redis))
    assert log == ["in", "out"] * 4


async def test_one_assistant_takes_turns_without_redis() -> None:
    store = _store(None)
    assert await _turns(store, store) == ["in", "out"] * 4


async def test_redis_away_holds_nobody_up() -> None:
    store = _store("redis://127.0.0.1:1")
    assert await _turns(store, store) == ["in", "out"] * 4


async def test_what_a_killed_assistant_held_is_free_soon(
    redis: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locks, "LASTS", 0.5)
    dead = _store(redis)
    assert await dead._taken("killed") is not None  # and no sign of life follows
    began = time.monotonic()
    async with _store(redis).lock("killed"):
        assert time.monotonic() - began < 2.0


async def _turns(one: LockStore, other: LockStore) -> list[str]:
    log: list[str] = []

    async def turn(store: LockStore) -> None:
        async with store.lock("c1"):
            log.append("in")
            await asyncio.sleep(0.02)
            log.append("out")

    await asyncio.gather(*(turn(store) for store in (one, other, one, other)))
    return log


def _store(url: str | None) -> LockStore:
    return LockStore(EndpointConfig(url=url))
