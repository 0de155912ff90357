"""A circuit breaker: while somebody who should answer hangs, the first alone wait long for it.

After some time-outs in a row one question at a time tries whether they answer again, the next not
before a pause: who waited for a place behind those that were too late must not wait as long once
more. The others are told at once that they don't answer. So are those who come while several have
waited long, after the first time-out or where nobody was answered for as long: they would wait for
the same silence. Anything but a time-out, a refusal too, ends that.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from time import monotonic

IN_A_ROW = 8  # time-outs, with no answer in between
LONG = 5.0  # seconds; who waits longer counts as late once another one was, or nobody is answered
GRACE = 1.0  # seconds from its beginning that the others wait for the last one under way
PAUSE = 3.0  # seconds after the last time-out, in which nobody tries
KNOWN_FOR = 20.0  # seconds after the last time-out; then nobody knows any more


class Breaker:
    """What became of the questions that went through it."""

    def __init__(self) -> None:
        self._late = 0
        self._last = 0.0
        self._answered = monotonic()
        self._under_way: dict[asyncio.Event, float] = {}  # set at its end; when it began

    @property
    def _hangs(self) -> bool:
        now = monotonic()
        late = self._late if now - self._last < KNOWN_FOR else 0
        waiting_long = sum(now - began >= LONG for began in self._under_way.values())
        is_silent = late > 0 or now - self._answered >= LONG
        return is_silent and late + waiting_long >= IN_A_ROW

    @asynccontextmanager
    async def passing(self) -> AsyncIterator[None]:
        """Around one question, which raises TimeoutError when it was too late.

        Raises it at once instead where it would be in vain to ask.
        """
        if self._hangs:
            await self._see()
        ends = asyncio.Event()
        self._under_way[ends] = monotonic()
        try:
            yield
            self._late, self._answered = 0, monotonic()
        except TimeoutError:
            self._late, self._last = self._late + 1, monotonic()
            raise
        except Exception:
            self._late, self._answered = 0, monotonic()
            raise
        finally:  # who was broken off tells nothing
            del self._under_way[ends]
            ends.set()

    async def _see(self) -> None:
        """Wait a moment for the last one under way. Raises TimeoutError when it did not help."""
        tried = bool(self._under_way)
        if tried:
            ends, began = list(self._under_way.items())[-1]
            with suppress(TimeoutError):
                await asyncio.wait_for(ends.wait(), max(0.0, began + GRACE - monotonic()))
        if self._hangs and (tried or monotonic() - self._last < PAUSE):
            raise TimeoutError
