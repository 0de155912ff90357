"""The only file with SQL about running processes and their claims."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Float, cast, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from knowledge.processes.machine import Place
from knowledge.processes.tables import claims, processes


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
    """Forget processes, and with them what they claimed."""
    await unit.execute(delete(claims).where(claims.c.owner.in_(ids)))
    await unit.execute(delete(processes).where(processes.c.id.in_(ids)))


async def living(unit: AsyncConnection, lives: float) -> set[str]:
    """The processes that live. Nobody may for longer than this, though a clock went back."""
    until = processes.c.until.between(now(unit), now(unit) + lives)
    return set((await unit.scalars(select(processes.c.id).where(until))).all())


async def places(unit: AsyncConnection) -> dict[str, Place]:
    """Where each known process runs or ran."""
    return {
        row.id: Place(row.machine, row.pid, row.started)
        for row in await unit.execute(select(processes))
    }


async def owners(unit: AsyncConnection) -> dict[str, str]:
    """Who has which claim, dead or alive."""
    return {row.name: row.owner for row in await unit.execute(select(claims))}


async def claim(unit: AsyncConnection, name: str, owner: str, before: str | None) -> bool:
    """Give a claim to a process unless somebody other than ``before`` has it now."""
    if before is not None:
        mine = claims.c.name == name, claims.c.owner == before
        done = await unit.execute(update(claims).where(*mine).values(owner=owner))
        return done.rowcount == 1
    await unit.execute(insert(claims).values(name=name, owner=owner))
    return True
