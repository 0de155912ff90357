"""Telegram's limit over all chats, kept as Telegram counts it."""

import asyncio
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

from telegram.ext import AIORateLimiter

# "Broadcasting to users" (core.telegram.org/bots/faq): about 30 messages a second over all chats.
AT_MOST = 30
A_SECOND = 1.0
Result = bool | dict[str, Any] | list[dict[str, Any]]
Call = Callable[..., Coroutine[Any, Any, Result]]


class Pace(AIORateLimiter):
    """At most 30 calls about chats in any second, wherever that second begins.

    A call has one of 30 places from when it is sent until a second after its answer: whenever on
    the way Telegram counted it, the thirtieth after it is counted more than a second later. A
    bucket that leaks 30 a second lets more through when some were late on the wire. Edits and
    deletions have a place as well as messages; the pace of a group is the library's.
    """

    __slots__ = ("_places",)

    def __init__(self, tries: int) -> None:
        super().__init__(overall_max_rate=0, max_retries=tries)
        self._places = asyncio.Semaphore(AT_MOST)

    async def process_request(
        self,
        callback: Call,
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Result:
        """Call the Bot API when it is this one's turn, each time again that it is tried."""
        if "chat_id" in data:
            callback = partial(self._in_turn, callback)
        return await super().process_request(
            callback, args, kwargs, endpoint, data, rate_limit_args
        )

    async def _in_turn(self, callback: Call, *args: Any, **kwargs: Any) -> Result:
        await self._places.acquire()
        try:
            return await callback(*args, **kwargs)
        finally:
            asyncio.get_running_loop().call_later(A_SECOND, self._places.release)
