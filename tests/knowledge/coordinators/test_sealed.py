"""Who is on the team cannot be read from the disk, and everybody is found by their address."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from alembic import command
from sqlalchemy import text

from knowledge.coordinators.model import Area, Role
from knowledge.database import Database
from knowledge.errors import Conflict
from knowledge.migrating import migrate, migration_config
from knowledge.opening import Knowledge, open_knowledge
from knowledge.sealing.operations import KeyRing
from knowledge.sealing.ring import Key, Ring

EMAIL, NAME, INVITED = "kim@waymark.example", "Kimberley", "new@waymark.example"
PASSWORD = "a long enough password"
BEFORE = "0032_processes"


async def test_nothing_of_the_team_lies_readable(knowledge: Knowledge) -> None:
    await _team(knowledge)
    kept = await _raw(knowledge.database)
    assert not any(word in kept for word in (EMAIL, NAME, INVITED))


async def test_found_and_signed_in_while_keys_change(knowledge: Knowledge, ring: Ring) -> None:
    await _team(knowledge)
    ring._take([Key.new("t2"), *ring.keys])
    await _is_there(knowledge)
    with pytest.raises(Conflict):  # also by a hash of the key before
        await knowledge.coordinators.add(EMAIL, PASSWORD, "Another")
    keys = KeyRing(ring, knowledge.database, knowledge.database)
    async for _ in keys.seal_anew():
        pass
    assert (await keys.counts())["t1"] == 0
    ring._take(ring.keys[:1])
    await _is_there(knowledge)


async def test_another_invitation_replaces_the_one_before_also_while_keys_change(
    knowledge: Knowledge, ring: Ring
) -> None:
    await _team(knowledge)
    ring._take([Key.new("t2"), *ring.keys])
    await knowledge.team.invite(INVITED, Role.EDITOR, Area.BOTH)
    assert [one.role for one in await knowledge.team.invitations()] == [Role.EDITOR]


def test_there_and_back_again(database_url: str) -> None:
    session = asyncio.run(_with(database_url, _team))
    command.downgrade(migration_config(database_url), BEFORE)
    try:
        clear = asyncio.run(_with(database_url, lambda known: _raw(known.database)))
        assert all(word in clear for word in (EMAIL, NAME, INVITED))
    finally:
        migrate(database_url)
    sealed = asyncio.run(_with(database_url, lambda known: _raw(known.database)))
    assert not any(word in sealed for word in (EMAIL, NAME, INVITED))
    asyncio.run(_with(database_url, _is_there))
    known = asyncio.run(_with(database_url, lambda known: _who(known, session)))
    assert known == NAME  # whoever was signed in still is


async def _team(knowledge: Knowledge) -> str:
    await knowledge.coordinators.add(EMAIL, PASSWORD, NAME)
    await knowledge.team.invite(INVITED, Role.COORDINATOR, Area.BOTH)
    return (await knowledge.coordinators.sign_in(EMAIL, PASSWORD)).session


async def _is_there(knowledge: Knowledge) -> None:
    for address in (EMAIL, " Kim@Waymark.Example "):
        assert (await knowledge.coordinators.by_email(address)).name == NAME
    assert (await knowledge.coordinators.sign_in(EMAIL, PASSWORD)).coordinator.email == EMAIL
    assert [one.email for one in await knowledge.team.invitations()] == [INVITED]


async def _who(knowledge: Knowledge, session: str) -> str:
    return (await knowledge.coordinators.signed_in(session)).name


async def _with[T](url: str, deed: Callable[[Knowledge], Awaitable[T]]) -> T:
    knowledge = open_knowledge(url)
    try:
        return await deed(knowledge)
    finally:
        await knowledge.database.close()


async def _raw(database: Database) -> str:
    async with database.reading() as unit:
        return str(
            [
                tuple(row)
                for table in ("coordinators", "invitations", "sessions", "audit")
                for row in await unit.execute(text(f"SELECT * FROM {table}"))  # noqa: S608
            ]
        )
