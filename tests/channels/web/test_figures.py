"""What the operator is told to watch goes up when it happens, and names nobody."""

import asyncio
import re

import httpx
import pytest
from fastapi import FastAPI

from channels import crowd
from channels.assistant import AssistantFailed
from channels.parts import Parts
from channels.second_look import SecondLook
from tests.channels.builders import A_WHILE, Desk, Person
from tests.fakes import FakeAssistant

WORDS = "my name is Marigold Featherstonehaugh"


async def _figure(app: FastAPI, name: str) -> float:
    """A figure as whoever watches reads it; 0 before it was ever counted."""
    found = re.search(rf"^{re.escape(name)} (\S+)$", await _all(app), re.MULTILINE)
    return float(found[1]) if found else 0.0


async def _all(app: FastAPI) -> str:
    transport = httpx.ASGITransport(app, client=("127.0.0.1", 1234))
    async with httpx.AsyncClient(transport=transport, base_url="http://waymark.test") as client:
        return (await client.get("/metrics")).text


async def _becomes(app: FastAPI, name: str, value: float) -> None:
    async with asyncio.timeout(A_WHILE):
        while await _figure(app, name) != value:
            await asyncio.sleep(0.01)


async def test_an_answer_counts(app: FastAPI, person: Person) -> None:
    before = await _figure(app, "waymark_answered_total")
    await person.says("hello")
    assert await _figure(app, "waymark_answered_total") == before + 1


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (AssistantFailed("TimeoutError"), "late"),
        (AssistantFailed("status 500"), "status"),
        (AssistantFailed(WORDS), "other"),
        (ValueError(WORDS), "ours"),
    ],
)
async def test_a_failed_answer_counts_by_why_and_never_with_words(
    app: FastAPI, person: Person, assistant: FakeAssistant, error: Exception, why: str
) -> None:
    name = f'waymark_answers_failed_total{{why="{why}"}}'
    before, answered = await _figure(app, name), await _figure(app, "waymark_answered_total")
    assistant.plan[WORDS] = error
    await person.says(WORDS)
    assert await _figure(app, name) == before + 1
    assert await _figure(app, "waymark_answered_total") == answered
    shown = await _all(app)
    assert "Marigold" not in shown
    assert person.conversation not in shown


async def test_what_is_refused_counts_by_kind(
    app: FastAPI, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = 'waymark_refused_total{why="Overloaded"}'
    before = await _figure(app, name)
    monkeypatch.setattr(crowd, "MANY", 0)
    assert (await person.sends(text="hello")).status_code == 503
    assert await _figure(app, name) == before + 1


async def test_who_waits_is_counted_while_they_wait(
    app: FastAPI, person: Person, assistant: FakeAssistant
) -> None:
    assistant.gate.clear()
    before = await _figure(app, "waymark_waiting")
    await person.sends(text="hello")
    await _becomes(app, "waymark_waiting", before + 1)
    assistant.gate.set()
    await _becomes(app, "waymark_waiting", before)


async def test_what_nobody_could_read_is_counted_until_it_is_read(
    app: FastAPI, parts: Parts, person: Person, assistant: FakeAssistant
) -> None:
    assistant.always = AssistantFailed("TimeoutError")
    await person.says("hello")
    look = SecondLook(parts.knowledge.conversations, parts.knowledge.alarms, assistant, parts.bell)
    assert not await look.look()
    assert await _figure(app, "waymark_unread") == 1
    assistant.always = None
    await look.look()
    await look.look()
    assert await _figure(app, "waymark_unread") == 0


async def test_jobs_are_shown_while_this_process_does_them(app: FastAPI, desk: Desk) -> None:
    await _becomes(app, 'waymark_jobs{job="second look"}', 1)
