"""The chat API, by HTTP: a message's way in and its answer's way out."""

import asyncio
from uuid import uuid4

import httpx
import pytest
from fastapi import FastAPI

from channels.assistant import Answer, AssistantFailed
from channels.message import Choice, Reply
from channels.parts import Parts
from knowledge.assessment.model import Fact
from knowledge.errors import Unavailable
from tests.channels.builders import Desk, Person, a_browser
from tests.fakes import FakeAssistant


async def test_a_conversation_is_opened_with_its_key(browser: httpx.AsyncClient) -> None:
    answer = await browser.post("/api/conversations")
    assert answer.status_code == 201
    assert set(answer.json()) == {"conversation", "token"}
    assert len(answer.json()["token"]) >= 32


async def test_a_message_is_accepted_with_its_place(person: Person) -> None:
    answer = await person.sends(text="my bike was stolen")
    assert (answer.status_code, answer.json()) == (202, {"sequence": 2})
    assert await person.hears(after=2) == ["answer to my bike was stolen"]


async def test_messages_have_the_form_of_the_contract(
    person: Person, assistant: FakeAssistant
) -> None:
    reply = Reply("Shall I?", (Choice("Yes", "affirm"),), ({"id": "a", "name": "A"},))
    assistant.plan["help"] = Answer((reply,), None)
    message_id = str(uuid4())
    await person.sends(id=message_id, text="help")
    await person.hears(after=2)
    read = await person.reads(after=1)
    assert read["holder"] == "assistant"
    mine, answer = read["messages"]
    assert set(mine) == {"sequence", "id", "from", "text", "choices", "services", "sent_at"}
    assert (mine["id"], mine["from"], mine["text"]) == (message_id, "person", "help")
    assert answer["from"] == "assistant"
    assert answer["choices"] == [{"title": "Yes", "value": "affirm"}]
    assert answer["services"] == [{"id": "a", "name": "A"}]


async def test_the_same_id_again_changes_nothing(person: Person, assistant: FakeAssistant) -> None:
    message_id = str(uuid4())
    answers = await asyncio.gather(*(person.sends(id=message_id, text="once") for _ in range(5)))
    again = await person.sends(id=message_id.upper(), text="other words")
    await person.hears(after=2)
    assert {answer.json()["sequence"] for answer in [*answers, again]} == {2}
    assert assistant.asked == ["once"]


async def test_an_offered_choice_is_taken(person: Person, assistant: FakeAssistant) -> None:
    offered = Reply("Are you safe?", (Choice("Yes", "safe_now=yes"),))
    assistant.plan["hello"] = Answer((offered,), None)
    await person.says("hello")
    answer = await person.sends(choice="safe_now=yes")
    assert answer.status_code == 202
    assert await person.hears(after=answer.json()["sequence"]) == ["answer to Yes"]


async def test_reading_waits_for_something_new_and_no_longer(
    person: Person, assistant: FakeAssistant
) -> None:
    assistant.gate.clear()
    await person.sends(text="hello")
    loop = asyncio.get_running_loop()
    start = loop.time()
    reading = asyncio.create_task(person.reads(after=2, wait=20))
    await asyncio.sleep(0.2)
    assert not reading.done()
    assistant.gate.set()
    assert [one["text"] for one in (await reading)["messages"]] == ["answer to hello"]
    assert loop.time() - start < 1.5


async def test_reading_ends_when_the_time_is_over(person: Person) -> None:
    start = asyncio.get_running_loop().time()
    assert (await person.reads(after=1, wait=0.3))["messages"] == []
    assert 0.25 < asyncio.get_running_loop().time() - start < 1.5


async def test_one_person_reads_nothing_of_another(app: FastAPI, person: Person) -> None:
    await person.says("my secret")
    async with a_browser(app) as client:
        other = await Person.arrives(client)
        assert "my secret" not in str(await other.reads())
        answer = await client.get(f"{person.home}/messages", headers=other.key)
        assert answer.status_code == 401


async def test_the_assessment_shows_what_was_told_and_where(person: Person, parts: Parts) -> None:
    fact = Fact(name="crime_type", value="burglary", message="m1", as_said="burgled")
    await parts.knowledge.assessments.keep(person.conversation, [fact])
    await person.says("DANGER")
    answer = await person.client.get(f"{person.home}/assessment", headers=person.key)
    record = answer.json()
    assert record["crime_type"] == "burglary"
    assert record["told"]["crime_type"] == {"message": "m1", "as_said": "burgled"}
    assert record["status"] == "interrupted_by_risk"
    assert record["hand_off"]["priority"] == "emergency"
    assert record["contact"]["safe_to_leave_message"] is False


async def test_deleting_leaves_nothing_to_read_or_take(person: Person, desk: Desk) -> None:
    await person.says("DANGER")
    answer = await person.client.delete(person.home, headers=person.key)
    assert (answer.status_code, answer.content) == (204, b"")
    for path in ("messages", "assessment", "events"):
        gone = await person.client.get(f"{person.home}/{path}", headers=person.key)
        assert gone.status_code == 404
    assert await desk.queue() == []
    assert (await desk.does("take", person)).status_code == 404


async def test_deleting_while_the_assistant_is_away_says_that_something_is_still_to_do(
    person: Person, assistant: FakeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(_: str) -> None:
        raise AssistantFailed("down")

    monkeypatch.setattr(assistant, "forget", fails)
    answer = await person.client.delete(person.home, headers=person.key)
    assert (answer.status_code, answer.content) == (202, b"")
    gone = await person.client.get(f"{person.home}/messages", headers=person.key)
    assert gone.status_code == 404


async def test_what_could_not_be_deleted_is_not_called_a_message(
    person: Person, parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(*_: str) -> None:
        raise Unavailable("down")

    monkeypatch.setattr(parts.knowledge.conversations, "erase", fails)
    answer = await person.client.delete(person.home, headers=person.key)
    assert answer.status_code == 503
    assert "Nothing is deleted yet" in answer.json()["detail"]


async def test_a_reader_who_waits_is_told_that_it_was_deleted(person: Person) -> None:
    waiting = asyncio.create_task(
        person.client.get(
            f"{person.home}/messages", params={"after": 1, "wait": 20}, headers=person.key
        )
    )
    await asyncio.sleep(0.1)
    await person.client.delete(person.home, headers=person.key)
    async with asyncio.timeout(3):
        assert (await waiting).status_code == 404


@pytest.mark.parametrize("text", ["/restart", '/intent{"a": "b"}', "/session_start"])
async def test_a_command_of_the_engine_is_only_a_text(
    person: Person, assistant: FakeAssistant, text: str
) -> None:
    await person.says(text)
    assert assistant.pending[0].entry.details == {}
    assert assistant.asked == [text]


async def test_the_last_words_reach_the_person(person: Person, assistant: FakeAssistant) -> None:
    assistant.always = AssistantFailed("empty")
    (words,) = await person.says("hello")
    assert words.startswith("If you are in danger now, call 999.")
    assert (await person.reads())["holder"] == "waiting"
