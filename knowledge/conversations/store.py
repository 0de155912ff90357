"""The SQL about conversations; that about messages without an answer is in inbox.py."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from knowledge.alarms import store as alarms
from knowledge.conversations.model import (
    Audience,
    Author,
    Draft,
    Entry,
    Holder,
    Kind,
    Pending,
    Priority,
    Reader,
    State,
    risk_shown,
    state_after,
    unreadable_details,
)
from knowledge.conversations.tables import conversations, entries
from knowledge.errors import NotFound
from knowledge.sealing.columns import of_row

_STATE = (
    conversations.c.holder,
    conversations.c.held_by,
    conversations.c.priority,
    conversations.c.waiting_since,
    conversations.c.reasons,
    conversations.c.interrupted_by_risk,
)

# Asked several times for each message: made once, because making a statement costs more than
# running it.
_STATE_OF = select(*_STATE).where(conversations.c.id == bindparam("of"))
_STATE_LOCKED = _STATE_OF.with_for_update()
_NUMBERED = (
    update(conversations)
    .where(conversations.c.id == bindparam("of"))
    .values(last_sequence=conversations.c.last_sequence + 1)
    .returning(conversations.c.last_sequence, *_STATE)
)
_APPEND = insert(entries)
_SEQUENCE = select(entries.c.sequence).where(
    entries.c.conversation == bindparam("of"), entries.c.message_id == bindparam("message")
)
_OF_KINDS = (
    select(entries)
    .where(
        entries.c.conversation == bindparam("of"),
        entries.c.kind.in_(bindparam("kinds", expanding=True)),
    )
    .order_by(entries.c.sequence)
)
_THREAD = (
    select(entries)
    .where(entries.c.conversation == bindparam("of"), entries.c.sequence > bindparam("after"))
    .order_by(entries.c.sequence)
)
_THREAD_OF = {
    Reader.PERSON: _THREAD.where(entries.c.audience == Audience.EVERYONE),
    Reader.COORDINATOR: _THREAD,
}


async def add_conversation(
    unit: AsyncConnection, *, conversation: str, token_hash: str, channel: str, at: datetime
) -> None:
    """Keep a new, empty conversation."""
    await unit.execute(
        insert(conversations).values(
            id=conversation,
            token_hash=token_hash,
            channel=channel,
            opened_at=at,
            last_sequence=0,
            **_columns(conversation, State()),
        )
    )


async def token_hash_of(unit: AsyncConnection, conversation: str) -> str:
    """The kept hash of a conversation's secret. Raises NotFound."""
    found = await unit.scalar(
        select(conversations.c.token_hash).where(conversations.c.id == conversation)
    )
    if found is None:
        raise NotFound(conversation)
    return str(found)


async def renew_token(unit: AsyncConnection, conversation: str, token_hash: str) -> None:
    """Keep another secret's hash: the secret before opens the conversation no longer."""
    await unit.execute(
        update(conversations)
        .where(conversations.c.id == conversation)
        .values(token_hash=token_hash)
    )


async def state(unit: AsyncConnection, conversation: str, *, lock: bool = False) -> State:
    """The state of a conversation. Raises NotFound.

    ``lock`` keeps other writers out until the unit of work ends (PostgreSQL; with SQLite a
    writing unit is alone anyway): whoever decides by the state must ask for it.
    """
    found = await state_if_any(unit, conversation, lock=lock)
    if found is None:
        raise NotFound(conversation)
    return found


async def state_if_any(
    unit: AsyncConnection, conversation: str, *, lock: bool = False
) -> State | None:
    """The same, None for a conversation that is not there."""
    query = _STATE_LOCKED if lock else _STATE_OF
    row = (await unit.execute(query, {"of": conversation})).first()
    return None if row is None else _state(row)


async def append(unit: AsyncConnection, conversation: str, draft: Draft, at: datetime) -> Entry:
    """Put one more entry at the end of a thread and bring the state along.

    Raises NotFound for an unknown conversation.
    """
    # Taking the number and locking the conversation are one step: two writers queue up here.
    row = (await unit.execute(_NUMBERED, {"of": conversation})).first()
    if row is None:
        raise NotFound(conversation)
    sequence, before = row.last_sequence, _state(row)
    entry = Entry(
        author=draft.author,
        kind=draft.kind,
        audience=draft.audience,
        text=draft.text,
        message_id=draft.message_id,
        by=draft.by,
        details=dict(draft.details),
        sequence=sequence,
        at=at,
    )
    given = {
        "conversation": conversation,
        "sequence": sequence,
        "message_id": entry.message_id,
        "author": entry.author,
        "kind": entry.kind,
        "audience": entry.audience,
        "text": of_row(entry.text, conversation, sequence),
        "by": entry.by,
        "details": of_row(entry.details, conversation, sequence),
        "at": at,
    }
    await unit.execute(_APPEND, given)
    await alarms.project(unit, conversation, before, entry)
    now = state_after(before, entry)
    changed = _columns(conversation, now)
    if now.reasons == before.reasons:  # what can't be opened today is not written over
        del changed["reasons"]
    if now != before:
        await unit.execute(
            update(conversations).where(conversations.c.id == conversation).values(**changed)
        )
    return entry


async def sequence_of(unit: AsyncConnection, conversation: str, message_id: str) -> int | None:
    """Where a message with this id stands in its thread, if it was received before."""
    found = await unit.scalar(_SEQUENCE, {"of": conversation, "message": message_id})
    return None if found is None else int(found)


async def thread(
    unit: AsyncConnection, conversation: str, *, reader: Reader, after: int = 0
) -> list[Entry]:
    """The entries this reader may see, later than ``after``, oldest first."""
    asked = {"of": conversation, "after": after}
    return [entry_of(row) for row in await unit.execute(_THREAD_OF[reader], asked)]


async def of_kinds(unit: AsyncConnection, conversation: str, kinds: Sequence[Kind]) -> list[Entry]:
    """All entries of these kinds in a thread, oldest first."""
    asked = {"of": conversation, "kinds": list(kinds)}
    return [entry_of(row) for row in await unit.execute(_OF_KINDS, asked)]


async def pending(unit: AsyncConnection, conversation: str, sequence: int) -> Pending:
    """One message as it is given to the assistant. Raises NotFound."""
    query = select(entries, conversations.c.channel, conversations.c.holder).join(conversations)
    here = entries.c.conversation == conversation, entries.c.sequence == sequence
    row = (await unit.execute(query.where(*here))).first()
    if row is None:
        raise NotFound(conversation)
    return Pending(
        conversation=conversation,
        channel=row.channel,
        entry=entry_of(row),
        holder=Holder(row.holder),
        shown=risk_shown(await of_kinds(unit, conversation, [Kind.HAND_OFF])),
    )


async def awaiting_people(unit: AsyncConnection) -> list[tuple[str, str, State]]:
    """Id, channel and state of every conversation that waits for or has a co-ordinator."""
    query = select(conversations.c.id, conversations.c.channel, *_STATE).where(
        conversations.c.holder.in_([Holder.WAITING, Holder.COORDINATOR])
    )
    return [(row.id, row.channel, _state(row)) for row in await unit.execute(query)]


async def hand_offs_of(
    unit: AsyncConnection, conversations: Sequence[str]
) -> dict[str, list[Entry]]:
    """The requests for a co-ordinator in each of these conversations, the latest first."""
    query = (
        select(entries)
        .where(entries.c.conversation.in_(conversations), entries.c.kind == Kind.HAND_OFF)
        .order_by(entries.c.sequence.desc())
    )
    found: dict[str, list[Entry]] = {one: [] for one in conversations}
    for row in await unit.execute(query):
        found[row.conversation].append(entry_of(row))
    return found


async def latest(
    unit: AsyncConnection, conversations: Sequence[str], kind: Kind, *authors: Author
) -> dict[str, Entry]:
    """The latest entry of a kind, by one of these authors, in each of these conversations."""
    last = (
        select(entries.c.conversation, func.max(entries.c.sequence).label("sequence"))
        .where(entries.c.conversation.in_(conversations), entries.c.kind == kind)
        .where(entries.c.author.in_(authors or list(Author)))
        .group_by(entries.c.conversation)
        .subquery()
    )
    query = select(entries).join(
        last,
        (last.c.conversation == entries.c.conversation) & (last.c.sequence == entries.c.sequence),
    )
    return {row.conversation: entry_of(row) for row in await unit.execute(query)}


async def erase(unit: AsyncConnection, conversation: str) -> None:
    """Remove a conversation and all that hangs on it. Raises NotFound."""
    done = await unit.execute(delete(conversations).where(conversations.c.id == conversation))
    if done.rowcount == 0:
        raise NotFound(conversation)


def _columns(conversation: str, state: State) -> dict[str, Any]:
    return {
        "holder": state.holder,
        "held_by": state.held_by,
        "priority": state.priority,
        "waiting_since": state.waiting_since,
        "reasons": of_row(list(state.reasons), conversation),
        "interrupted_by_risk": state.interrupted_by_risk,
    }


def _state(row: Row[*tuple[Any, ...]]) -> State:
    return State(
        holder=Holder(row.holder),
        held_by=row.held_by,
        priority=None if row.priority is None else Priority(row.priority),
        waiting_since=row.waiting_since,
        reasons=tuple(row.reasons),
        interrupted_by_risk=row.interrupted_by_risk,
    )


def entry_of(row: Row[*tuple[Any, ...]]) -> Entry:
    """The entry that a row of the table holds."""
    return Entry(
        sequence=row.sequence,
        message_id=row.message_id,
        author=Author(row.author),
        kind=Kind(row.kind),
        audience=Audience(row.audience),
        text=row.text,
        by=row.by,
        details=row.details or unreadable_details(Kind(row.kind)),
        at=row.at,
    )
