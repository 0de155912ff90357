"""Limits that keep one sender from drowning the rest."""

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


class Flooded(Exception):
    """Too much came from one sender."""


class Floods:
    """Counts what each sender sends. ``off`` lifts the limits (WAYMARK_LIMITS=off)."""

    def __init__(self, *, off: bool = False) -> None:
        self._off = off
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    async def check(self, limit: RateLimitItem, sender: str) -> None:
        """Count one more of a sender. Raises Flooded over the limit."""
        if not self._off and not await self._limiter.hit(limit, sender):
            raise Flooded
