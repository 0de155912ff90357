"""The lines of the co-ordinators' queue, read for all conversations at once."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncConnection

from knowledge.alarms import store as alarms
from knowledge.conversations import store
from knowledge.conversations.line import PassedOn, QueueItem
from knowledge.conversations.model import Author, Entry, Evidence, Kind, State

Waiting = tuple[str, str, State]


async def queue_items(unit: AsyncConnection, waiting: Sequence[Waiting]) -> list[QueueItem]:
    """A line for each of these conversations (id, channel, state)."""
    ids = [conversation for conversation, _, _ in waiting]
    said = await store.latest(unit, ids, Kind.SAID, Author.PERSON)
    greeted = await store.latest(unit, [one for one in ids if one not in said], Kind.SAID)
    hand_offs = await store.hand_offs_of(unit, ids)
    silent = await store.latest(unit, ids, Kind.SILENT)
    left = await store.latest(unit, ids, Kind.HURRIED)
    passed = await store.latest(unit, ids, Kind.TRANSFERRED)
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
            passed_on=_passed_on(passed.get(one), state),
        )
        for one, channel, state in waiting
        if (last := said.get(one) or greeted.get(one)) is not None
    ]


def _since(found: dict[str, Entry], conversation: str, said: int) -> bool:
    """Whether this happened after what the person said last."""
    return conversation in found and found[conversation].sequence > said


def _passed_on(last: Entry | None, state: State) -> PassedOn | None:
    """By whom it was passed on, and to whom, as long as it waits because of that."""
    if last is None or last.at != state.waiting_since:
        return None
    return PassedOn(by=last.by, to=last.details.get("to"))
