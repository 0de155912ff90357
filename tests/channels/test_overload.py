"""Too many at once are told so at once; whoever is told to stop finishes what they began."""

import asyncio

import pytest

from channels import reception as reception_module
from channels.parts import Parts
from channels.reception import Overloaded, Reception
from channels.web.problems import PROBLEMS
from knowledge.opening import Knowledge
from tests.fakes import FakeAssistant

from .builders import A_WHILE, Person, an_incoming, thread_of


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that is full with two conversations, and to the brim with three."""
    monkeypatch.setattr(reception_module, "MANY", 2)
    monkeypatch.setattr(reception_module, "TOO_MANY", 3)


@pytest.mark.usefixtures("small")
async def test_over_the_bound_only_danger_is_taken_in_and_over_the_next_nothing(
    reception: Reception, assistant: FakeAssistant
) -> None:
    assistant.gate.clear()
    first, second, third, fourth = [(await reception.open("web")).conversation for _ in range(4)]
    for conversation in (first, second):
        await reception.receive(an_incoming(conversation))
    with pytest.raises(Overloaded):
        await reception.receive(an_incoming(third, "hello"))
    await reception.receive(an_incoming(third, "DANGER"))
    with pytest.raises(Overloaded):
        await reception.receive(an_incoming(fourth, "DANGER"))
    await reception.receive(an_incoming(first, "one more"))  # who is being answered goes on
    assistant.gate.set()


@pytest.mark.usefixtures("small")
async def test_a_refusal_is_kind_and_names_999(
    parts: Parts, person: Person, assistant: FakeAssistant
) -> None:
    assistant.gate.clear()
    for _ in range(2):
        opened = await parts.reception.open("web")
        await parts.reception.receive(an_incoming(opened.conversation))
    refused = await person.sends(text="hello")
    assert refused.status_code == 503
    assert refused.headers["Retry-After"]
    assert refused.json()["detail"] == PROBLEMS[Overloaded][1]
    assert "999" in refused.json()["emergency"]
    assistant.gate.set()


async def test_stopping_finishes_the_answer_under_way_and_begins_no_other(
    reception: Reception, knowledge: Knowledge, assistant: FakeAssistant
) -> None:
    assistant.gate.clear()
    conversation = (await reception.open("web")).conversation
    for text in ("one", "two"):
        await reception.receive(an_incoming(conversation, text))
    async with asyncio.timeout(A_WHILE):
        while assistant.asked != ["one"]:
            await asyncio.sleep(0.01)
    asyncio.get_running_loop().call_later(0.2, assistant.gate.set)
    await reception.stop(A_WHILE)
    assert assistant.asked == ["one"]
    thread = await thread_of(knowledge.conversations, conversation)
    assert thread == ["one", "two", "answer to one"]
    assert await knowledge.conversations.unfinished() == [conversation]
