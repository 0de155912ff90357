"""Records are kept as people tell them."""

import asyncio

import pytest

from knowledge.assessment.model import NEEDS, Fact
from knowledge.conversations.model import Priority
from knowledge.errors import NotFound
from knowledge.opening import Knowledge
from tests.knowledge.conversations.builders import asked, opened

BURGLARY = Fact(name="crime_type", value="burglary", message="m1", as_said="burgled")
NOT_SAFE = Fact(name="safe_now", value=False, message="m2", as_said="no")


async def test_facts_stay(knowledge: Knowledge) -> None:
    conversation, noise = await opened(knowledge), await opened(knowledge)
    await knowledge.assessments.keep(conversation, [BURGLARY])
    record = await knowledge.assessments.keep(conversation, [NOT_SAFE])
    assert (record["crime_type"], record["safe_now"]) == ("burglary", False)
    assert (await knowledge.assessments.read(conversation))["told"] == record["told"]
    assert (await knowledge.assessments.read(noise))["told"] == {}


async def test_a_fact_that_fits_no_field_keeps_the_others_out_too(knowledge: Knowledge) -> None:
    conversation = await opened(knowledge)
    wrong = Fact(name="crime_type", value="no such crime", message="m1", as_said="x")
    with pytest.raises(ValueError, match="crime_type"):
        await knowledge.assessments.keep(conversation, [NOT_SAFE, wrong])
    assert (await knowledge.assessments.read(conversation))["safe_now"] is None


async def test_there_is_no_record_without_a_conversation(knowledge: Knowledge) -> None:
    with pytest.raises(NotFound):
        await knowledge.assessments.keep("nobody", [BURGLARY])
    with pytest.raises(NotFound):
        await knowledge.assessments.read("nobody")


async def test_risk_shows_in_the_record(knowledge: Knowledge) -> None:
    conversation = await opened(knowledge)
    await knowledge.assessments.keep(conversation, [BURGLARY])
    await knowledge.conversations.hand_off(conversation, asked(Priority.EMERGENCY, "stalking"))
    seen = await knowledge.assessments.read(conversation)
    assert seen["status"] == "interrupted_by_risk"
    assert seen["hand_off"]["reasons"] == ["stalking"]


async def test_erasing_a_conversation_erases_its_record(knowledge: Knowledge) -> None:
    conversation = await opened(knowledge)
    await knowledge.assessments.keep(conversation, [BURGLARY])
    await knowledge.conversations.erase(conversation)
    with pytest.raises(NotFound):
        await knowledge.assessments.read(conversation)


async def test_facts_that_come_at_once_are_all_kept(knowledge: Knowledge) -> None:
    conversation = await opened(knowledge)
    await asyncio.gather(
        *(knowledge.assessments.keep(conversation, [_need(name)]) for name in NEEDS)
    )
    kept = await knowledge.assessments.read(conversation)
    assert set(kept["needs"].values()) == {1}


def _need(name: str) -> Fact:
    return Fact(name="needs", value={name: 1}, message="m1", as_said=name)
