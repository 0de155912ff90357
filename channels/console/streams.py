"""What a page of the desk is told while it is open."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial
from typing import Any

from channels.bell import QUEUE
from channels.console import talk_views
from channels.parts import Parts
from channels.patience import patiently
from knowledge.coordinators.model import Coordinator
from knowledge.errors import NotFound

LOOK_EVERY = 2.0  # seconds; another process may have written


async def thread_events(
    parts: Parts, conversation: str, who: Coordinator, there: Callable[[], Awaitable[bool]]
) -> AsyncIterator[dict[str, str]]:
    """`changed` when the thread grows, `around` when something beside it changes.

    `alarms` when somewhere at the desk one rings or was heard: it says nothing more. The stream
    outlives a database that is away.
    """
    latest, beside = -1, await patiently(partial(_beside, parts, conversation, who))
    ringing = await patiently(partial(_ringing, parts))
    with (
        parts.bell.listening(conversation, QUEUE) as ear,
        parts.looking.at(conversation, who.id),
    ):
        while await patiently(there):
            parts.looking.note(conversation, who.id)  # for the other processes
            try:
                last = await patiently(partial(_last, parts, conversation))
                now = await patiently(partial(_beside, parts, conversation, who))
                rings = await patiently(partial(_ringing, parts))
            except NotFound:  # deleted meanwhile
                return
            if rings != ringing:  # first: somebody may be in danger
                ringing = rings
                yield {"event": "alarms", "data": "{}"}
            if last != latest:
                latest = last
                yield {"event": "changed", "data": json.dumps({"sequence": last})}
            if now != beside:
                beside = now
                yield {"event": "around", "data": json.dumps(now)}
            await ear.wait(LOOK_EVERY)


async def _last(parts: Parts, conversation: str) -> int:
    _, last, _ = await parts.knowledge.teamwork.here(conversation)
    return last


async def _ringing(parts: Parts) -> set[tuple[str, int]]:
    return {(one.conversation, one.sequence) for one in await parts.knowledge.alarms.ringing()}


async def _beside(parts: Parts, conversation: str, who: Coordinator) -> dict[str, Any]:
    _, _, mark = await parts.knowledge.teamwork.here(conversation)
    return {
        "typing": await talk_views.typing(parts, conversation, who),
        "delivered": mark.delivered,
        "read": mark.read,
        "looking": [one for one in parts.looking.who(conversation) if one != who.id],
        "mine": await talk_views.mine(parts, who),
    }
