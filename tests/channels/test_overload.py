"""Too many at once are told so at once; whoever is told to stop finishes what they began."""

import asyncio

import pytest

from channels import crowd
from channels import reception as room
from channels.crowd import Overloaded
from channels.parts import Parts
from channels.reception import Reception
from channels.web.problems import PROBLEMS
from knowledge.conversations.model import Author, Draft, Priority
from knowledge.opening import Knowledge
from tests.fakes import FakeAssistant

from .builders import A_WHILE, Person, an_incoming, thread_of


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bounds of two, three and five conversations."""
    for bound, conversations in (("MANY", 2), ("TOO_MANY", 3), ("FULL", 5)):
        monkeypatch.setattr(crowd, bound, conversations)


@pytest.mark.usefixtures("small")
async def test_over_the_bounds_only_danger_is_taken_in_and_at_the_last_nothing(
    reception: Reception, assistant: FakeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    assistant.gate.clear()
    first, second, third, fourth, fifth, sixth = [
        (await reception.open("web")).conversation for _ in range(6)
    ]
    for conversation in (first, second):
        await reception.receive(an_incoming(conversation))
    with pytest.raises(Overloaded):
        await reception.receive(an_incoming(third, "hello"))
    await reception.receive(an_incoming(third, "DANGER"))
    with pytest.raises(Overloaded):
        await reception.receive(an_incoming(fourth, "hello"))
    for conversation in (fourth, fifth):
        await reception.receive(an_incoming(conversation, "DANGER"))
        assistant.reads.clear()  # they stay where their risk is read
        monkeypatch.setattr(crowd, "READ_WITHIN", 0.05)
    with pytest.raises(Overloaded):
        await reception.receive(an_incoming(sixth, "DANGER"))
    await reception.receive(an_incoming(first, "one more"))  # who is being answered goes on
    assistant.reads.set()
    assistant.gate.set()


@pytest.mark.usefixtures("small")
async def test_danger_over_the_bound_is_kept_and_on_the_desk_while_the_dialogue_stands_still(
    reception: Reception, knowledge: Knowledge, assistant: FakeAssistant
) -> None:
    assistant.gate.clear()
    for _ in range(2):
        await reception.receive(an_incoming((await reception.open("web")).conversation))
    await reception.receive(an_incoming((await reception.open("web")).conversation, "DANGER"))
    late = (await reception.open("web")).conversation
    await reception.receive(an_incoming(late, "DANGER here"))
    async with asyncio.timeout(A_WHILE):
        while late not in {one.conversation for one in await knowledge.conversations.queue()}:
            await asyncio.sleep(0.01)
    (alarm,) = [one for one in await knowledge.conversations.queue() if one.conversation == late]
    assert alarm.state.priority is Priority.EMERGENCY
    said = await thread_of(knowledge.conversations, late)
    assert said[0] == "DANGER here"
    assert "999" in said[1]
    assert "DANGER here" not in assistant.asked
    assistant.gate.set()


@pytest.mark.usefixtures("small")
async def test_who_can_not_be_read_in_time_is_taken_in(
    reception: Reception, assistant: FakeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crowd, "READ_WITHIN", 0.05)
    assistant.gate.clear()
    assistant.reads.clear()
    for _ in range(3):
        await reception.receive(an_incoming((await reception.open("web")).conversation, "hello"))
    assistant.reads.set()
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


async def test_what_the_dead_left_is_seen_to_also_under_load(
    reception: Reception,
    knowledge: Knowledge,
    assistant: FakeAssistant,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(room, "AT_ONCE", 1)
    assistant.gate.clear()
    await reception.receive(an_incoming((await reception.open("web")).conversation))
    left = [await _left_alone(reception, knowledge) for _ in range(room.TAKEN_UP + 2)]
    for asked in (1 + room.TAKEN_UP, 1 + len(left)):  # not all at once
        await reception.take_up()
        async with asyncio.timeout(A_WHILE):
            while len(assistant.asked) < asked:
                await asyncio.sleep(0.05)
        assert len(assistant.asked) == asked
    assistant.gate.set()


@pytest.mark.usefixtures("small")
async def test_danger_that_the_dead_left_is_on_the_desk_while_too_many_wait(
    reception: Reception, knowledge: Knowledge, assistant: FakeAssistant
) -> None:
    assistant.gate.clear()
    for text in ("hello", "hello", "DANGER"):
        await reception.receive(an_incoming((await reception.open("web")).conversation, text))
    left = await _left_alone(reception, knowledge, "DANGER here")
    await reception.take_up()
    async with asyncio.timeout(A_WHILE):
        while left not in {one.conversation for one in await knowledge.conversations.queue()}:
            await asyncio.sleep(0.01)
    assert "999" in (await thread_of(knowledge.conversations, left))[1]
    assistant.gate.set()


async def _left_alone(reception: Reception, knowledge: Knowledge, text: str = "hello") -> str:
    """A conversation whose message a process took in, and died."""
    conversation = (await reception.open("web")).conversation
    said = Draft(author=Author.PERSON, text=text, message_id="1")
    await knowledge.conversations.receive(conversation, said)
    return conversation


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
