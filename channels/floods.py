"""Limits that keep one sender from drowning the rest."""

from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TypeVar

from limits import RateLimitItem, parse
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import MovingWindowRateLimiter

MESSAGES = parse("40/minute")  # of one conversation: faster than anybody types
CONVERSATIONS = parse("30/minute")  # from one address: a shared office stays well below
DIRECTORY = parse("600/minute")  # of one address: another directory reads all of ours at once
PROVIDERS = parse("30/minute")  # of one address: answers to our letters
RETURNS = parse("10/minute")  # phrases tried from one address
ALL_RETURNS = parse("120/minute")  # phrases tried by everybody together
SIGN_INS = parse("10/minute")  # of one address
IN_DANGER = parse("300/minute")  # of everybody over a limit together: read for danger
STREAMS_OF_ONE = 10  # open at once for one conversation: its tabs and devices
STREAMS_OF_ADDRESS = 500  # open at once from one address: a whole office, or a mobile network

T = TypeVar("T")


class Flooded(Exception):
    """Too much came from one sender."""


class Floods:
    """Counts what each sender sends. ``off`` lifts the limits (WAYMARK_LIMITS=off)."""

    def __init__(self, *, off: bool = False) -> None:
        self._off = off
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._open: Counter[str] = Counter()

    async def check(self, limit: RateLimitItem, sender: str) -> None:
        """Count one more of a sender. Raises Flooded over the limit."""
        if not self._off and not await self._limiter.hit(limit, sender):
            raise Flooded

    async def check_words(
        self, limit: RateLimitItem, sender: str, dangerous: Callable[[], Awaitable[bool]]
    ) -> None:
        """The same for words of a person: those that tell of danger are let in over the limit.

        Raises Flooded.
        """
        try:
            await self.check(limit, sender)
        except Flooded:
            await self.check(IN_DANGER, "everybody")
            if not await dangerous():
                raise

    def stream(
        self, conversation: str, address: str, events: AsyncIterator[T]
    ) -> AsyncIterator[T]:
        """A stream, counted while it is open. Raises Flooded when too many are."""
        both = (f"conversation {conversation}", f"address {address}")
        if not self._off and any(
            self._open[one] >= most
            for one, most in zip(both, (STREAMS_OF_ONE, STREAMS_OF_ADDRESS), strict=True)
        ):
            raise Flooded
        return self._counted(both, events)

    async def _counted(
        self, senders: tuple[str, str], events: AsyncIterator[T]
    ) -> AsyncIterator[T]:
        self._open.update(senders)
        try:
            async for event in events:
                yield event
        finally:
            self._open.subtract(senders)
            self._open += Counter()  # those at nothing are forgotten
