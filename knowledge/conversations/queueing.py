"""The lines of the co-ordinators' queue, read for all conversations at once."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from knowledge.alarms import store as alarms
from knowledge.conversations import store
from knowledge.conversations.model import Author, Entry, Evidence, Kind, QueueItem, State
from knowledge.sealing.ring import NotOpened

# Stands in the queue for words that no key opens; nobody may drop out of it because of them.
UNREADABLE = "These words can't be opened. Please take this conversation and ask the operator."

Waiting = tuple[str, str, State]


async def queue_items(unit: AsyncConnection, waiting: Sequence[Waiting]) -> list[QueueItem]:
    """A line for each of these conversations (id, channel, state).

    Words that can't be opened never hide a person, nor those who wait beside them.
    """
    try:
        return await _readable(unit, waiting)
    except NotOpened:
        if len(waiting) == 1:
            return [_unreadable(*waiting[0])]
        return [line for one in waiting for line in await queue_items(unit, [one])]


def _unreadable(conversation: str, channel: str, state: State) -> QueueItem:
    return QueueItem(
        conversation=conversation,
        channel=channel,
        state=state,
        last_words=UNREADABLE,
        last_at=state.waiting_since or datetime.now(UTC),
        evidence=(),
    )


async def _readable(unit: AsyncConnection, waiting: Sequence[Waiting]) -> list[QueueItem]:
    ids = [conversation for conversation, _, _ in waiting]
    said = await store.latest(unit, ids, Kind.SAID, Author.PERSON)
    greeted = await store.latest(unit, [one for one in ids if one not in said], Kind.SAID)
    hand_offs = await store.hand_offs_of(unit, ids)
    silent = await store.latest(unit, ids, Kind.SILENT)
    left = await store.latest(unit, ids, Kind.HURRIED)
    rang = {one.conversation: one for one in reversed(await alarms.of(unit, ids))}
    return [
        QueueItem(
            conversation=one,
            channel=channel,
            state=state,
            last_words=last.text,
            last_at=last.at,
            evidence=tuple(
                Evidence(**found)
                for hand_off in hand_offs[one]
                for found in hand_off.details["evidence"]
            ),
            alarm=rang.get(one),
            silent=_since(silent, one, last.sequence),
            left_in_a_hurry=_since(left, one, last.sequence),
        )
        for one, channel, state in waiting
        if (last := said.get(one) or greeted.get(one)) is not None
    ]


def _since(found: dict[str, Entry], conversation: str, said: int) -> bool:
    """Whether this happened after what the person said last."""
    return conversation in found and found[conversation].sequence > said
