"""Who is taken in while many wait for an answer in one process.

Below MANY everybody; below TOO_MANY who presses a choice or tells of danger; below FULL who tells
of danger: their risk is read and the desk hears of it, with no turn of the dialogue. At FULL
nobody: a person must hear soon that we can't.
"""

import asyncio
from collections.abc import Awaitable, Callable

MANY, TOO_MANY, FULL = 200, 400, 1000  # conversations
READ_AT_ONCE = 32  # messages read for danger before they are taken in
READ_WITHIN = 5.0  # seconds; who was not read by then is taken in


class Overloaded(Exception):
    """So many people write that an answer would come too late."""


class Crowd:
    """Looks at who comes while many wait."""

    def __init__(self) -> None:
        self._reading = asyncio.Semaphore(READ_AT_ONCE)

    async def lets_in(
        self, waiting: int, dangerous: Callable[[], Awaitable[bool]], *, pressed: bool
    ) -> bool:
        """Return when a message may come in; whether it goes briefly. Raises Overloaded.

        Briefly means: its risk is read and people see to it, the dialogue does not go on.
        """
        if waiting < MANY or (pressed and waiting < TOO_MANY):
            return False
        if waiting >= FULL or not await self._in_danger(dangerous):
            raise Overloaded
        return self.is_heard_briefly(waiting)

    def is_heard_briefly(self, waiting: int) -> bool:
        """Whether who is taken in beside so many gets no turn of the dialogue."""
        return waiting >= TOO_MANY

    async def _in_danger(self, dangerous: Callable[[], Awaitable[bool]]) -> bool:
        try:
            async with asyncio.timeout(READ_WITHIN), self._reading:
                return await dangerous()
        except TimeoutError:
            return True
