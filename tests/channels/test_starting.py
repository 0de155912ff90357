"""Starting and stopping the process, and what the operator is told."""

import asyncio

import httpx
import pytest
from fastapi import FastAPI

from channels.announcing import announce_when_ready
from channels.first_coordinator import FirstSignIn, make_first
from channels.parts import Parts
from channels.settings import Settings
from knowledge.errors import Unavailable
from knowledge.processes import operations, store
from tests.fakes import FakeAssistant

from .builders import A_WHILE, a_browser

HIDDEN = {"admin_email": None, "admin_password": None}


async def test_when_all_is_ready_the_addresses_are_told(
    parts: Parts, capsys: pytest.CaptureFixture[str]
) -> None:
    told = await _told(parts, None, capsys)
    assert "sign-in" not in told
    for path in ("/", "/console", "/docs"):
        assert f"http://127.0.0.1:8000{path}\n" in told


async def test_a_password_that_the_operator_set_is_not_told(
    parts: Parts, capsys: pytest.CaptureFixture[str]
) -> None:
    told = await _told(parts, FirstSignIn("sam@waymark.example", None), capsys)
    assert "sam@waymark.example" in told
    assert str(parts.settings.admin_password) not in told


async def test_while_parts_are_awaited_they_are_named(
    parts: Parts, assistant: FakeAssistant, capsys: pytest.CaptureFixture[str]
) -> None:
    assistant.up = False
    task = asyncio.create_task(_told(parts, None, capsys))
    await asyncio.sleep(0.2)
    assistant.up = True
    assert (await task).startswith("waiting for: assistant")


async def test_a_database_that_may_forget_what_it_kept_is_told_in_one_line(
    parts: Parts, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "warning" not in await _told(parts, None, capsys)

    async def off() -> list[str]:
        return ["fsync", "synchronous_commit"]

    monkeypatch.setattr(parts.knowledge.database, "forgets_by", off)
    told = await _told(parts, None, capsys)
    (line,) = [one for one in told.splitlines() if one.startswith("warning")]
    assert "fsync, synchronous_commit off" in line


async def test_a_made_password_opens_the_desk_and_is_made_once(
    wired: FastAPI, settings: Settings
) -> None:
    found: Parts = wired.state.parts
    nothing_set = settings.model_copy(update=HIDDEN)
    first = await make_first(found.knowledge.coordinators, nothing_set)
    assert first is not None
    assert first.password is not None
    assert await found.knowledge.coordinators.sign_in(first.email, first.password)
    assert await make_first(found.knowledge.coordinators, nothing_set) is None
    await found.knowledge.database.close()


async def test_a_made_password_is_told_even_if_a_part_never_comes_up(
    wired: FastAPI, assistant: FakeAssistant, capsys: pytest.CaptureFixture[str]
) -> None:
    assistant.up = False
    async with announce_when_ready(wired.state.parts, FirstSignIn("a@b.example", "made-once")):
        await asyncio.sleep(0.3)
    assert "made-once" in capsys.readouterr().out


async def test_nothing_goes_on_after_the_announcing_has_ended(
    wired: FastAPI, assistant: FakeAssistant
) -> None:
    assistant.up = False
    before = asyncio.all_tasks()
    async with announce_when_ready(wired.state.parts, None):
        await asyncio.sleep(0.2)
    left = asyncio.all_tasks() - before
    await asyncio.wait(left, timeout=A_WHILE) if left else None
    assert not left


async def test_readiness_names_each_part(
    browser: httpx.AsyncClient, assistant: FakeAssistant
) -> None:
    answer = await browser.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {"database": True, "assistant": True, "actions": True}
    assistant.up = False
    answer = await browser.get("/readyz")
    assert (answer.status_code, answer.json()["assistant"]) == (503, False)


async def test_a_database_that_keeps_nothing_is_not_ready(
    browser: httpx.AsyncClient, parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def no_room(*_: object, **__: object) -> None:
        raise Unavailable

    monkeypatch.setattr(operations, "KEEPS", 0.5)
    monkeypatch.setattr(store, "beat", no_room)
    async with asyncio.timeout(A_WHILE):
        while (answer := await browser.get("/readyz")).status_code == 200:
            await asyncio.sleep(0.05)
    assert answer.json() == {"database": False, "assistant": True, "actions": True}
    assert await parts.knowledge.database.ready()  # it can still be read


async def test_it_lives_while_its_parts_do_not(
    browser: httpx.AsyncClient, assistant: FakeAssistant
) -> None:
    assistant.up = False
    assert (await browser.get("/healthz")).status_code == 200


async def test_figures_name_nobody(app: FastAPI, browser: httpx.AsyncClient) -> None:
    async with a_browser(app) as client:
        opened = (await client.post("/api/conversations")).json()
    answer = await browser.get("/metrics")
    assert answer.status_code == 200
    assert "python_info" in answer.text
    assert opened["conversation"] not in answer.text


async def _told(
    parts: Parts, first: FirstSignIn | None, capsys: pytest.CaptureFixture[str]
) -> str:
    told = ""
    async with asyncio.timeout(A_WHILE), announce_when_ready(parts, first):
        while "API docs" not in told:
            await asyncio.sleep(0.05)
            told += capsys.readouterr().out
    return told
