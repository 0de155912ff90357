"""The only file with SQL about the log."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row as Kept
from sqlalchemy import delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from knowledge.audit.model import START, Anchor, Row, Wanted, What, who_acts
from knowledge.audit.tables import audit, audit_anchors
from knowledge.sealing.columns import of_row

_LOCK = 0x57415955  # any number that nothing else here locks by


async def trace(
    unit: AsyncConnection,
    at: datetime,
    what: What,
    subject: str = "",
    *,
    who: str | None = None,
    why: str = "",
) -> None:
    """Put a row at the end of the log, in the caller's own transaction.

    It must be the last step of the transaction: on PostgreSQL others wait from here on.
    ``who`` is whoever acts in this request unless it is given.
    """
    await _alone(unit)
    before = (
        await unit.execute(
            select(audit.c.sequence, audit.c.hash).order_by(audit.c.sequence.desc()).limit(1)
        )
    ).first()
    actor = who_acts()
    row = Row(
        sequence=before.sequence + 1 if before else 1,
        at=at,
        who=(actor.who if who is None else who)[:32],
        what=what,
        subject=subject[:64],
        where=actor.where,
        why=why[:200],
        previous=before.hash if before else START,
    ).sealed()
    await unit.execute(insert(audit).values(**_columns(row)))


async def did(unit: AsyncConnection, what: What, who: str, where: str, since: datetime) -> bool:
    """Whether somebody did this from there since a moment."""
    there = audit.c.who == who, audit.c.came_from == where
    query = select(audit.c.sequence).where(*there, audit.c.what == what, audit.c.at >= since)
    return (await unit.execute(query.limit(1))).first() is not None


async def rows(unit: AsyncConnection, wanted: Wanted, most: int) -> list[Row]:
    """What was asked for, the latest first."""
    query = select(audit).order_by(audit.c.sequence.desc()).limit(most)
    for column, value in (
        (audit.c.who, wanted.who),
        (audit.c.what, wanted.what),
        (audit.c.subject, wanted.subject),
    ):
        if value:
            query = query.where(column == value)
    if wanted.before is not None:
        query = query.where(audit.c.sequence < wanted.before)
    return [_row(kept) for kept in await unit.execute(query)]


async def rows_after(unit: AsyncConnection, sequence: int, most: int) -> Sequence[Row]:
    """The rows after a sequence, in their order."""
    query = select(audit).where(audit.c.sequence > sequence).order_by(audit.c.sequence)
    return [_row(kept) for kept in await unit.execute(query.limit(most))]


async def anchor(unit: AsyncConnection, *, alone: bool = False) -> Anchor:
    """Where the log begins; ``alone`` keeps other writers out from here on."""
    if alone:
        await _alone(unit)
    query = select(audit_anchors).order_by(audit_anchors.c.sequence.desc()).limit(1)
    row = (await unit.execute(query)).first()
    return Anchor(row.sequence, row.hash) if row else Anchor()


async def begin_after(unit: AsyncConnection, last: Anchor, at: datetime) -> None:
    """Let the log begin after this row: what is up to it goes, the anchor before too."""
    values = {"sequence": last.sequence, "hash": of_row(last.hash, last.sequence), "at": at}
    await unit.execute(insert(audit_anchors).values(**values))
    await unit.execute(delete(audit_anchors).where(audit_anchors.c.sequence < last.sequence))
    await unit.execute(delete(audit).where(audit.c.sequence <= last.sequence))


async def _alone(unit: AsyncConnection) -> None:
    """Keep other writers of the log out until the transaction ends; SQLite does it anyway."""
    if unit.dialect.name == "postgresql":
        await unit.execute(select(func.pg_advisory_xact_lock(_LOCK)))


def _columns(row: Row) -> dict[str, Any]:
    values = dict(vars(row))
    values["came_from"] = values.pop("where")
    return values


def _row(kept: Kept[*tuple[Any, ...]]) -> Row:
    return Row(
        sequence=kept.sequence,
        at=kept.at,
        who=kept.who,
        what=kept.what,
        subject=kept.subject,
        where=kept.came_from,
        why=kept.why,
        previous=kept.previous,
        hash=kept.hash,
    )
