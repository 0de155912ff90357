"""Between the channels processes, over Redis: what rings, who is writing, who looks on.

Nothing is kept there, and no word goes that way: ids of conversations and co-ordinators only.
When Redis is away each process still looks for itself, every other second.
"""

import asyncio
import json
import logging
import uuid
from contextlib import suppress
from typing import Any

from redis.asyncio import Redis
from redis.exceptions import RedisError

from channels.bell import Bell
from channels.talk import Signs

log = logging.getLogger(__name__)

CHANNEL = "waymark"
MOST = 10_000  # signals that wait; more are dropped, and found by looking
AT_ONCE = 200
TRY_AGAIN_AFTER = 1.0  # seconds
SHOWS_LIFE_EVERY = 5  # seconds, so that a lost connection is noticed


class Wires:
    """A job of every process: carries signals out and in until it is stopped."""

    def __init__(self, url: str, bell: Bell, **signs: Signs) -> None:
        self._redis = Redis.from_url(
            url, health_check_interval=SHOWS_LIFE_EVERY, socket_connect_timeout=2, socket_timeout=5
        )
        self._me = uuid.uuid4().hex
        self._bell = bell
        self._signs = signs
        self._out: asyncio.Queue[list[Any]] = asyncio.Queue(MOST)
        self._tasks: list[asyncio.Task[None]] = []
        bell.beyond = lambda topics: self._put("ring", *topics)
        for kind, those in signs.items():
            those.beyond = self._carry(kind)

    async def start(self) -> None:
        """Begin, without waiting for Redis."""
        self._tasks = [asyncio.create_task(one()) for one in (self._send, self._hear)]

    async def stop(self) -> None:
        """End."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        with suppress(RedisError, OSError):
            await self._redis.aclose()

    async def ready(self) -> bool:
        """Whether Redis answers."""
        try:
            async with asyncio.timeout(2):
                return bool(await self._redis.ping())
        except (RedisError, OSError):
            return False

    def _carry(self, kind: str) -> Any:
        return lambda conversation, who, lasts: self._put(kind, conversation, who, lasts)

    def _put(self, *signal: Any) -> None:
        with suppress(asyncio.QueueFull):
            self._out.put_nowait(list(signal))

    async def _send(self) -> None:
        while True:
            signals = [await self._out.get()]
            while not self._out.empty() and len(signals) < AT_ONCE:
                signals.append(self._out.get_nowait())
            try:
                await self._redis.publish(CHANNEL, json.dumps([self._me, *signals]))
            except (RedisError, OSError) as error:
                log.warning("redis: %s", type(error).__name__)
                await asyncio.sleep(TRY_AGAIN_AFTER)

    async def _hear(self) -> None:
        while True:
            try:
                async with self._redis.pubsub(ignore_subscribe_messages=True) as heard:
                    await heard.subscribe(CHANNEL)
                    self._bell.is_wired = True
                    self._bell.ring_all_here()  # what rang before is found by looking
                    while True:
                        message = await heard.get_message(timeout=SHOWS_LIFE_EVERY)
                        if message is not None:
                            self._take(message["data"])
            except (RedisError, OSError) as error:
                log.warning("redis: %s", type(error).__name__)
            finally:
                self._bell.is_wired = False
            await asyncio.sleep(TRY_AGAIN_AFTER)

    def _take(self, data: bytes) -> None:
        sender, *signals = json.loads(data)
        for kind, *rest in signals if sender != self._me else ():
            if kind == "ring":
                self._bell.ring_here(*rest)
            else:
                self._signs[kind].note_from_elsewhere(*rest)
                self._bell.ring_here(rest[0])
