"""What a person can do with what we hold: read, correct, take along, delete. No script needed."""

import asyncio
import re
import zlib
from dataclasses import replace
from typing import Any
from uuid import uuid4

import httpx
import pytest
from fastapi import FastAPI

from channels import crowd, patience
from channels.assistant import AssistantFailed
from channels.floods import CONVERSATIONS, MESSAGES, Floods
from channels.parts import Parts
from channels.web import leaving
from channels.web.cookies import CHAT as COOKIE
from channels.web.notes_file import NoFile
from knowledge.conversations.operations import Conversations
from knowledge.errors import Unavailable
from knowledge.returning.operations import Returning
from tests.channels.builders import Desk, a_browser
from tests.fakes import FakeAssistant


async def test_deleting_takes_two_steps_and_works_at_once(browser: httpx.AsyncClient) -> None:
    conversation = await _says(browser, "my bike was stolen")
    first = (await browser.get("/delete")).text
    assert "What stays, and why" in first
    assert "my bike was stolen" in (await browser.get("/")).text  # asking deletes nothing
    done = await browser.post("/delete")
    assert "It is deleted" in done.text
    assert "as soon as it answers again" not in done.text
    assert COOKIE not in browser.cookies
    assert (await browser.get(f"/api/conversations/{conversation}/messages")).status_code == 404


async def test_without_a_chat_there_is_nothing_to_delete(browser: httpx.AsyncClient) -> None:
    for answer in (await browser.get("/delete"), await browser.post("/delete")):
        assert "There is nothing to delete" in answer.text


async def test_what_could_not_be_deleted_is_not_called_deleted(
    browser: httpx.AsyncClient, parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _says(browser, "my bike was stolen")

    async def fails(*_: str) -> None:
        raise Unavailable("down")

    with monkeypatch.context() as patched:
        patched.setattr(parts.knowledge.conversations, "erase", fails)
        answer = await browser.post("/delete")
    assert (answer.status_code, "not deleted yet" in answer.text) == (503, True)
    assert "my bike was stolen" in (await browser.get("/")).text


async def test_while_the_assistant_is_away_it_is_deleted_and_said_what_is_still_to_do(
    browser: httpx.AsyncClient, assistant: FakeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    conversation = await _says(browser, "my bike was stolen")

    async def fails(_: str) -> None:
        raise AssistantFailed("down")

    monkeypatch.setattr(assistant, "forget", fails)
    done = await browser.post("/delete")
    assert (done.status_code, "It is deleted" in done.text) == (200, True)
    assert "as soon as it answers again" in done.text
    assert COOKIE not in browser.cookies
    assert (await browser.get(f"/api/conversations/{conversation}/messages")).status_code == 404


@pytest.mark.parametrize("path", ["/delete", "/notes/correct", "/notes/file", "/left"])
async def test_no_other_site_can_do_it(browser: httpx.AsyncClient, path: str) -> None:
    await _says(browser, "my bike was stolen")
    body = {"json": {}} if path == "/left" else {"data": {"right": "x"}}
    answer = await browser.post(path, headers={"Sec-Fetch-Site": "cross-site"}, **body)  # type: ignore[arg-type]
    assert answer.status_code == 403
    assert "my bike was stolen" in (await browser.get("/")).text


async def test_a_correction_goes_into_the_chat(
    browser: httpx.AsyncClient, assistant: FakeAssistant
) -> None:
    await _says(browser, "my bike was stolen")
    answer = await browser.post("/notes/correct", data={"right": " it was in Ware "})
    assert (answer.status_code, answer.headers["location"]) == (303, "/#latest")
    assert assistant.asked[-1] == "No, I meant: it was in Ware"
    empty = await browser.post("/notes/correct", data={"right": " "})
    assert empty.headers["location"] == "/notes"


async def test_the_file_is_a_tagged_pdf_whose_name_says_nothing(
    browser: httpx.AsyncClient,
) -> None:
    await _says(browser, "my bike was stolen")
    answer = await browser.post("/notes/file")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"] == 'attachment; filename="notes.pdf"'
    assert answer.headers["cache-control"] == "no-store"
    for sign in (b"/StructTreeRoot", b"/Marked true", b"pdfuaid", b"/Lang", b"/H1"):
        assert sign in _plain(answer.content)
    assert (await browser.get("/notes/file")).status_code == 405  # never by a mere link


async def test_without_the_file_the_page_can_be_printed(
    browser: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(_: object) -> bytes:
        raise NoFile

    monkeypatch.setattr("channels.web.notes_page.as_file", fails)
    await _says(browser, "my bike was stolen")
    answer = await browser.post("/notes/file")
    assert answer.status_code == 503
    assert "You can print this page" in answer.text


async def test_leaving_marks_the_thread_and_ends_the_key(
    browser: httpx.AsyncClient, desk: Desk
) -> None:
    conversation = await _says(browser, "my bike was stolen")
    key = browser.cookies[COOKIE]
    unsent = [{"id": str(uuid4()), "text": "and he is here"}]
    answer = await browser.post("/left", json={"unsent": unsent})
    assert answer.status_code == 204
    assert answer.headers["clear-site-data"] == '"cache", "cookies", "storage"'
    thread = (await desk.client.get(f"/api/console/conversations/{conversation}")).json()["thread"]
    assert [one["kind"] for one in thread].count("left_in_a_hurry") == 1
    assert "and he is here" in [one["text"] for one in thread]
    page = await desk.client.get(f"/console/conversations/{conversation}")
    assert "Do not contact them because of it" in page.text
    browser.cookies.set(COOKIE, key)
    assert "my bike was stolen" not in (await browser.get("/")).text


async def test_words_of_somebody_who_left_before_the_first_arrived_are_kept(
    browser: httpx.AsyncClient, assistant: FakeAssistant
) -> None:
    unsent = [{"id": str(uuid4()), "text": "DANGER he is here"}]
    assert (await browser.post("/left", json={"unsent": unsent})).status_code == 204
    assert COOKIE not in browser.cookies
    async with a_browser(browser._transport.app) as other:  # type: ignore[attr-defined]
        desk = await Desk.opens(other)
        for _ in range(100):
            if queue := await desk.queue():
                break
        assert queue[0]["last_words"] == "DANGER he is here"


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("away", ["check", "receive", "leave"])
async def test_leaving_clears_the_browser_whatever_is_away(
    browser: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch, method: str, away: str
) -> None:
    conversation = await _says(browser, "my bike was stolen")
    monkeypatch.setattr(leaving, "PATIENCE", 0.05)
    room = Returning if away == "leave" else Conversations
    monkeypatch.setattr(room, away, _away(getattr(room, away), times=1000))
    answer = await _leaves(browser, method, "and he is here")
    assert answer.headers["clear-site-data"] == '"cache", "cookies", "storage"'
    assert COOKIE not in browser.cookies
    assert conversation not in answer.text


@pytest.mark.parametrize("away", ["check", "receive", "leave"])
async def test_a_database_that_is_away_as_somebody_leaves_is_waited_for(
    browser: httpx.AsyncClient, desk: Desk, monkeypatch: pytest.MonkeyPatch, away: str
) -> None:
    conversation = await _says(browser, "my bike was stolen")
    monkeypatch.setattr(patience, "LOOK_AGAIN_AFTER", 0.01)
    room = Returning if away == "leave" else Conversations
    monkeypatch.setattr(room, away, _away(getattr(room, away), times=3))
    await _leaves(browser, "POST", "and he is here")
    assert await _thread(desk, conversation) == ["and he is here", "left_in_a_hurry"]


async def test_words_that_are_refused_leave_the_mark_all_the_same(
    browser: httpx.AsyncClient, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    conversation = await _says(browser, "my bike was stolen")
    monkeypatch.setattr(crowd, "MANY", 0)
    monkeypatch.setattr(crowd, "FULL", 0)
    await asyncio.sleep(0.1)  # nobody is at work any more
    await _leaves(browser, "POST", "and he is here")
    assert await _thread(desk, conversation) == ["left_in_a_hurry"]


async def test_unsent_danger_is_kept_over_the_limit(app: FastAPI, parts: Parts) -> None:
    app.state.parts = replace(parts, floods=Floods())
    async with a_browser(app) as browser, a_browser(app) as other:
        await _says(browser, "my bike was stolen")
        for _ in range(MESSAGES.amount):
            await _says(browser, "hello")
        await _leaves(browser, "POST", "hello again", "DANGER he is here")
        for _ in range(CONVERSATIONS.amount):
            await other.post("/api/conversations")
        await _leaves(other, "POST", "hello again")
        await _leaves(other, "POST", "hello", "DANGER nobody knows me")
        kept = {one["last_words"] for one in await _queue(app)}
    assert kept == {"DANGER he is here", "DANGER nobody knows me"}


async def test_what_was_understood_is_shown_without_hurry(app: FastAPI) -> None:
    async with a_browser(app) as client:
        assert (await client.get("/understood")).status_code == 404
        await _says(client, "my bike was stolen")
        found = (await client.get("/understood")).json()
    assert found == {"lines": [], "progress": ""}


def _plain(pdf: bytes) -> bytes:
    """A PDF with what is compressed in it read."""
    streams = re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL)
    unpacked = [zlib.decompressobj().decompress(one) for one in streams if one[:1] == b"x"]
    return b"\n".join([pdf, *unpacked])


async def _leaves(browser: httpx.AsyncClient, method: str, *words: str) -> httpx.Response:
    if method == "GET":
        return await browser.get("/leave")
    unsent = [{"id": str(uuid4()), "text": one} for one in words]
    return await browser.post("/left", json={"unsent": unsent})


async def _thread(desk: Desk, conversation: str) -> list[str]:
    """What the person said after the first words, and the marks."""
    seen = (await desk.client.get(f"/api/console/conversations/{conversation}")).json()["thread"]
    said = [one["text"] for one in seen if one["from"] == "person"]
    return said[1:] + [one["kind"] for one in seen if one["kind"] == "left_in_a_hurry"]


async def _queue(app: FastAPI) -> list[dict[str, Any]]:
    async with a_browser(app) as client:
        desk = await Desk.opens(client)
        async with asyncio.timeout(5):
            while len(found := await desk.queue()) < 2:
                await asyncio.sleep(0.01)
    return found


def _away(verb: Any, times: int) -> Any:
    """A verb of knowledge that does not answer so many times."""
    left = iter(range(times))

    async def tried(*given: Any) -> Any:
        if next(left, None) is not None:
            raise Unavailable("away")
        return await verb(*given)

    return tried


async def _says(browser: httpx.AsyncClient, text: str) -> str:
    await browser.post("/say", data={"id": str(uuid4()), "text": text})
    return browser.cookies[COOKIE].split(".")[0]
