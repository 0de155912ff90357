"""Who may sign in, for how long, and what the database keeps of it."""

import time

import pytest
from sqlalchemy import select

from knowledge.coordinators.model import Role
from knowledge.coordinators.operations import IDLE_LIMIT, LONGEST_SESSION
from knowledge.coordinators.tables import coordinators, sessions
from knowledge.errors import NotAllowed, NotFound
from knowledge.opening import Knowledge
from tests.fakes import HandClock

EMAIL, PASSWORD = "anna@waymark.example", "a long enough password"


async def test_the_first_is_an_administrator_and_made_once(knowledge: Knowledge) -> None:
    assert not await knowledge.coordinators.any()
    made = await knowledge.coordinators.first(EMAIL, PASSWORD, "Anna")
    assert made is not None
    assert made.role is Role.ADMINISTRATOR
    assert await knowledge.coordinators.any()
    assert await knowledge.coordinators.first("ben@waymark.example", PASSWORD, "Ben") is None


async def test_address_and_password_open_a_session(knowledge: Knowledge) -> None:
    anna = await knowledge.coordinators.add(EMAIL, PASSWORD, "Anna")
    opened = await knowledge.coordinators.sign_in(EMAIL, PASSWORD)
    assert opened.coordinator == anna
    assert await knowledge.coordinators.signed_in(opened.session) == anna
    assert await knowledge.coordinators.get(anna.id) == anna


@pytest.mark.parametrize("email", [" Anna@Waymark.Example ", EMAIL.upper(), f"{EMAIL}\n"])
async def test_an_address_is_the_same_in_any_case(knowledge: Knowledge, email: str) -> None:
    await knowledge.coordinators.add(EMAIL, PASSWORD, "Anna")
    assert (await knowledge.coordinators.sign_in(email, PASSWORD)).coordinator.email == EMAIL


@pytest.mark.parametrize(
    ("email", "password"),
    [
        (EMAIL, "a long enough passwor"),
        (EMAIL, ""),
        ("ben@waymark.example", PASSWORD),
        ("", ""),
        ("' OR 1=1 --", PASSWORD),
    ],
)
async def test_nothing_else_opens_one(knowledge: Knowledge, email: str, password: str) -> None:
    await knowledge.coordinators.add(EMAIL, PASSWORD, "Anna")
    with pytest.raises(NotAllowed):
        await knowledge.coordinators.sign_in(email, password)


async def test_a_wrong_address_takes_as_long_as_a_wrong_password(knowledge: Knowledge) -> None:
    await knowledge.coordinators.add(EMAIL, PASSWORD, "Anna")
    known = min([await _seconds(knowledge, EMAIL) for _ in range(3)])
    unknown = min([await _seconds(knowledge, "nobody@waymark.example") for _ in range(3)])
    assert known / 4 < unknown < known * 4


async def test_a_session_ends_when_it_is_signed_out(knowledge: Knowledge) -> None:
    await knowledge.coordinators.add(EMAIL, PASSWORD, "Anna")
    one = await knowledge.coordinators.sign_in(EMAIL, PASSWORD)
    noise = await knowledge.coordinators.sign_in(EMAIL, PASSWORD)
    await knowledge.coordinators.sign_out(one.session)
    with pytest.raises(NotAllowed):
        await knowledge.coordinators.signed_in(one.session)
    assert await knowledge.coordinators.signed_in(noise.session)


async def test_a_session_ends_when_nobody_uses_it(knowledge: Knowledge, clock: HandClock) -> None:
    await knowledge.coordinators.add(EMAIL, PASSWORD, "Anna")
    session = (await knowledge.coordinators.sign_in(EMAIL, PASSWORD)).session
    for _ in range(3):  # in use, it goes on
        clock.move(seconds=IDLE_LIMIT.total_seconds() - 1)
        await knowledge.coordinators.signed_in(session)
    clock.move(seconds=IDLE_LIMIT.total_seconds())
    with pytest.raises(NotAllowed):
        await knowledge.coordinators.signed_in(session)


async def test_a_session_ends_after_a_week_however_much_it_is_used(
    knowledge: Knowledge, clock: HandClock
) -> None:
    await knowledge.coordinators.add(EMAIL, PASSWORD, "Anna")
    session = (await knowledge.coordinators.sign_in(EMAIL, PASSWORD)).session
    for _ in range(int(LONGEST_SESSION.total_seconds()) // 3600 - 1):
        clock.move(hours=1)
        await knowledge.coordinators.signed_in(session)
    await knowledge.coordinators.unlock(session, PASSWORD)
    other = (await knowledge.coordinators.sign_in(EMAIL, PASSWORD)).session
    clock.move(hours=1)
    for over in (
        knowledge.coordinators.signed_in(session, is_active=False),
        knowledge.coordinators.unlock(session, PASSWORD),
        knowledge.coordinators.devices(session),
    ):
        with pytest.raises(NotAllowed):
            await over
    _, devices = await knowledge.coordinators.devices(other)
    assert len(devices) == 1


@pytest.mark.parametrize("session", ["", "guessed", "é"])
async def test_a_guessed_session_is_nobodys(knowledge: Knowledge, session: str) -> None:
    with pytest.raises(NotAllowed):
        await knowledge.coordinators.signed_in(session)


async def test_neither_passwords_nor_sessions_are_kept_readable(knowledge: Knowledge) -> None:
    await knowledge.coordinators.add(EMAIL, PASSWORD, "Anna")
    session = (await knowledge.coordinators.sign_in(EMAIL, PASSWORD)).session
    async with knowledge.database.reading() as unit:
        kept = [*await unit.execute(select(coordinators)), *await unit.execute(select(sessions))]
    assert PASSWORD not in str(kept)
    assert session not in str(kept)
    assert "$argon2id$" in str(kept)


async def test_who_left_is_not_found(knowledge: Knowledge) -> None:
    with pytest.raises(NotFound):
        await knowledge.coordinators.get("nobody")


async def _seconds(knowledge: Knowledge, email: str) -> float:
    start = time.perf_counter()
    with pytest.raises(NotAllowed):
        await knowledge.coordinators.sign_in(email, "a wrong password")
    return time.perf_counter() - start
