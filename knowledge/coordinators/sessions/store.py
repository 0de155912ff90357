"""The only file with SQL about sessions."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from knowledge.coordinators.model import Coordinator, Session
from knowledge.coordinators.store import coordinator_of
from knowledge.coordinators.tables import coordinators, sessions


@dataclass(frozen=True)
class Good:
    """Which sessions are good: those that were used, and opened, after a moment each."""

    used_after: datetime
    opened_after: datetime

    def here(self) -> ColumnElement[bool]:
        """The same as a condition."""
        used = sessions.c.last_seen > self.used_after
        return used & (sessions.c.opened_at > self.opened_after)


@dataclass(frozen=True)
class Seen:
    """A session that somebody shows: whose it is, its id, when it was used last."""

    coordinator: Coordinator
    id: str
    last_seen: datetime


async def make_room(
    unit: AsyncConnection, coordinator: str, *, most: int, good: Good, at: datetime
) -> int:
    """End what is over ``most - 1`` sessions of somebody, those used longest ago; how many.

    Their rows stay until they would have ended anyway, for ``made_room``. Those that are no
    longer ``good`` are removed. Two sign-ins of one person wait for each other here.
    """
    mine = sessions.c.coordinator == coordinator
    alone = select(coordinators.c.id).where(coordinators.c.id == coordinator)
    await unit.execute(alone.with_for_update())
    await unit.execute(delete(sessions).where(mine, ~good.here()))
    query = select(sessions.c.id).where(mine, _open()).order_by(sessions.c.last_seen.desc())
    over = list(await unit.scalars(query.offset(most - 1)))
    if over:
        ended = update(sessions).where(sessions.c.id.in_(over))
        await unit.execute(ended.values(made_room_at=at))
    return len(over)


async def made_room(unit: AsyncConnection, secret_hash: str) -> bool:
    """Whether this session was ended to make room for another one."""
    query = select(sessions.c.id).where(sessions.c.secret_hash == secret_hash, ~_open())
    return await unit.scalar(query) is not None


async def add(
    unit: AsyncConnection,
    secret_hash: str,
    coordinator: str,
    session: Session,
    *,
    from_issuer: bool = False,
) -> None:
    """Keep a new session."""
    values = {
        "secret_hash": secret_hash,
        "coordinator": coordinator,
        "from_issuer": from_issuer,
        **vars(session),
    }
    await unit.execute(insert(sessions).values(**values))


async def by_secret(unit: AsyncConnection, secret_hash: str, good: Good) -> Seen | None:
    """An open session that is good."""
    row = (
        await unit.execute(
            select(
                coordinators,
                sessions.c.last_seen,
                sessions.c.from_issuer,
                sessions.c.id.label("session"),
            )
            .join(sessions, sessions.c.coordinator == coordinators.c.id)
            .where(
                sessions.c.secret_hash == secret_hash,
                good.here(),
                _open(),
                coordinators.c.deactivated_at.is_(None),
            )
        )
    ).first()
    if row is None:
        return None
    who = replace(coordinator_of(row), from_issuer=row.from_issuer)
    return Seen(who, row.session, row.last_seen)


async def touch(unit: AsyncConnection, secret_hash: str, at: datetime) -> None:
    """Note that a session is in use."""
    await unit.execute(
        update(sessions).where(sessions.c.secret_hash == secret_hash).values(last_seen=at)
    )


async def of(unit: AsyncConnection, coordinator: str, good: Good) -> list[Session]:
    """Where somebody is signed in, the latest first."""
    query = select(sessions).where(sessions.c.coordinator == coordinator, good.here(), _open())
    return [
        Session(id=row.id, device=row.device, opened_at=row.opened_at, last_seen=row.last_seen)
        for row in await unit.execute(query.order_by(sessions.c.last_seen.desc(), sessions.c.id))
    ]


async def seen_since(unit: AsyncConnection, at: datetime) -> set[str]:
    """Who of the team used a session since then."""
    query = select(sessions.c.coordinator).where(sessions.c.last_seen > at, _open())
    return set(await unit.scalars(query))


async def end(
    unit: AsyncConnection, coordinator: str, *, only: str | None = None, but: str | None = None
) -> int:
    """End one session of somebody (``only``), all of them, or all ``but`` one; how many."""
    query = delete(sessions).where(sessions.c.coordinator == coordinator)
    if only is not None:
        query = query.where(sessions.c.id == only)
    if but is not None:
        query = query.where(sessions.c.id != but)
    return (await unit.execute(query)).rowcount


def _open() -> ColumnElement[bool]:
    return sessions.c.made_room_at.is_(None)
