"""The oldest rows of the log go by the rule, and the rest still hangs together."""

import pytest
from sqlalchemy import Text as Raw
from sqlalchemy import delete, insert, select, text, type_coerce, update
from sqlalchemy.exc import DBAPIError

from knowledge.audit.model import Actor, Wanted, What, acting
from knowledge.audit.tables import audit, audit_anchors
from knowledge.database import Database
from knowledge.errors import Conflict
from knowledge.opening import Knowledge
from knowledge.retention.model import Kind, rules
from tests.fakes import HandClock

OLD, YOUNG = 5, 3


@pytest.fixture
async def log(knowledge: Knowledge, clock: HandClock) -> Knowledge:
    """Five rows whose time is over, and three that must stay."""
    acting(Actor("anna", "a1b2c3"))
    for number in range(OLD):
        await knowledge.audit.happened(What.READ_CONVERSATION, f"old{number}")
    clock.now = clock.now.replace(year=clock.now.year + rules()[Kind.TRACE].years)
    clock.move(seconds=1)
    for number in range(YOUNG):
        await knowledge.audit.happened(What.READ_CONVERSATION, f"young{number}")
    return knowledge


async def test_what_is_too_old_goes_and_the_chain_is_whole(log: Knowledge) -> None:
    assert await log.retention.shorten_trace() == OLD
    rows = await log.audit.rows(Wanted())
    assert [row.subject for row in rows if row.subject] == ["young2", "young1", "young0"]
    assert (rows[0].what, rows[0].why) == (What.SHORTENED, "5 rows, up to 5")
    verdict = await log.audit.verify()
    assert (verdict.rows, verdict.removed, verdict.broken) == (YOUNG + 1, OLD, None)
    assert await log.retention.shorten_trace() == 0
    assert (await log.audit.verify()).last == verdict.last


async def test_one_second_before_its_time_a_row_stays(log: Knowledge, clock: HandClock) -> None:
    clock.move(seconds=-1)
    assert await log.retention.shorten_trace() == 0


async def test_it_goes_in_small_steps_and_keeps_one_anchor(
    log: Knowledge, clock: HandClock
) -> None:
    before = rules()[Kind.TRACE].ends_before(clock())
    assert [await log.audit.shorten(before, most=2) for _ in range(4)] == [2, 2, 1, 0]
    async with log.database.reading() as unit:
        assert [row.sequence for row in await unit.execute(select(audit_anchors))] == [OLD]
    await log.audit.happened(What.SAW_QUEUE)
    verdict = await log.audit.verify()
    assert (verdict.rows, verdict.removed, verdict.broken) == (YOUNG + 3 + 1, OLD, None)


async def test_a_hash_noted_before_is_found_while_it_is_there(log: Knowledge) -> None:
    noted = (await log.audit.verify()).last
    rows = (await log.audit.rows(Wanted()))[::-1]
    await log.retention.shorten_trace()
    assert (await log.audit.verify(noted)).noted_found
    assert (await log.audit.verify(rows[OLD - 1].hash)).noted_found  # the anchor itself
    assert not (await log.audit.verify(rows[0].hash)).noted_found


async def test_only_what_an_anchor_covers_can_be_removed(log: Knowledge) -> None:
    await log.retention.shorten_trace()
    for deed in (delete(audit), update(audit).values(who="ben")):
        with pytest.raises(DBAPIError, match="only grows"):
            async with log.database.writing() as unit:
                await unit.execute(deed)


async def test_an_anchor_made_without_the_keys_is_found(log: Knowledge) -> None:
    rows = (await log.audit.rows(Wanted()))[::-1]
    await log.retention.shorten_trace()
    async with log.database.writing() as unit:  # as somebody could who rules over the database
        kept = await unit.scalar(select(type_coerce(audit_anchors.c.hash, Raw)))
        await unit.execute(
            insert(audit_anchors).values(
                sequence=OLD + 1, hash=type_coerce(kept, Raw), at=rows[0].at
            )
        )
        await unit.execute(delete(audit).where(audit.c.sequence == OLD + 1))
    assert (await log.audit.verify()).broken == OLD + 2


async def test_an_anchor_that_is_gone_is_found(log: Knowledge) -> None:
    await log.retention.shorten_trace()
    async with log.database.writing() as unit:
        await unit.execute(delete(audit_anchors))
    assert (await log.audit.verify()).broken == OLD + 1


async def test_what_is_broken_is_not_shortened(log: Knowledge) -> None:
    await _tamper(log.database)
    with pytest.raises(Conflict):
        await log.retention.shorten_trace()
    assert (await log.audit.verify()).broken == 2


async def _tamper(database: Database) -> None:
    async with database.writing() as unit:
        if unit.dialect.name == "postgresql":
            await unit.execute(text("SET LOCAL session_replication_role = replica"))
        else:
            await unit.execute(text("DROP TRIGGER audit_no_update"))
        await unit.execute(update(audit).where(audit.c.sequence == 2).values(who="ben"))
