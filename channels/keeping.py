"""Deletes what need not be kept any longer, at the start and once a day (knowledge/retention)."""

import asyncio
import logging
from collections import Counter
from datetime import timedelta
from enum import Enum, auto

from channels.background import Background
from channels.reception import Reception
from knowledge.audit.operations import AT_ONCE as ROWS_AT_ONCE
from knowledge.errors import Conflict, Held, NotFound, Unavailable
from knowledge.retention.model import Kind
from knowledge.retention.operations import Retention

log = logging.getLogger(__name__)

AT_ONCE = 50  # conversations looked at in one step
PAUSE = 0.05  # seconds after each deletion: who chats now goes first
ONCE_A_DAY = 24 * 3600.0
AFTER_TROUBLE = 600.0
TOLD_FROM = timedelta(hours=36)  # not counted: more than a missed run
CHATS = (Kind.SILENT, Kind.ABANDONED, Kind.SIGNPOSTING, Kind.CASE)


class Done(Enum):
    """What came of deleting one conversation."""

    DELETED = auto()
    BY_OTHERS = auto()
    NOT = auto()


class Keeping(Background):
    """The rules, at work while this runs: in one process at a time (alive.py)."""

    def __init__(self, retention: Retention, reception: Reception) -> None:
        self._retention = retention
        self._reception = reception

    async def _run(self) -> None:
        while True:
            try:
                await delete_what_is_due(self._retention, self._reception)
            except Exception as error:  # the assistant may still be starting
                log.warning("deleting what is due: %s", type(error).__name__)
                await asyncio.sleep(AFTER_TROUBLE)
            else:
                await asyncio.sleep(ONCE_A_DAY)


async def delete_what_is_due(retention: Retention, reception: Reception) -> int:
    """Delete all that is due now; how many conversations.

    One that can't be deleted holds up no other. Raises Unavailable at the end for such ones.
    """
    behind = await retention.count_on()
    if behind >= TOLD_FROM:  # docs/servers says what to do
        log.error("the clock went %d hours ahead: deleting waits", behind.total_seconds() // 3600)
    done = Counter[Done]()
    for kind in CHATS:
        after: str | None = ""
        while after is not None:
            due, after = await retention.due(kind, AT_ONCE, after)
            for conversation in due:
                done[await _delete(reception, conversation, kind)] += 1
                await asyncio.sleep(PAUSE)
    await retention.tidy()
    await _shorten_trace(retention)
    if done[Done.NOT]:
        raise Unavailable(f"{done[Done.NOT]} that are due could not be deleted")
    return done[Done.DELETED]


async def _shorten_trace(retention: Retention) -> None:
    try:
        while await retention.shorten_trace() == ROWS_AT_ONCE:
            await asyncio.sleep(PAUSE)
    except Conflict:  # `audit verify` says where; nothing may hide it
        log.error("the trace is broken and was not shortened")


async def _delete(reception: Reception, conversation: str, kind: Kind) -> Done:
    try:
        await reception.erase(conversation, why=f"time over: {kind}")
    except (NotFound, Held):  # deleted, or put on hold, in this moment
        return Done.BY_OTHERS
    except Exception as error:
        log.warning("one that is due could not be deleted: %s", type(error).__name__)
        return Done.NOT
    return Done.DELETED
