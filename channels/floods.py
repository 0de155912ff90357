"""Limits that keep one sender from drowning the rest.

Where several processes share a Redis they count together; while it is away each counts for
itself. Who sent is known there by a keyed hash alone, and forgotten after the minute.
"""

import logging
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import NoReturn, TypeVar

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage, RedisStorage
from limits.aio.strategies import MovingWindowRateLimiter
from redis.asyncio import ConnectionPool
from redis.exceptions import RedisError

from channels.attempts import tried
from knowledge.sealing.columns import ring_in_use

log = logging.getLogger(__name__)


def a_minute(amount: int, name: str) -> RateLimitItem:
    """So many in a minute. Limits are counted, and named in figures, each by itself."""
    return RateLimitItemPerMinute(amount, namespace=name)


MESSAGES = a_minute(40, "messages")  # of one conversation: faster than anybody types
READS = a_minute(300, "reads")  # of one conversation: its pages and programs ask for news
FILES = a_minute(10, "files")  # of one conversation: each costs a core a second
CONVERSATIONS = a_minute(30, "conversations")  # from one address: a shared office stays well below
DIRECTORY = a_minute(
    600, "directory"
)  # of one address: another directory reads all of ours at once
PROVIDERS = a_minute(30, "provider links")  # of one address: answers to our letters
RETURNS = a_minute(10, "returns")  # phrases tried from one address
ALL_RETURNS = a_minute(120, "all returns")  # phrases tried by everybody together
SIGN_INS = a_minute(10, "sign-ins")  # of one address
IN_DANGER = a_minute(60, "in danger")  # of one sender over a limit: read for danger
ALL_IN_DANGER = a_minute(300, "all in danger")  # the same of everybody together, in one process
SHARED_WITHIN = 0.5  # seconds for one count; a chat must not wait for Redis
ALONE_FOR = 5.0  # seconds without asking Redis again after it failed
# Streams, and reads that wait for something new:
STREAMS_OF_ONE = 10  # open at once for one conversation: its tabs and devices
STREAMS_OF_ADDRESS = 500  # open at once from one address: a whole office, or a mobile network
STREAMS_AT_DESK = 40  # open at once for one co-ordinator: each page there holds two

# Counts go by the clock: where it is set back they would stand until that time comes again.
SET_BY = 5.0  # seconds

T = TypeVar("T")


class Flooded(Exception):
    """Too much came from one sender."""


class Floods:
    """Counts what each sender sends. ``off`` lifts the limits (WAYMARK_LIMITS=off)."""

    def __init__(self, *, off: bool = False, redis_url: str | None = None) -> None:
        self._off = off
        self._own, self._began = MovingWindowRateLimiter(MemoryStorage()), _clock_began()
        self._pool = _pool(redis_url) if redis_url else None
        self._shared = _limiter(self._pool) if self._pool else None
        self._alone_until = 0.0
        self._open: Counter[str] = Counter()

    async def check(self, limit: RateLimitItem, sender: str) -> None:
        """Count one more of a sender, in all processes. Raises Flooded over the limit."""
        if not await self._is_within(limit, sender):
            _refuse(limit.namespace)

    async def is_first(self, limit: RateLimitItem, thing: str) -> bool:
        """Whether nobody asked this of a thing before, within a limit of one; never off."""
        return await self._hit(limit, thing)

    async def close(self) -> None:
        """Let the connections go."""
        if self._pool is not None:
            await self._pool.aclose()

    async def _is_within(self, limit: RateLimitItem, sender: str) -> bool:
        return self._off or await self._hit(limit, sender)

    async def _hit(self, limit: RateLimitItem, sender: str) -> bool:
        if self._shared is not None and time.monotonic() >= self._alone_until:
            try:
                return await self._shared.hit(limit, ring_in_use().hashes(sender, "floods")[0])
            except (RedisError, OSError) as error:
                log.warning("redis: %s", type(error).__name__)
                self._alone_until = time.monotonic() + ALONE_FOR
        return await self._hit_here(limit, sender)

    async def _hit_here(self, limit: RateLimitItem, sender: str) -> bool:
        began = _clock_began()
        if abs(began - self._began) > SET_BY:
            self._own, self._began = MovingWindowRateLimiter(MemoryStorage()), began
        return await self._own.hit(limit, sender)

    async def check_words(
        self, limit: RateLimitItem, sender: str, dangerous: Callable[[], Awaitable[bool]]
    ) -> None:
        """The same for words of a person: those that tell of danger are let in over the limit.

        Raises Flooded.
        """
        if await self._is_within(limit, sender):
            return
        # What protects the recogniser counts here alone: others' floods silence nobody.
        may_read = await self._hit_here(IN_DANGER, f"danger {sender}") and await self._hit_here(
            ALL_IN_DANGER, "everybody"
        )
        if not may_read or not await dangerous():
            _refuse(limit.namespace)

    def stream(
        self, conversation: str, address: str, events: AsyncIterator[T]
    ) -> AsyncIterator[T]:
        """A stream, counted while it is open. Raises Flooded when too many are."""
        return self._counted(self._with_room(*_of_person(conversation, address)), events)

    def stream_at_desk(self, coordinator: str, events: AsyncIterator[T]) -> AsyncIterator[T]:
        """A co-ordinator's stream, counted while it is open. Raises Flooded."""
        return self._counted(self._with_room((f"desk {coordinator}", STREAMS_AT_DESK)), events)

    @contextmanager
    def waiting(self, conversation: str, address: str) -> Iterator[None]:
        """Around a read that waits, which counts like a stream. Raises Flooded."""
        with self._kept_open(self._with_room(*_of_person(conversation, address))):
            yield

    def _with_room(self, *senders: tuple[str, int]) -> tuple[str, ...]:
        if not self._off and any(self._open[sender] >= most for sender, most in senders):
            _refuse("streams")
        return tuple(sender for sender, _ in senders)

    async def _counted(
        self, senders: tuple[str, ...], events: AsyncIterator[T]
    ) -> AsyncIterator[T]:
        with self._kept_open(senders):
            async for event in events:
                yield event

    @contextmanager
    def _kept_open(self, senders: tuple[str, ...]) -> Iterator[None]:
        self._open.update(senders)
        try:
            yield
        finally:
            self._open.subtract(senders)
            self._open += Counter()  # those at nothing are forgotten


def _refuse(limit: str) -> NoReturn:
    """Count it and refuse. Raises Flooded."""
    tried(limit)
    raise Flooded


def _of_person(conversation: str, address: str) -> tuple[tuple[str, int], ...]:
    """Who holds a person's streams open, and how many each may."""
    return (
        (f"conversation {conversation}", STREAMS_OF_ONE),
        (f"address {address}", STREAMS_OF_ADDRESS),
    )


def _clock_began() -> float:
    """When the machine started, as its clock sees it now: the same until somebody sets it."""
    return time.time() - time.monotonic()


def _pool(url: str) -> ConnectionPool:
    return ConnectionPool.from_url(
        url, socket_connect_timeout=SHARED_WITHIN, socket_timeout=SHARED_WITHIN
    )


def _limiter(pool: ConnectionPool) -> MovingWindowRateLimiter:
    # The pool knows the address; the library only needs to know what kind it is.
    return MovingWindowRateLimiter(
        RedisStorage(
            "async+redis://",
            implementation="redispy",
            key_prefix="waymark",
            connection_pool=pool,  # type: ignore[arg-type]  # handed on to redis-py as it is
        )
    )
