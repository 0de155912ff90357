"""The only file with SQL about the people of the team."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from knowledge.coordinators.model import Area, Coordinator, Invitation, Role
from knowledge.coordinators.tables import (
    coordinators,
    invitations,
    recovery_codes,
    tries,
)
from knowledge.errors import Conflict
from knowledge.sealing.columns import found_by, may_be_found_by, of_row

SEALED = ("totp_pending", "totp_secret")
PERSON, INVITED = "coordinators.email", "invitations.email"


@dataclass(frozen=True)
class Keys:
    """What opens an account. It never leaves this room."""

    password_hash: str
    totp_pending: str | None
    totp_secret: str | None


async def count(unit: AsyncConnection) -> int:
    """How many people there are."""
    return int(await unit.scalar(select(func.count()).select_from(coordinators)) or 0)


async def add(
    unit: AsyncConnection, coordinator: Coordinator, password_hash: str, at: datetime
) -> None:
    """Keep a new person of the team. Raises Conflict when the address is somebody's already."""
    if await by_email(unit, coordinator.email):  # perhaps by a hash of another key
        raise Conflict("this address belongs to somebody on the team")
    await unit.execute(
        insert(coordinators).values(
            id=coordinator.id,
            email=of_row(coordinator.email, coordinator.id),
            email_hash=found_by(coordinator.email, PERSON),
            name=of_row(coordinator.name, coordinator.id),
            role=coordinator.role,
            area=coordinator.area,
            password_hash=password_hash,
            added_at=at,
        )
    )


async def everyone(unit: AsyncConnection) -> list[Coordinator]:
    """All people of the team, by name."""
    found = [coordinator_of(row) for row in await unit.execute(select(coordinators))]
    return sorted(found, key=lambda one: (one.name, one.email))


async def by_email(unit: AsyncConnection, email: str) -> tuple[Coordinator, Keys] | None:
    """The person with this address, and their keys."""
    hashes = may_be_found_by(email, PERSON)
    query = select(coordinators).where(coordinators.c.email_hash.in_(hashes))
    row = (await unit.execute(query)).first()
    return None if row is None else (coordinator_of(row), _keys(row))


async def by_id(unit: AsyncConnection, coordinator: str) -> tuple[Coordinator, Keys] | None:
    """The person with this id, and their keys."""
    query = select(coordinators).where(coordinators.c.id == coordinator)
    row = (await unit.execute(query)).first()
    return None if row is None else (coordinator_of(row), _keys(row))


async def active_administrators(unit: AsyncConnection) -> list[str]:
    """Who may manage the team now; locked, so that two can't take each other's place away."""
    query = select(coordinators.c.id).where(
        coordinators.c.role == Role.ADMINISTRATOR, coordinators.c.deactivated_at.is_(None)
    )
    return [row.id for row in await unit.execute(query.order_by("id").with_for_update())]


async def change(unit: AsyncConnection, coordinator: str, **values: Any) -> None:
    """Change columns of one person."""
    values |= {name: of_row(values[name], coordinator) for name in SEALED if name in values}
    await unit.execute(
        update(coordinators).where(coordinators.c.id == coordinator).values(**values)
    )


async def use_step(unit: AsyncConnection, coordinator: str, step: int) -> bool:
    """Note that a code of this step was used; False when it, or a later one, was before."""
    done = await unit.execute(
        update(coordinators)
        .where(
            coordinators.c.id == coordinator,
            func.coalesce(coordinators.c.totp_step, -1) < step,
        )
        .values(totp_step=step)
    )
    return done.rowcount == 1


async def keep_recovery_codes(
    unit: AsyncConnection, coordinator: str, hashes: Iterable[str]
) -> None:
    """Keep these codes in place of those before."""
    await unit.execute(delete(recovery_codes).where(recovery_codes.c.coordinator == coordinator))
    rows = [{"coordinator": coordinator, "code_hash": one} for one in hashes]
    if rows:
        await unit.execute(insert(recovery_codes), rows)


async def use_recovery_code(unit: AsyncConnection, coordinator: str, code_hash: str) -> bool:
    """Take one code away; False when it was not there."""
    done = await unit.execute(
        delete(recovery_codes).where(
            recovery_codes.c.coordinator == coordinator, recovery_codes.c.code_hash == code_hash
        )
    )
    return done.rowcount == 1


async def recovery_codes_left(unit: AsyncConnection, coordinator: str) -> int:
    """How many codes somebody still has."""
    query = select(func.count()).where(recovery_codes.c.coordinator == coordinator)
    return int(await unit.scalar(query.select_from(recovery_codes)) or 0)


async def tries_since(unit: AsyncConnection, key: str, since: datetime) -> list[datetime]:
    """When this key was tried in vain since a moment, the latest first; older ones are dropped."""
    await unit.execute(delete(tries).where(tries.c.at < since))
    query = select(tries.c.at).where(tries.c.key == key).order_by(tries.c.at.desc())
    return [row.at for row in await unit.execute(query)]


async def add_try(unit: AsyncConnection, key: str, at: datetime) -> int:
    """Keep one more try; its number."""
    done = await unit.execute(insert(tries).values(key=key, at=at).returning(tries.c.id))
    return int(done.scalar_one())


async def forget_tries(unit: AsyncConnection, key: str) -> None:
    """The key fitted after all."""
    await unit.execute(delete(tries).where(tries.c.key == key))


async def forget_try(unit: AsyncConnection, number: int) -> None:
    """This one was no guess; those beside it stay."""
    await unit.execute(delete(tries).where(tries.c.id == number))


async def add_invitation(unit: AsyncConnection, secret_hash: str, invitation: Invitation) -> None:
    """Keep an invitation; an earlier one of the same address is dropped."""
    email = invitation.email
    earlier = invitations.c.email_hash.in_(may_be_found_by(email, INVITED))
    await unit.execute(delete(invitations).where(earlier))
    sealed = {"email": of_row(email, invitation.id), "email_hash": found_by(email, INVITED)}
    values = {**vars(invitation), **sealed}
    await unit.execute(insert(invitations).values(secret_hash=secret_hash, **values))


async def invitation_by(
    unit: AsyncConnection, secret_hash: str, since: datetime
) -> Invitation | None:
    """The invitation with this secret, if it was made since a moment."""
    query = select(invitations).where(
        invitations.c.secret_hash == secret_hash, invitations.c.at > since
    )
    row = (await unit.execute(query)).first()
    return None if row is None else _invitation(row)


async def open_invitations(unit: AsyncConnection, since: datetime) -> list[Invitation]:
    """The invitations that wait, by address."""
    rows = await unit.execute(select(invitations).where(invitations.c.at > since))
    return sorted(map(_invitation, rows), key=lambda one: one.email)


async def end_invitation(unit: AsyncConnection, invitation: str) -> bool:
    """Take an invitation away; False when it was not there."""
    done = await unit.execute(delete(invitations).where(invitations.c.id == invitation))
    return done.rowcount == 1


def coordinator_of(row: Row[*tuple[Any, ...]]) -> Coordinator:
    """The person of a row."""
    return Coordinator(
        id=row.id,
        email=row.email,
        name=row.name,
        role=Role(row.role),
        area=Area(row.area),
        is_active=row.deactivated_at is None,
        has_second_factor=row.totp_secret is not None,
    )


def _keys(row: Row[*tuple[Any, ...]]) -> Keys:
    return Keys(row.password_hash, row.totp_pending, row.totp_secret)


def _invitation(row: Row[*tuple[Any, ...]]) -> Invitation:
    return Invitation(
        id=row.id,
        email=row.email,
        role=Role(row.role),
        area=Area(row.area),
        invited_by=row.invited_by,
        at=row.at,
    )
