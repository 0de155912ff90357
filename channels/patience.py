"""What a stream does while the database is away."""

import asyncio
from collections.abc import Awaitable, Callable

from knowledge.errors import Unavailable

LOOK_AGAIN_AFTER = 1.0  # seconds


async def patiently[T](look: Callable[[], Awaitable[T]]) -> T:
    """What a look finds, as soon as the database answers.

    A page whose stream broke off would ask again, be refused, and ask no more. Raises whatever
    else the look raises.
    """
    while True:
        try:
            return await look()
        except Unavailable:
            await asyncio.sleep(LOOK_AGAIN_AFTER)
