"""The ways that a chat may go until somebody asks how long it is kept."""

from knowledge.assessment.model import Fact
from knowledge.conversations.model import Draft, HandOff, Priority
from knowledge.opening import Knowledge
from tests.knowledge.conversations.builders import opened, said

ASKED = HandOff(priority=Priority.URGENT, reasons=("asked_for_person",))


async def silent(knowledge: Knowledge) -> str:
    return await opened(knowledge)


async def abandoned(knowledge: Knowledge) -> str:
    conversation = await opened(knowledge)
    await knowledge.conversations.receive(conversation, said())
    return conversation


async def signposting(knowledge: Knowledge) -> str:
    conversation = await abandoned(knowledge)
    done = Fact(name="status", value="completed", message="m1", as_said="")
    await knowledge.assessments.keep(conversation, [done])
    return conversation


async def waiting(knowledge: Knowledge) -> str:
    conversation = await abandoned(knowledge)
    await knowledge.conversations.hand_off(conversation, ASKED)
    return conversation


async def taken(knowledge: Knowledge) -> str:
    conversation = await waiting(knowledge)
    await knowledge.conversations.take(conversation, "anna", "Anna is here")
    return conversation


async def closed(knowledge: Knowledge) -> str:
    conversation = await taken(knowledge)
    await knowledge.conversations.close(conversation, "anna", "Goodbye")
    return conversation


async def given_back(knowledge: Knowledge) -> str:
    conversation = await taken(knowledge)
    words = Draft(author=said().author, text="Back")
    await knowledge.conversations.give_back(conversation, "anna", words)
    return conversation


async def held(knowledge: Knowledge) -> str:
    conversation = await abandoned(knowledge)
    await knowledge.retention.hold(conversation, "vera", "she may be at risk")
    return conversation
