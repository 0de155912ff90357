"""The only file with SQL about chats of messengers."""

from collections.abc import Collection, Iterable
from dataclasses import asdict, replace
from datetime import datetime

from sqlalchemy import Row, bindparam, delete, exists, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from knowledge.chats.model import Chat, Sending, Update
from knowledge.chats.tables import chat_messages, chats, sendings, updates
from knowledge.conversations.model import Audience, Author
from knowledge.conversations.tables import conversations, entries
from knowledge.database import Moment
from knowledge.sealing.columns import found_by, may_be_found_by, of_row

ADDRESS = "chats.address"

# Asked for each message that somebody writes or gets: made once, because making a statement
# costs more than running it.
_ADD_UPDATE = insert(updates)
_KNOWN = select(updates.c.number).where(
    updates.c.channel == bindparam("of"),
    updates.c.number.in_(bindparam("numbers", expanding=True)),
)
_NEWEST = select(func.max(updates.c.number)).where(updates.c.channel == bindparam("of"))
_UNDONE = (
    select(updates)
    .where(
        updates.c.channel == bindparam("of"),
        updates.c.payload.is_not(None),
        updates.c.number.not_in(bindparam("but", expanding=True)),
    )
    .order_by(updates.c.number)
)
_EMPTIED = (
    update(updates)
    .where(
        updates.c.channel == bindparam("of"),
        updates.c.number.in_(bindparam("numbers", expanding=True)),
    )
    .values(payload=None, address=None)
)
_CHAT = select(chats).where(
    chats.c.channel == bindparam("channel"),
    chats.c.address_hash.in_(bindparam("hashes", expanding=True)),
)
_WITH_NEWS = (
    select(chats, conversations.c.last_sequence, sendings.c.in_doubt)
    .join(conversations, conversations.c.id == chats.c.conversation)
    .outerjoin(sendings, sendings.c.conversation == chats.c.conversation)
    .where(
        chats.c.conversation.not_in(bindparam("but", expanding=True)),
        chats.c.channel == bindparam("channel"),
        chats.c.paused.is_(False),
        conversations.c.last_sequence > chats.c.delivered,
        exists().where(
            entries.c.conversation == chats.c.conversation,
            entries.c.sequence > chats.c.delivered,
            entries.c.author != Author.PERSON,
            entries.c.audience == Audience.EVERYONE,
        ),
    )
    .order_by(chats.c.heard_at)
)
_SENDING = select(sendings).where(sendings.c.conversation == bindparam("conversation"))
_PUT = insert(sendings)
_DROP = delete(sendings).where(sendings.c.conversation == bindparam("of"))
_HERE = update(chats).where(chats.c.conversation == bindparam("of"))
_NUMBERED = insert(chat_messages).from_select(
    ["conversation", "number", "at"],
    select(
        bindparam("of", type_=chat_messages.c.conversation.type),
        bindparam("numbered", type_=chat_messages.c.number.type),
        bindparam("noted", type_=Moment()),
    ).where(
        ~exists().where(
            chat_messages.c.conversation == bindparam("of"),
            chat_messages.c.number == bindparam("numbered"),
        )
    ),
)


async def add_update(unit: AsyncConnection, given: Update, at: datetime) -> None:
    """Keep an update that was not kept before."""
    row = {
        "channel": given.channel,
        "number": given.number,
        "address": of_row(given.address, given.channel, given.number),
        "payload": of_row(given.payload, given.channel, given.number),
        "at": at,
    }
    await unit.execute(_ADD_UPDATE, row)


async def known_updates(unit: AsyncConnection, channel: str, numbers: Iterable[int]) -> set[int]:
    """Which of these updates were kept before."""
    asked = {"of": channel, "numbers": list(numbers)}
    return set((await unit.scalars(_KNOWN, asked)).all())


async def newest_update(unit: AsyncConnection, channel: str) -> int | None:
    """The highest number that was kept."""
    newest: int | None = await unit.scalar(_NEWEST, {"of": channel})
    return newest


async def undone_updates(
    unit: AsyncConnection, channel: str, but: Collection[int] = ()
) -> list[Update]:
    """Updates that are not worked off, in the messenger's order; some numbers left out."""
    asked = {"of": channel, "but": list(but)}
    return [
        Update(channel=row.channel, number=row.number, address=row.address, payload=row.payload)
        for row in await unit.execute(_UNDONE, asked)
    ]


async def empty_updates(unit: AsyncConnection, channel: str, numbers: Iterable[int]) -> None:
    """Forget what updates held; their numbers stay."""
    await unit.execute(_EMPTIED, {"of": channel, "numbers": list(numbers)})


async def forget_updates(unit: AsyncConnection, channel: str, before: datetime) -> None:
    """Forget the numbers of updates that the messenger no longer repeats."""
    await unit.execute(
        delete(updates).where(
            updates.c.channel == channel, updates.c.at < before, updates.c.payload.is_(None)
        )
    )


async def chat(unit: AsyncConnection, channel: str, address: str) -> Chat | None:
    """The chat at an address, if there is one."""
    asked = {"channel": channel, "hashes": may_be_found_by(address, ADDRESS)}
    row = (await unit.execute(_CHAT, asked)).first()
    return None if row is None else replace(_chat(row), address=address)


async def add_chat(unit: AsyncConnection, made: Chat) -> None:
    """Keep a new chat."""
    await unit.execute(
        insert(chats).values(
            channel=made.channel,
            conversation=made.conversation,
            address=of_row(made.address, made.conversation),
            address_hash=found_by(made.address, ADDRESS),
            delivered=made.delivered,
            quiet=made.quiet,
            paused=made.paused,
            heard_at=made.heard_at,
        )
    )


async def change_chat(unit: AsyncConnection, conversation: str, **changes: object) -> None:
    """Change columns of the chat of a conversation."""
    await unit.execute(_HERE, {"of": conversation, **changes})


async def hear(unit: AsyncConnection, heard: Chat) -> None:
    """Keep that its person is there, and the address anew: what is kept may no longer open."""
    address = of_row(heard.address, heard.conversation)
    await change_chat(
        unit, heard.conversation, heard_at=heard.heard_at, paused=False, address=address
    )


async def chats_with_news(
    unit: AsyncConnection, channel: str, but: Collection[str] = ()
) -> list[tuple[Chat, int, bool]]:
    """Chats with words that were not delivered, with their thread's end, and whether something
    on its way is in doubt; not those that pause, nor those of the conversations in ``but``."""
    asked = {"channel": channel, "but": list(but)}
    found = await unit.execute(_WITH_NEWS, asked)
    return [(_chat(row), row.last_sequence, bool(row.in_doubt)) for row in found]


async def sending(unit: AsyncConnection, conversation: str) -> Sending | None:
    """What is on its way to the chat of a conversation, if anything is."""
    row = (await unit.execute(_SENDING, {"conversation": conversation})).first()
    if row is None:
        return None
    return Sending(upto=row.upto, arrived=row.arrived, in_doubt=row.in_doubt, covered=row.covered)


async def put_sending(unit: AsyncConnection, conversation: str, given: Sending) -> None:
    """Keep this as what is on its way, in the place of what was kept before."""
    await drop_sending(unit, conversation)
    await unit.execute(_PUT, {"conversation": conversation, **asdict(given)})


async def drop_sending(unit: AsyncConnection, conversation: str) -> None:
    """Nothing is on its way any more."""
    await unit.execute(_DROP, {"of": conversation})


async def note_messages(
    unit: AsyncConnection, conversation: str, numbers: Iterable[int], at: datetime
) -> None:
    """Keep the messenger's numbers of messages that stand in a chat, each once."""
    for number in sorted(set(numbers)):
        given = {"of": conversation, "numbered": number, "noted": at}
        await unit.execute(_NUMBERED, given)


async def message_numbers(
    unit: AsyncConnection, conversation: str, since: datetime | None = None
) -> list[int]:
    """The messenger's numbers of the messages in a chat, oldest first."""
    query = select(chat_messages.c.number).where(chat_messages.c.conversation == conversation)
    if since is not None:
        query = query.where(chat_messages.c.at >= since)
    return list((await unit.scalars(query.order_by(chat_messages.c.number))).all())


async def forget_messages(unit: AsyncConnection, conversation: str, numbers: list[int]) -> None:
    """Forget numbers of messages that no longer stand in the chat."""
    await unit.execute(
        delete(chat_messages).where(
            chat_messages.c.conversation == conversation, chat_messages.c.number.in_(numbers)
        )
    )


def _chat(row: Row[*tuple[object, ...]]) -> Chat:
    return Chat(
        channel=row.channel,
        address=row.address,
        conversation=row.conversation,
        delivered=row.delivered,
        quiet=row.quiet,
        paused=row.paused,
        heard_at=row.heard_at,
    )
