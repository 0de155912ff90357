"""The only file with SQL about assessments."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from knowledge.assessment.model import Record
from knowledge.assessment.tables import assessments
from knowledge.conversations.tables import conversations
from knowledge.errors import NotFound
from knowledge.sealing.columns import of_row
from knowledge.sealing.ring import NotOpened

# Asked for each message: made once, because making a statement costs more than running it. One
# statement looks for the conversation too: each way to the database and back costs as much.
_RECORD = (
    select(conversations.c.id, assessments.c.record)
    .outerjoin(assessments, assessments.c.conversation == conversations.c.id)
    .where(conversations.c.id == bindparam("of"))
)
_CHANGED = (
    update(assessments)
    .where(assessments.c.conversation == bindparam("of"))
    .values(
        record=bindparam("record", type_=assessments.c.record.type),
        changed_at=bindparam("changed_at", type_=assessments.c.changed_at.type),
    )
)
_NEW = insert(assessments)


async def record(unit: AsyncConnection, conversation: str) -> Record | None:
    """The kept record of a conversation, or None when nothing was told yet.

    Raises NotFound, and NotOpened: what can't be opened today must not be written over.
    """
    row = (await unit.execute(_RECORD, {"of": conversation})).first()
    if row is None:
        raise NotFound(conversation)
    found: Record | None = row.record
    if found is not None and not found:
        raise NotOpened("assessments.record")
    return found


async def records(unit: AsyncConnection, conversations: Sequence[str]) -> dict[str, Record]:
    """The kept records of these conversations; one that can't be opened is left out."""
    query = select(assessments.c.conversation, assessments.c.record).where(
        assessments.c.conversation.in_(conversations)
    )
    return {row.conversation: row.record for row in await unit.execute(query) if row.record}


async def keep(unit: AsyncConnection, conversation: str, changed: Record, at: datetime) -> None:
    """Keep a record in place of the one before."""
    values = {"record": of_row(changed, conversation), "changed_at": at}
    done = await unit.execute(_CHANGED, {"of": conversation, **values})
    if done.rowcount == 0:
        await unit.execute(_NEW, {"conversation": conversation, **values})
