"""Processes that share a Redis count floods together, without it each for itself."""

import asyncio
import shutil
import subprocess
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from redis.asyncio import Redis
from redis.exceptions import RedisError

from channels.floods import IN_DANGER, MESSAGES, Flooded, Floods
from tests.journeys.running import free_port

from .builders import A_WHILE

MOST = MESSAGES.amount


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """An empty Redis on a free port."""
    if not shutil.which("redis-server"):
        pytest.skip("no redis-server here")
    port = str(free_port())
    command = ["redis-server", "--port", port, "--save", "", "--dir", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        yield f"redis://127.0.0.1:{port}", process
        process.kill()


@pytest.fixture
async def two(server: tuple[str, object]) -> AsyncIterator[tuple[Floods, Floods]]:
    """Two processes with one Redis that answers."""
    here, there = Floods(redis_url=server[0]), Floods(redis_url=server[0])
    async with Redis.from_url(server[0]) as redis, asyncio.timeout(A_WHILE):
        while not await _answers(redis):
            await asyncio.sleep(0.02)
    yield here, there
    await here.close()
    await there.close()


async def test_what_came_to_one_process_counts_in_the_other(two: tuple[Floods, Floods]) -> None:
    for number in range(MOST):
        await two[number % 2].check(MESSAGES, "c1")
    for one in two:
        with pytest.raises(Flooded):
            await one.check(MESSAGES, "c1")
        await one.check(MESSAGES, "c2")


async def test_redis_knows_no_sender_and_forgets_within_the_limit(
    two: tuple[Floods, Floods], server: tuple[str, object]
) -> None:
    await two[0].check(MESSAGES, "192.0.2.7")
    async with Redis.from_url(server[0]) as redis:
        (key,) = await redis.keys()
        assert b"192.0.2.7" not in key
        assert 0 < await redis.ttl(key) <= MESSAGES.get_expiry()


async def test_without_redis_each_counts_for_itself_at_once(
    two: tuple[Floods, Floods], server: tuple[str, subprocess.Popen[bytes]]
) -> None:
    await two[0].check(MESSAGES, "c1")
    server[1].kill()
    server[1].wait()
    for one in two:
        async with asyncio.timeout(A_WHILE):
            for _ in range(MOST):
                await one.check(MESSAGES, "c1")
        with pytest.raises(Flooded):
            await one.check(MESSAGES, "c1")


async def test_danger_is_read_over_the_limit_and_one_sender_takes_nobody_elses_readings() -> None:
    floods = Floods()

    async def dangerous() -> bool:
        return True

    for _ in range(MOST + IN_DANGER.amount):
        await floods.check_words(MESSAGES, "loud", dangerous)
    with pytest.raises(Flooded):
        await floods.check_words(MESSAGES, "loud", dangerous)
    for _ in range(MOST + 1):
        await floods.check_words(MESSAGES, "other", dangerous)


@pytest.mark.parametrize("hours", [-1, 48])
async def test_a_clock_that_is_set_locks_nobody_out(
    monkeypatch: pytest.MonkeyPatch, hours: int
) -> None:
    floods, clock = Floods(), time.time
    for _ in range(MOST):
        await floods.check(MESSAGES, "c1")
    with pytest.raises(Flooded):
        await floods.check(MESSAGES, "c1")
    monkeypatch.setattr(time, "time", lambda: clock() + hours * 3600)
    for _ in range(MOST):
        await floods.check(MESSAGES, "c1")
    with pytest.raises(Flooded):  # it counts as before
        await floods.check(MESSAGES, "c1")


async def _answers(redis: Redis) -> bool:
    try:
        return bool(await redis.ping())
    except (RedisError, OSError):
        return False
