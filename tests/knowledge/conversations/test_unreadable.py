"""What no key opens hides nobody from the desk."""

import pytest
from sqlalchemy import text

from knowledge.contact.model import Way
from knowledge.conversations.model import (
    UNKNOWN_REASON,
    UNREADABLE,
    Holder,
    Kind,
    Priority,
    Reader,
)
from knowledge.opening import Knowledge

from .builders import ANNA, asked, waiting

SEALED = [
    "UPDATE entries SET text = 'spoilt' WHERE conversation = :broken",
    "UPDATE entries SET details = 'spoilt' WHERE conversation = :broken",
    "UPDATE conversations SET reasons = 'spoilt' WHERE id = :broken",
]


async def _spoil(knowledge: Knowledge, broken: str, *statements: str) -> None:
    async with knowledge.database.writing() as unit:
        for statement in statements:
            await unit.execute(text(statement), {"broken": broken})


@pytest.mark.parametrize("statement", SEALED)
async def test_one_unreadable_value_hides_nobody(knowledge: Knowledge, statement: str) -> None:
    broken, whole = await waiting(knowledge, Priority.EMERGENCY), await waiting(knowledge)
    await _spoil(knowledge, broken, statement)

    first, second = await knowledge.conversations.queue()

    assert (first.conversation, second.conversation) == (broken, whole)
    assert second.state.reasons == ("asked_for_person",)


async def test_placeholders_say_what_is_missing(knowledge: Knowledge) -> None:
    broken = await waiting(knowledge)
    await _spoil(knowledge, broken, *SEALED)

    (item,) = await knowledge.conversations.queue()
    _, thread = await knowledge.conversations.thread(broken, reader=Reader.COORDINATOR)

    assert (item.last_words, item.state.reasons) == (UNREADABLE, (UNKNOWN_REASON,))
    assert {one.text for one in thread} == {UNREADABLE}
    (alarm,) = [one for one in thread if one.kind is Kind.HAND_OFF]
    assert alarm.details["reasons"] == [UNKNOWN_REASON]


async def test_an_unreadable_conversation_is_taken_and_nothing_is_written_over(
    knowledge: Knowledge,
) -> None:
    broken = await waiting(knowledge)
    await _spoil(knowledge, broken, *SEALED)

    await knowledge.conversations.take(broken, ANNA, "Anna is here")
    async with knowledge.database.reading() as unit:
        kept = await unit.scalar(text("SELECT reasons FROM conversations"))
    assert kept == "spoilt"

    await knowledge.conversations.hand_off(broken, asked(Priority.EMERGENCY, "suicide_self_harm"))
    state, thread = await knowledge.conversations.thread(broken, reader=Reader.COORDINATOR)
    assert (state.holder, state.held_by) == (Holder.COORDINATOR, ANNA)
    assert state.reasons == (UNKNOWN_REASON, "suicide_self_harm")
    assert "Anna is here" in [one.text for one in thread]


async def test_of_whom_nothing_can_be_opened_nobody_is_reached(knowledge: Knowledge) -> None:
    broken = await waiting(knowledge)
    await knowledge.assessments.correct(broken, ANNA, "contact", {"how": "letter"})
    assert (await knowledge.gate.ways(broken))[Way.LETTER] is None
    await _spoil(
        knowledge, broken, "UPDATE assessments SET record = 'spoilt' WHERE conversation = :broken"
    )
    out_of_the_blue = {**await knowledge.gate.ways(broken), Way.THIS_CHAT: "not asked here"}
    assert all(out_of_the_blue.values())
    assert await knowledge.assessments.counties([broken]) == {}
    assert (await knowledge.assessments.read(broken))["contact"]["how"] is None
