"""Telegram's limit of 30 messages a second, as it is seen on the wire."""

import asyncio
import time
from typing import Any

from channels.telegram.pace import AT_MOST, Pace

CALLS = 75
SLOWEST = 0.15  # seconds on the wire, there and back


async def test_no_second_on_the_wire_holds_more_than_thirty() -> None:
    seen = await _counted({"chat_id": "1000"})
    assert len(seen) == CALLS
    assert all(late - early > 1 for early, late in zip(seen, seen[AT_MOST:], strict=False))


async def test_what_is_about_no_chat_waits_for_nobody() -> None:
    seen = await _counted({})
    assert max(seen) - min(seen) < 1


async def test_one_that_fails_holds_its_place_no_longer_than_others() -> None:
    pace = Pace(0)

    async def fails() -> bool:
        raise OSError

    async def works() -> bool:
        return True

    about = "sendMessage", {"chat_id": "1000"}, None
    for _ in range(AT_MOST):
        done = await asyncio.gather(
            pace.process_request(fails, (), {}, *about), return_exceptions=True
        )
        assert isinstance(done[0], OSError)
    async with asyncio.timeout(10):
        assert await pace.process_request(works, (), {}, *about)


async def _counted(data: dict[str, Any]) -> list[float]:
    """When Telegram counted each of many calls that are begun at once; each is late in its way."""
    pace, seen = Pace(0), list[float]()

    async def call(number: int) -> bool:
        there = SLOWEST * (number % 7) / 7
        await asyncio.sleep(there)
        seen.append(time.monotonic())
        await asyncio.sleep(SLOWEST - there)
        return True

    await asyncio.gather(
        *(
            pace.process_request(call, (number,), {}, "sendMessage", data, None)
            for number in range(CALLS)
        )
    )
    return sorted(seen)
