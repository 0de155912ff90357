"""Who asks somebody that hangs, and who is told at once that it would be in vain."""

import asyncio

import pytest

from channels import breaker
from channels.breaker import Breaker

PATIENCE = 0.3  # seconds


async def test_who_comes_while_many_wait_long_is_told_at_once_after_the_first_was_late(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(breaker, "LONG", PATIENCE / 3)
    monkeypatch.setattr(breaker, "GRACE", 0.05)
    hanging = Breaker()
    first = asyncio.create_task(_late(hanging))
    await asyncio.sleep(PATIENCE / 2)
    waiting = [asyncio.create_task(_late(hanging)) for _ in range(breaker.IN_A_ROW - 1)]
    assert await first >= PATIENCE
    later = await asyncio.gather(*(_late(hanging) for _ in range(20)))
    assert max(later) < PATIENCE / 2
    assert min(await asyncio.gather(*waiting)) >= PATIENCE


async def test_who_comes_while_many_wait_long_in_silence_is_told_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A place that another engine's time-out makes free must not cost ten seconds more."""
    monkeypatch.setattr(breaker, "LONG", PATIENCE / 3)
    monkeypatch.setattr(breaker, "GRACE", 0.05)
    hanging = Breaker()
    waiting = [asyncio.create_task(_late(hanging)) for _ in range(breaker.IN_A_ROW)]
    await asyncio.sleep(PATIENCE / 2)
    assert await _late(hanging) < PATIENCE / 4
    assert min(await asyncio.gather(*waiting)) >= PATIENCE


async def test_who_comes_while_many_wait_long_but_some_are_answered_waits_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(breaker, "LONG", PATIENCE / 3)
    slow = Breaker()
    async with slow.passing():
        waiting = [asyncio.create_task(_late(slow)) for _ in range(breaker.IN_A_ROW)]
        await asyncio.sleep(PATIENCE / 2)
    assert await _late(slow) >= PATIENCE  # one was answered just now
    await asyncio.gather(*waiting)


async def test_who_comes_while_few_wait_long_waits_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(breaker, "LONG", PATIENCE / 3)
    slow = Breaker()
    first = asyncio.create_task(_late(slow))
    await asyncio.sleep(PATIENCE / 2)
    waiting = [asyncio.create_task(_late(slow)) for _ in range(breaker.IN_A_ROW - 2)]
    assert await first >= PATIENCE
    assert await _late(slow) >= PATIENCE
    await asyncio.gather(*waiting)


async def test_nobody_waits_long_right_behind_those_who_did(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(breaker, "PAUSE", PATIENCE)
    hanging = Breaker()
    await asyncio.gather(*(_late(hanging) for _ in range(breaker.IN_A_ROW)))
    assert await _late(hanging) < PATIENCE / 2
    await asyncio.sleep(PATIENCE)
    assert await _late(hanging) >= PATIENCE  # that one tried


async def _late(asked: Breaker) -> float:
    """How long somebody waits in vain."""
    began = asyncio.get_running_loop().time()
    with pytest.raises(TimeoutError):
        async with asked.passing(), asyncio.timeout(PATIENCE):
            await asyncio.sleep(60)
    return asyncio.get_running_loop().time() - began
