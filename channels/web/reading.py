"""Giving a thread to whoever reads it: at once, when something is new, or as a stream."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial
from typing import Any

from channels.bell import Bell
from channels.message import as_message
from channels.patience import patiently
from knowledge.conversations.model import Reader
from knowledge.conversations.operations import Conversations
from knowledge.errors import NotFound

LONGEST_WAIT = 25.0  # seconds

Messages = dict[str, Any]


async def messages(conversations: Conversations, conversation: str, after: int) -> Messages:
    """What the person may see after a sequence, and who holds the conversation."""
    state, thread = await conversations.thread(conversation, reader=Reader.PERSON, after=after)
    return {
        "holder": str(state.holder),
        "messages": [as_message(entry) for entry in thread],
    }


async def new_messages(
    conversations: Conversations, bell: Bell, conversation: str, after: int, wait: float
) -> Messages:
    """The same, waiting up to ``wait`` seconds for something new."""
    deadline = asyncio.get_running_loop().time() + min(wait, LONGEST_WAIT)
    with bell.listening(conversation) as ear:
        while True:
            found = await messages(conversations, conversation, after)
            left = deadline - asyncio.get_running_loop().time()
            if found["messages"] or left <= 0:
                return found
            await ear.wait(min(left, bell.look_every))


async def message_events(
    conversations: Conversations,
    bell: Bell,
    conversation: str,
    after: int,
    gone: Callable[[], Awaitable[bool]],
    beside: Callable[[], Awaitable[list[dict[str, str]]]] | None = None,
) -> AsyncIterator[dict[str, str]]:
    """New messages as server-sent events, each with its sequence as id, until the reader goes.

    An event `holder` tells who answers, at the start and whenever it changes. ``beside`` gives
    further events, each time something may have changed. The stream outlives a database that is
    away.
    """
    holder = None
    with bell.listening(conversation) as ear:
        while True:
            try:
                found = await patiently(partial(messages, conversations, conversation, after))
            except NotFound:  # deleted meanwhile
                return
            if await gone():  # asked last: what came after the reader's key ended is not theirs
                return
            for message in found["messages"]:
                after = message["sequence"]
                yield {"id": str(after), "event": "message", "data": json.dumps(message)}
            if found["holder"] != holder:
                holder = found["holder"]
                yield {"event": "holder", "data": json.dumps({"holder": holder})}
            for event in await patiently(beside) if beside else ():
                yield event
            await ear.wait(bell.look_every)
