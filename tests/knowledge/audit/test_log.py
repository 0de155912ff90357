"""The log only grows, hangs together, and says where it does not."""

import asyncio

import pytest
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import DBAPIError

from knowledge.audit.model import START, Actor, Wanted, What, acting
from knowledge.audit.tables import audit
from knowledge.conversations.model import Author, Draft, Reader
from knowledge.errors import Conflict
from knowledge.opening import Knowledge
from tests.fakes import HandClock

ANNA = Actor("anna", "a1b2c3")
EVERYTHING = Wanted()


@pytest.fixture(autouse=True)
def _anna() -> None:
    acting(ANNA)


async def test_each_row_holds_the_hash_of_the_row_before(knowledge: Knowledge) -> None:
    for _ in range(3):
        await knowledge.audit.happened(What.SAW_QUEUE)
    newest, middle, first = await knowledge.audit.rows(EVERYTHING)
    assert [first.sequence, middle.sequence, newest.sequence] == [1, 2, 3]
    assert [first.previous, middle.previous, newest.previous] == [START, first.hash, middle.hash]
    assert (first.who, first.where) == ("anna", "a1b2c3")
    verdict = await knowledge.audit.verify()
    assert (verdict.rows, verdict.last, verdict.broken) == (3, newest.hash, None)


async def test_many_at_once_make_one_chain(knowledge: Knowledge) -> None:
    await asyncio.gather(*[knowledge.audit.happened(What.EXPORTED, str(n)) for n in range(25)])
    verdict = await knowledge.audit.verify()
    assert (verdict.rows, verdict.broken) == (25, None)
    assert {row.subject for row in await knowledge.audit.rows(EVERYTHING)} == {
        str(n) for n in range(25)
    }


@pytest.mark.parametrize("column", ["who", "what", "subject", "came_from", "why", "at"])
async def test_a_changed_row_is_found(knowledge: Knowledge, clock: HandClock, column: str) -> None:
    for _ in range(3):
        await knowledge.audit.happened(What.READ_CONVERSATION, "c1")
    clock.move(minutes=1)
    value = clock() if column == "at" else "said"
    await _tamper(knowledge, update(audit).where(audit.c.sequence == 2).values({column: value}))
    assert (await knowledge.audit.verify()).broken == 2


async def test_a_removed_row_is_found(knowledge: Knowledge) -> None:
    for _ in range(3):
        await knowledge.audit.happened(What.SAW_QUEUE)
    await _tamper(knowledge, delete(audit).where(audit.c.sequence == 2))
    assert (await knowledge.audit.verify()).broken == 3


async def test_a_cut_off_end_is_found_by_a_hash_noted_earlier(knowledge: Knowledge) -> None:
    for _ in range(3):
        await knowledge.audit.happened(What.SAW_QUEUE)
    noted = (await knowledge.audit.verify()).last
    assert (await knowledge.audit.verify(noted)).noted_found
    await _tamper(knowledge, delete(audit).where(audit.c.sequence == 3))
    verdict = await knowledge.audit.verify(noted)
    assert (verdict.broken, verdict.noted_found) == (None, False)


@pytest.mark.parametrize("deed", [update(audit).values(who="ben"), delete(audit)])
async def test_the_database_refuses_to_change_it(knowledge: Knowledge, deed: object) -> None:
    await knowledge.audit.happened(What.SAW_QUEUE)
    with pytest.raises(DBAPIError, match="only grows"):
        async with knowledge.database.writing() as unit:
            await unit.execute(deed)  # type: ignore[call-overload]


async def test_looking_on_is_one_row_for_each_minute(
    knowledge: Knowledge, clock: HandClock
) -> None:
    for _ in range(5):
        await knowledge.audit.looked(What.READ_CONVERSATION, "c1")
        clock.move(seconds=15)
    await knowledge.audit.looked(What.READ_CONVERSATION, "c2")
    acting(Actor("ben", "a1b2c3"))
    await knowledge.audit.looked(What.READ_CONVERSATION, "c2")
    rows = await knowledge.audit.rows(EVERYTHING)
    assert [(row.who, row.subject) for row in rows[::-1]] == [
        ("anna", "c1"),
        ("anna", "c1"),
        ("anna", "c2"),
        ("ben", "c2"),
    ]


async def test_the_work_of_the_desk_is_in_it_without_a_word(knowledge: Knowledge) -> None:
    talk = knowledge.conversations
    id_ = (await talk.open("web", Draft(author=Author.ASSISTANT, text="hello"))).conversation
    await talk.take(id_, "anna", "Anna is here")
    await talk.say(id_, "anna", "the words of Anna")
    await talk.note(id_, "anna", "a note of Anna")
    await talk.close(id_, "anna", "goodbye", "an outcome")
    await talk.erase(id_)
    rows = (await knowledge.audit.rows(Wanted(subject=id_)))[::-1]
    assert [row.what for row in rows] == ["took", "said", "noted", "closed", "erased"]
    async with knowledge.database.reading() as unit:
        kept = str([*await unit.execute(select(audit))])
    assert not any(word in kept for word in ("words of", "a note", "goodbye", "an outcome"))


async def test_what_did_not_happen_is_not_in_it(knowledge: Knowledge) -> None:
    talk = knowledge.conversations
    id_ = (await talk.open("web", Draft(author=Author.ASSISTANT, text="hello"))).conversation
    with pytest.raises(Conflict):
        await talk.say(id_, "anna", "hello")
    assert await knowledge.audit.rows(EVERYTHING) == []
    _, thread = await talk.thread(id_, reader=Reader.COORDINATOR)
    assert len(thread) == 1


async def test_rows_are_found_by_who_what_and_subject(knowledge: Knowledge) -> None:
    for who, what, subject in (
        ("anna", What.TOOK, "c1"),
        ("ben", What.SAID, "c1"),
        ("ben", What.TOOK, "c2"),
    ):
        acting(Actor(who, ""))
        await knowledge.audit.happened(what, subject)
    found = knowledge.audit.rows
    assert [row.sequence for row in await found(Wanted(who="ben"))] == [3, 2]
    assert [row.sequence for row in await found(Wanted(what=What.TOOK))] == [3, 1]
    assert [row.sequence for row in await found(Wanted(subject="c1"))] == [2, 1]
    assert [row.sequence for row in await found(Wanted(before=2))] == [1]


async def _tamper(knowledge: Knowledge, deed: object) -> None:
    """As somebody could who rules over the database."""
    async with knowledge.database.writing() as unit:
        if unit.dialect.name == "postgresql":
            await unit.execute(text("SET LOCAL session_replication_role = replica"))
        else:
            await unit.execute(text("DROP TRIGGER audit_no_update"))
            await unit.execute(text("DROP TRIGGER audit_no_delete"))
        await unit.execute(deed)  # type: ignore[call-overload]
