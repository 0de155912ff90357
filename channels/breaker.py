"""A circuit breaker: while somebody who should answer hangs, the first alone wait long for it.

After some time-outs in a row one question at a time tries whether they answer again; the others
are told at once that they don't. Anything but a time-out, a refusal too, ends that.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from time import monotonic

IN_A_ROW = 8  # time-outs, with no answer in between
GRACE = 1.0  # seconds from its beginning that the others wait for the one that tries
KNOWN_FOR = 20.0  # seconds after the last time-out; then nobody knows any more


class Breaker:
    """What became of the questions that went through it."""

    def __init__(self) -> None:
        self._late = 0
        self._last = 0.0
        self._trial: tuple[float, asyncio.Event] | None = None

    @property
    def _hangs(self) -> bool:
        return self._late >= IN_A_ROW and monotonic() - self._last < KNOWN_FOR

    @asynccontextmanager
    async def passing(self) -> AsyncIterator[None]:
        """Around one question, which raises TimeoutError when it was too late.

        Raises it at once instead where it would be in vain to ask.
        """
        if self._hangs and self._trial is not None:
            await self._see(*self._trial)
        ends = asyncio.Event()
        tries = self._hangs
        if tries:
            self._trial = (monotonic(), ends)
        try:
            yield
            self._late = 0
        except TimeoutError:
            self._late, self._last = self._late + 1, monotonic()
            raise
        except Exception:
            self._late = 0
            raise
        finally:  # who was broken off tells nothing
            if tries:
                self._trial = None
                ends.set()

    async def _see(self, since: float, ends: asyncio.Event) -> None:
        """Wait a moment for the one that tries. Raises TimeoutError when it did not help."""
        with suppress(TimeoutError):
            await asyncio.wait_for(ends.wait(), max(0.0, since + GRACE - monotonic()))
        if self._hangs:
            raise TimeoutError
