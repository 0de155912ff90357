"""How many sessions one person has at once, and which of them ends."""

import asyncio

import pytest
from sqlalchemy import func, select

from knowledge.audit.model import Wanted, What
from knowledge.coordinators.operations import IDLE_LIMIT, MOST_SESSIONS
from knowledge.coordinators.tables import sessions
from knowledge.errors import MadeRoom, NotAllowed
from knowledge.opening import Knowledge
from tests.fakes import HandClock

ANNA, BEN, PASSWORD = "anna@waymark.example", "ben@waymark.example", "a long enough password"


async def _opens(knowledge: Knowledge, clock: HandClock, times: int) -> list[str]:
    opened = []
    for number in range(times):
        clock.move(minutes=2)
        made = await knowledge.coordinators.sign_in(ANNA, PASSWORD, device=f"device {number}")
        opened.append(made.session)
    return opened


async def test_the_one_that_was_used_longest_ago_makes_room(
    knowledge: Knowledge, clock: HandClock
) -> None:
    anna = await knowledge.coordinators.add(ANNA, PASSWORD, "Anna")
    ben = await knowledge.coordinators.add(BEN, PASSWORD, "Ben")
    bens = (await knowledge.coordinators.sign_in(BEN, PASSWORD)).session
    first, second, *others = await _opens(knowledge, clock, MOST_SESSIONS)
    clock.move(minutes=2)
    assert await knowledge.coordinators.signed_in(first) == anna  # in use again

    one_more = await knowledge.coordinators.sign_in(ANNA, PASSWORD)
    assert one_more.made_room
    with pytest.raises(MadeRoom):
        await knowledge.coordinators.signed_in(second)
    for session in (first, *others, one_more.session):
        assert await knowledge.coordinators.signed_in(session) == anna
    assert await knowledge.coordinators.signed_in(bens) == ben
    _, devices = await knowledge.coordinators.devices(first)
    assert len(devices) == MOST_SESSIONS
    (row,) = await knowledge.audit.rows(Wanted(what=What.SIGNED_OUT))
    assert (row.who, row.why) == (anna.id, f"more than {MOST_SESSIONS} sessions")


async def test_up_to_so_many_none_ends(knowledge: Knowledge, clock: HandClock) -> None:
    await knowledge.coordinators.add(ANNA, PASSWORD, "Anna")
    for session in await _opens(knowledge, clock, MOST_SESSIONS):
        await knowledge.coordinators.signed_in(session)
    assert await knowledge.audit.rows(Wanted(what=What.SIGNED_OUT)) == []


async def test_what_has_ended_by_itself_takes_no_place(
    knowledge: Knowledge, clock: HandClock
) -> None:
    await knowledge.coordinators.add(ANNA, PASSWORD, "Anna")
    old = await _opens(knowledge, clock, MOST_SESSIONS)
    clock.move(hours=IDLE_LIMIT.total_seconds() / 3600 + 1)
    fresh = await knowledge.coordinators.sign_in(ANNA, PASSWORD)
    assert not fresh.made_room
    with pytest.raises(NotAllowed) as refused:
        await knowledge.coordinators.signed_in(old[0])
    assert type(refused.value) is NotAllowed  # it ended by itself, so nothing is told
    async with knowledge.database.reading() as unit:
        assert await unit.scalar(select(func.count()).select_from(sessions)) == 1


async def test_a_session_that_made_room_opens_nothing_and_unlocks_nothing(
    knowledge: Knowledge, clock: HandClock
) -> None:
    await knowledge.coordinators.add(ANNA, PASSWORD, "Anna")
    ended, *_ = await _opens(knowledge, clock, MOST_SESSIONS + 1)
    for deed in (
        knowledge.coordinators.unlock(ended, PASSWORD),
        knowledge.coordinators.devices(ended),
    ):
        with pytest.raises(NotAllowed):
            await deed


async def test_sign_ins_at_once_leave_so_many(knowledge: Knowledge, clock: HandClock) -> None:
    anna = await knowledge.coordinators.add(ANNA, PASSWORD, "Anna")
    await _opens(knowledge, clock, MOST_SESSIONS)
    await asyncio.gather(*(knowledge.coordinators.sign_in(ANNA, PASSWORD) for _ in range(3)))
    async with knowledge.database.reading() as unit:
        open_ones = select(func.count()).where(sessions.c.made_room_at.is_(None))
        assert await unit.scalar(open_ones.select_from(sessions)) == MOST_SESSIONS
    assert len(await knowledge.audit.rows(Wanted(who=anna.id, what=What.SIGNED_OUT))) == 3
