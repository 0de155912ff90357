"""One turn of a conversation at a time, whichever assistant it comes to.

Rasa's own lock sleeps a whole second whenever it waits, and what a killed process held stays
locked for a minute. This one lies in Redis, ends three seconds after its holder's last sign of
life, and waits in short steps. Without Redis, or while that is away, it holds in this process:
reception hands over one message of a conversation at a time anyhow.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from typing import Any
from weakref import WeakValueDictionary

from rasa.core.lock import TicketLock
from rasa.core.lock_store import LockStore as RasaLockStore
from rasa.utils.endpoints import EndpointConfig
from redis.asyncio import Redis  # type: ignore[import-untyped]
from redis.asyncio.lock import Lock  # type: ignore[import-untyped]
from redis.exceptions import RedisError  # type: ignore[import-untyped]

log = logging.getLogger(__name__)

LASTS = 3.0  # seconds after the holder's last sign
SIGN_EVERY = 1.0
LOOKS_EVERY = 0.02
PREFIX = "waymark:turn:"


class LockStore(RasaLockStore):
    """Locks by conversation. ``url`` of the endpoint names Redis; without it there is none."""

    def __init__(self, endpoint_config: EndpointConfig) -> None:
        """Open no connection yet."""
        url = endpoint_config.url
        self._redis = (
            Redis.from_url(url, socket_timeout=2, socket_connect_timeout=1) if url else None
        )
        self._here: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def lock(self, conversation_id: str, *_: Any, **__: Any) -> AsyncGenerator[Any, None]:
        """Hold a conversation's lock while the block runs."""
        here = self._here.setdefault(conversation_id, asyncio.Lock())
        async with here:
            lock = await self._taken(conversation_id)
            keeping = asyncio.ensure_future(_keep(lock)) if lock else None
            try:
                yield TicketLock(conversation_id)
            finally:
                if lock and keeping:
                    keeping.cancel()
                    with suppress(RedisError, OSError, asyncio.CancelledError):
                        await keeping
                    with suppress(RedisError, OSError):
                        await lock.release()

    async def _taken(self, conversation_id: str) -> Lock | None:
        if self._redis is None:
            return None
        lock = self._redis.lock(PREFIX + conversation_id, timeout=LASTS, sleep=LOOKS_EVERY)
        try:
            await lock.acquire()
        except (RedisError, OSError) as error:
            log.warning("redis: %s", type(error).__name__)
            return None
        return lock


async def _keep(lock: Lock) -> None:
    """Give signs of life until cancelled."""
    while True:
        await asyncio.sleep(SIGN_EVERY)
        with suppress(RedisError, OSError):
            await lock.reacquire()
