"""The only file with SQL about running processes and their claims."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Float, case, cast, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from knowledge.processes.machine import Place
from knowledge.processes.tables import claims, processes

NOBODY = ""


def now(unit: AsyncConnection) -> ColumnElement[float]:
    """The database's own clock, in seconds: the machines' clocks may differ."""
    if unit.dialect.name == "postgresql":
        return cast(func.extract("epoch", func.clock_timestamp()), Float)
    return (func.julianday("now") - 2440587.5) * 86400.0


async def beat(unit: AsyncConnection, id_: str, place: Place, lives: float) -> None:
    """Note that a process lives for so many seconds more."""
    until = now(unit) + lives
    done = await unit.execute(update(processes).where(processes.c.id == id_).values(until=until))
    if done.rowcount == 0:
        await unit.execute(insert(processes).values(id=id_, until=until, **vars(place)))


async def leave(unit: AsyncConnection, ids: Sequence[str]) -> None:
    """Forget processes that surely do nothing more; what they claimed is nobody's."""
    await unit.execute(update(claims).where(claims.c.owner.in_(ids)).values(owner=NOBODY))
    await unit.execute(delete(processes).where(processes.c.id.in_(ids)))


async def forget_silent(unit: AsyncConnection, but: str, lives: float) -> int:
    """Forget processes that give no sign, unless one does in this moment; how many.

    What they claimed stays theirs until somebody follows: they may only be late.
    """
    silent = processes.c.id != but, ~_lives(unit, lives)
    return (await unit.execute(delete(processes).where(*silent))).rowcount


async def living(unit: AsyncConnection, lives: float) -> set[str]:
    """The processes that live. Nobody may for longer than this, though a clock went back."""
    return set((await unit.scalars(select(processes.c.id).where(_lives(unit, lives)))).all())


def _lives(unit: AsyncConnection, lives: float) -> ColumnElement[bool]:
    return processes.c.until.between(now(unit), now(unit) + lives)


async def places(unit: AsyncConnection) -> dict[str, Place]:
    """Where each known process runs or ran."""
    return {
        row.id: Place(row.machine, row.pid, row.started)
        for row in await unit.execute(select(processes))
    }


async def begun(unit: AsyncConnection, owner: str, settles: float) -> set[str]:
    """The work that a process has claimed and may do by now.

    Nobody waits for longer than this, though a clock went back.
    """
    waits = claims.c.begins.between(now(unit), now(unit) + settles)
    mine = claims.c.owner == owner, ~waits
    return set((await unit.scalars(select(claims.c.name).where(*mine))).all())


async def hold(unit: AsyncConnection, owner: str) -> set[str]:
    """What a process has claimed, which nobody takes from it before this unit of work ends."""
    mine = select(claims.c.name).where(claims.c.owner == owner)
    return set((await unit.scalars(mine.order_by(claims.c.name).with_for_update())).all())


async def owners(unit: AsyncConnection, names: Sequence[str]) -> dict[str, str]:
    """Who has which claim, dead or alive; no other takes it before this unit of work ends.

    Claims that somebody just holds are left out.
    """
    some = select(claims.c.name, claims.c.owner).where(claims.c.name.in_(names))
    held = some.order_by(claims.c.name).with_for_update(skip_locked=True)
    return {row.name: row.owner for row in await unit.execute(held)}


async def names(unit: AsyncConnection) -> set[str]:
    """All work that was ever claimed."""
    return set((await unit.scalars(select(claims.c.name))).all())


async def claim(
    unit: AsyncConnection, name: str, owner: str, before: str | None, settles: float
) -> None:
    """Give a claim to a process: new (None), nobody's, or that of one who gives no sign.

    Who may still be at work is given time to see it. What was to begin later still does.
    """
    if before is None:
        await unit.execute(insert(claims).values(name=name, owner=owner, begins=now(unit)))
        return
    soonest = now(unit) + (settles if before != NOBODY else 0.0)
    later = claims.c.begins.between(soonest, now(unit) + settles)
    begins = case((later, claims.c.begins), else_=soonest)
    mine = claims.c.name == name, claims.c.owner == before
    await unit.execute(update(claims).where(*mine).values(owner=owner, begins=begins))
