"""The only file with SQL about co-ordinators."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from knowledge.coordinators.model import Coordinator, Role
from knowledge.coordinators.tables import coordinators, sessions


async def count(unit: AsyncConnection) -> int:
    """How many people may sign in."""
    return int(await unit.scalar(select(func.count()).select_from(coordinators)) or 0)


async def add(
    unit: AsyncConnection, coordinator: Coordinator, password_hash: str, at: datetime
) -> None:
    """Keep a new co-ordinator."""
    await unit.execute(
        insert(coordinators).values(
            id=coordinator.id,
            email=coordinator.email,
            name=coordinator.name,
            role=coordinator.role,
            password_hash=password_hash,
            added_at=at,
        )
    )


async def by_email(unit: AsyncConnection, email: str) -> tuple[Coordinator, str] | None:
    """The co-ordinator with this address and their password's hash."""
    row = (await unit.execute(select(coordinators).where(coordinators.c.email == email))).first()
    return None if row is None else (_coordinator(row), str(row.password_hash))


async def by_id(unit: AsyncConnection, coordinator: str) -> Coordinator | None:
    """The co-ordinator with this id."""
    query = select(coordinators).where(coordinators.c.id == coordinator)
    row = (await unit.execute(query)).first()
    return None if row is None else _coordinator(row)


async def add_session(
    unit: AsyncConnection, secret_hash: str, coordinator: str, at: datetime
) -> None:
    """Keep a new session."""
    await unit.execute(
        insert(sessions).values(secret_hash=secret_hash, coordinator=coordinator, last_seen=at)
    )


async def by_session(
    unit: AsyncConnection, secret_hash: str, seen_after: datetime
) -> tuple[Coordinator, datetime] | None:
    """The co-ordinator of a session that was used after this moment, and when it was."""
    row = (
        await unit.execute(
            select(coordinators, sessions.c.last_seen)
            .join(sessions, sessions.c.coordinator == coordinators.c.id)
            .where(sessions.c.secret_hash == secret_hash, sessions.c.last_seen > seen_after)
        )
    ).first()
    return None if row is None else (_coordinator(row), row.last_seen)


async def touch_session(unit: AsyncConnection, secret_hash: str, at: datetime) -> None:
    """Note that a session is in use."""
    await unit.execute(
        update(sessions).where(sessions.c.secret_hash == secret_hash).values(last_seen=at)
    )


async def end_session(unit: AsyncConnection, secret_hash: str) -> None:
    """Forget a session."""
    await unit.execute(delete(sessions).where(sessions.c.secret_hash == secret_hash))


def _coordinator(row: Row[*tuple[Any, ...]]) -> Coordinator:
    return Coordinator(id=row.id, email=row.email, name=row.name, role=Role(row.role))
