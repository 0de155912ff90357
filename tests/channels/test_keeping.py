"""What need not be kept goes by itself, and what must stay stays."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import text

from channels import keeping
from channels.keeping import Keeping, delete_what_is_due
from channels.reception import Reception
from knowledge.audit.model import Wanted
from knowledge.chats.model import Update
from knowledge.conversations.model import Reader
from knowledge.errors import Conflict, Held, NotFound, Unavailable
from knowledge.opening import Knowledge
from tests.fakes import FakeAssistant, HandClock

from .roads import abandoned, closed, given_back, held, signposting, silent, taken, waiting

Road = Callable[[Knowledge], Awaitable[str]]


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "PAUSE", 0)
    monkeypatch.setattr(keeping, "AT_ONCE", 2)


@pytest.fixture
def clock(knowledge: Knowledge) -> HandClock:
    """The rooms' clock, in our hands."""
    made = HandClock()
    for room in (knowledge.conversations, knowledge.retention, knowledge.assessments):
        room._clock = made
    knowledge.chats._clock = made
    return made


YEAR = 366
ENDS = [
    (silent, 1),
    (abandoned, 30),
    (signposting, 90),
    (closed, 6 * YEAR),
    (given_back, 6 * YEAR),
    (waiting, 6 * YEAR),
    (taken, 6 * YEAR),
]


@pytest.mark.parametrize(("road", "days"), ENDS)
async def test_each_kind_has_its_time(
    knowledge: Knowledge, reception: Reception, clock: HandClock, road: Road, days: int
) -> None:
    conversation = await road(knowledge)
    clock.move(days=days - (6 if days > YEAR else 0), hours=-1)
    assert await delete_what_is_due(knowledge.retention, reception) == 0
    assert await _day_by_day(knowledge, reception, clock, days=7) == 1
    with pytest.raises(NotFound):
        await knowledge.conversations.thread(conversation, reader=Reader.PERSON)


async def test_what_is_on_hold_stays_until_the_hold_ends(
    knowledge: Knowledge, reception: Reception, clock: HandClock
) -> None:
    conversation = await held(knowledge)
    clock.move(days=20 * YEAR)
    assert await delete_what_is_due(knowledge.retention, reception) == 0
    await knowledge.conversations.thread(conversation, reader=Reader.PERSON)


async def test_all_of_them_go_in_small_steps(
    knowledge: Knowledge, reception: Reception, clock: HandClock, assistant: FakeAssistant
) -> None:
    gone = {await abandoned(knowledge) for _ in range(7)}
    clock.move(days=31)
    assert await delete_what_is_due(knowledge.retention, reception) == 7
    assert set(assistant.forgotten) == gone


async def test_the_trace_says_why(
    knowledge: Knowledge, reception: Reception, clock: HandClock
) -> None:
    await silent(knowledge)
    clock.move(days=2)
    await delete_what_is_due(knowledge.retention, reception)
    [row] = await knowledge.audit.rows(Wanted(what="erased"))
    assert row.why == "time over: silent"


async def test_a_hold_keeps_it_until_it_ends(
    knowledge: Knowledge, reception: Reception, assistant: FakeAssistant
) -> None:
    conversation = await held(knowledge)
    with pytest.raises(Held):
        await reception.erase(conversation)
    assert assistant.forgotten == []
    await knowledge.retention.release(conversation, "vera")
    await reception.erase(conversation)
    with pytest.raises(NotFound):
        await knowledge.retention.release(conversation, "vera")


async def test_what_could_not_be_worked_off_goes_too(
    knowledge: Knowledge, reception: Reception, clock: HandClock
) -> None:
    broken = Update(channel="telegram", number=1, address="1", payload="{")
    await knowledge.chats.take("telegram", [broken])
    clock.move(days=29)
    await delete_what_is_due(knowledge.retention, reception)
    assert await knowledge.chats.undone("telegram")
    await _day_by_day(knowledge, reception, clock, days=2)
    assert not await knowledge.chats.undone("telegram")


async def test_trouble_is_tried_again_and_tells_nothing(
    knowledge: Knowledge, reception: Reception, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(*_: object) -> tuple[list[str], None]:
        raise Unavailable("MARKED")

    knowledge.retention.due = broken  # type: ignore[method-assign,assignment]
    keeping = Keeping(knowledge.retention, reception)
    await keeping.start()
    while not caplog.records:
        await asyncio.sleep(0.01)
    await keeping.stop()
    assert "Unavailable" in caplog.text
    assert "MARKED" not in caplog.text


async def test_a_record_that_does_not_open_stops_no_deleting(
    knowledge: Knowledge, reception: Reception, clock: HandClock
) -> None:
    unread = await signposting(knowledge)
    async with knowledge.database.writing() as unit:
        await unit.execute(text("UPDATE assessments SET record = 't1.damaged'"))
    for _ in range(4):
        await abandoned(knowledge)
    await signposting(knowledge)
    assert await _day_by_day(knowledge, reception, clock, days=31) == 4
    await knowledge.conversations.check_erasable(unread)  # it may have come to its end
    assert await _day_by_day(knowledge, reception, clock, days=60) == 2


async def test_one_that_can_not_be_erased_stops_no_other(
    knowledge: Knowledge,
    reception: Reception,
    clock: HandClock,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    erase = reception.erase

    async def refuses(conversation: str, why: str) -> None:
        if conversation in stuck:
            raise RuntimeError(f"MARKED {conversation}")
        await erase(conversation, why)

    monkeypatch.setattr(reception, "erase", refuses)
    first, *others = [await abandoned(knowledge) for _ in range(5)]
    stuck = {first, await silent(knowledge)}
    late = Update(channel="telegram", number=1, address="1", payload="{")
    await knowledge.chats.take("telegram", [late])
    clock.move(days=31)
    with pytest.raises(Unavailable):  # so that it is tried again soon
        await delete_what_is_due(knowledge.retention, reception)
    for conversation in others:
        with pytest.raises(NotFound):
            await knowledge.conversations.check_erasable(conversation)
    assert not await knowledge.chats.undone("telegram")
    assert "MARKED" not in caplog.text
    stuck.clear()
    assert await delete_what_is_due(knowledge.retention, reception) == 2


async def test_a_broken_trace_is_told_and_stops_nothing_else(
    knowledge: Knowledge,
    reception: Reception,
    clock: HandClock,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def broken() -> int:
        raise Conflict("broken")

    monkeypatch.setattr(knowledge.retention, "shorten_trace", broken)
    await silent(knowledge)
    clock.move(days=2)
    assert await delete_what_is_due(knowledge.retention, reception) == 1
    assert "the trace is broken" in caplog.text


async def _day_by_day(
    knowledge: Knowledge, reception: Reception, clock: HandClock, days: int
) -> int:
    """Let days pass as they do while it runs; how many conversations were deleted."""
    deleted = 0
    for _ in range(days):
        clock.move(days=1)
        deleted += await delete_what_is_due(knowledge.retention, reception)
    return deleted


@pytest.mark.parametrize("jump", [{"days": 2}, {"days": 4000}])
async def test_a_clock_that_jumps_ahead_deletes_nothing(
    knowledge: Knowledge,
    reception: Reception,
    clock: HandClock,
    caplog: pytest.LogCaptureFixture,
    jump: dict[str, float],
) -> None:
    for road in (silent, abandoned, signposting, closed):
        await road(knowledge)
    assert await delete_what_is_due(knowledge.retention, reception) == 0
    clock.move(**jump)
    for _ in range(3):  # as often as it starts
        assert await delete_what_is_due(knowledge.retention, reception) == 0
    assert "the clock went" in caplog.text


async def test_a_wrong_clock_makes_things_old_only_as_fast_as_time_passes(
    knowledge: Knowledge, reception: Reception, clock: HandClock
) -> None:
    await abandoned(knowledge)
    await delete_what_is_due(knowledge.retention, reception)
    clock.move(days=365)
    assert await _day_by_day(knowledge, reception, clock, days=15) == 0
    assert await _day_by_day(knowledge, reception, clock, days=2) == 1


async def test_a_clock_that_is_set_right_again_is_believed(
    knowledge: Knowledge, reception: Reception, clock: HandClock
) -> None:
    await abandoned(knowledge)
    await delete_what_is_due(knowledge.retention, reception)
    for hours in (365 * 24, -365 * 24, 35, -35):
        clock.move(hours=hours)
        assert await delete_what_is_due(knowledge.retention, reception) == 0
    assert await _day_by_day(knowledge, reception, clock, days=29) == 0
    assert await _day_by_day(knowledge, reception, clock, days=2) == 1


async def test_what_was_not_counted_while_nothing_ran_is_made_up_for(
    knowledge: Knowledge,
    reception: Reception,
    clock: HandClock,
    caplog: pytest.LogCaptureFixture,
) -> None:
    await abandoned(knowledge)
    await delete_what_is_due(knowledge.retention, reception)
    clock.move(days=10)
    await delete_what_is_due(knowledge.retention, reception)
    caplog.clear()
    assert await _day_by_day(knowledge, reception, clock, days=12) == 0
    assert caplog.records[-1].message.endswith("48 hours ahead: deleting waits")
    assert await _day_by_day(knowledge, reception, clock, days=9) == 1
