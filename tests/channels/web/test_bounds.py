"""Everything that comes in has an end: bodies, nesting, streams, floods. Danger is heard."""

import asyncio
import gzip
from contextlib import AsyncExitStack
from typing import Any
from uuid import uuid4

import httpx
import pytest
from fastapi import FastAPI

from channels import floods
from channels.floods import (
    CONVERSATIONS,
    FILES,
    MESSAGES,
    STREAMS_OF_ONE,
    Flooded,
    Floods,
    a_minute,
)
from channels.settings import Settings
from channels.web import keys, notes_page
from channels.web.app import create_app
from channels.web.notes_file import NoFile
from tests.channels.builders import A_WHILE, SITE, Listener, Person, a_browser
from tests.fakes import FakeAssistant

JSON = {"Content-Type": "application/json"}
DEEP = [b"[" * 60_000, b'{"a":' * 12_000, b'{"id":"x","text":' + b"[" * 50_000]


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """With limits."""
    return settings.model_copy(update={"limits": "on"})


@pytest.mark.parametrize("body", DEEP, ids=len)
async def test_nesting_without_end_is_refused(person: Person, body: bytes) -> None:
    headers = {**person.key, **JSON}
    answer = await person.client.post(f"{person.home}/messages", content=body, headers=headers)
    assert answer.status_code in (400, 422)


@pytest.mark.parametrize("packing", ["gzip", "deflate", "br", "zstd", "gzip, gzip"])
async def test_nothing_is_unpacked(person: Person, packing: str) -> None:
    bomb = gzip.compress(b'{"id": "' + b"0" * 10_000_000)
    headers = {**person.key, **JSON, "Content-Encoding": packing}
    answer = await person.client.post(f"{person.home}/messages", content=bomb, headers=headers)
    assert answer.status_code == 415
    assert "999" in answer.json()["emergency"]


async def test_no_door_takes_more_than_it_needs(person: Person) -> None:
    for path in ("/say", "/api/conversations/return", "/api/console/sessions", "/left"):
        answer = await person.client.post(path, content=b"x" * 70_000, headers=JSON)
        assert answer.status_code in (400, 413, 422), path


async def test_behind_https_no_browser_goes_back_to_http(settings: Settings) -> None:
    for secure in (True, False):
        app = create_app(settings.model_copy(update={"secure_cookies": secure}), FakeAssistant())
        async with a_browser(app) as browser:
            headers = (await browser.get("/healthz")).headers
        assert ("strict-transport-security" in headers) is secure
        await app.state.parts.knowledge.database.close()


class TestStreams:
    async def test_so_many_for_one_conversation_and_no_more(
        self, app: FastAPI, person: Person
    ) -> None:
        async with AsyncExitStack() as stack:
            for _ in range(STREAMS_OF_ONE):
                one = await stack.enter_async_context(
                    Listener(app, f"{person.home}/events", person.key)
                )
                await one.event()
            refused = await person.client.get(f"{person.home}/events", headers=person.key)
            assert refused.status_code == 429
            assert (await person.sends(text="hello")).status_code == 202
        async with Listener(app, f"{person.home}/events", person.key) as again:
            await again.event()
        assert again.status == 200

    async def test_a_long_poll_is_counted_too(self, person: Person) -> None:
        long = {"after": 1, "wait": 25}
        waiting = [asyncio.create_task(person.reads(**long)) for _ in range(STREAMS_OF_ONE + 1)]
        done, others = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        assert ["999" in one.result()["emergency"] for one in done] == [True]  # one too many
        assert (await _gets(person, "events")).status_code == 429
        assert (await _gets(person, "messages")).status_code == 200
        await person.sends(text="hello")
        heard = await asyncio.gather(*others)
        assert all(one["messages"][0]["text"] == "hello" for one in heard)
        assert (await person.reads(**long))["messages"]  # they are over

    async def test_one_address_opens_no_end_of_them(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(floods, "STREAMS_OF_ADDRESS", 2)
        counted = Floods()
        streams = [counted.stream(f"c{at}", "here", _forever()) for at in range(2)]
        for one in streams:
            await anext(one)
        with pytest.raises(Flooded):
            counted.stream("c3", "here", _forever())
        await anext(counted.stream("c3", "elsewhere", _forever()))


class TestReads:
    @pytest.mark.parametrize("path", ["messages", "assessment", "events"])
    async def test_so_many_by_a_token_and_no_more(
        self, person: Person, monkeypatch: pytest.MonkeyPatch, path: str
    ) -> None:
        monkeypatch.setattr(keys, "READS", a_minute(2, "reads"))
        for _ in range(2):
            await person.reads()
        refused = await _gets(person, path)
        assert refused.status_code == 429
        assert "999" in refused.json()["emergency"]
        assert (await person.sends(text="hello")).status_code == 202

    @pytest.mark.parametrize("path", ["/", "/notes", "/understood"])
    async def test_pages_are_counted_too(
        self, browser: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch, path: str
    ) -> None:
        monkeypatch.setattr(keys, "READS", a_minute(2, "reads"))
        await _first(browser, "hello")
        found = [(await browser.get(path)).status_code for _ in range(3)]
        assert found == [200, 200, 429]

    async def test_files_are_few(
        self, browser: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def fails(_: object) -> bytes:
            raise NoFile

        monkeypatch.setattr(notes_page, "as_file", fails)
        await _first(browser, "hello")
        found = [(await browser.post("/notes/file")).status_code for _ in range(FILES.amount + 1)]
        assert found == [503] * FILES.amount + [429]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),  # one customer's network
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:203.0.113.7", "203.0.113.7", True),
        ("203.0.113.7", "203.0.113.8", False),
    ],
)
async def test_one_ipv6_network_is_one_sender(
    app: FastAPI, one: str, other: str, same: bool
) -> None:
    for host, opened in ((one, CONVERSATIONS.amount), (other, 1)):
        transport = httpx.ASGITransport(app, client=(host, 1234))
        async with httpx.AsyncClient(transport=transport, base_url=SITE) as browser:
            answers = [await browser.post("/api/conversations") for _ in range(opened)]
    assert [answer.status_code for answer in answers] == [429 if same else 201]


class TestDanger:
    async def test_is_heard_over_the_limit(self, person: Person) -> None:
        for _ in range(MESSAGES.amount):
            await person.sends(text="hello")
        assert (await person.sends(text="hello")).status_code == 429
        assert (await person.sends(text="DANGER he is here")).status_code == 202

    async def test_is_heard_as_the_first_words_too(self, browser: httpx.AsyncClient) -> None:
        for _ in range(CONVERSATIONS.amount):
            await browser.post("/api/conversations")
        assert (await _first(browser, "hello")).status_code == 429
        assert (await _first(browser, "DANGER he is here")).status_code == 303

    async def test_is_heard_as_a_correction_too(self, browser: httpx.AsyncClient) -> None:
        await _first(browser, "hello")
        for _ in range(MESSAGES.amount):
            last = await browser.post("/notes/correct", data={"right": "it was in Ware"})
        assert last.status_code == 429
        danger = await browser.post("/notes/correct", data={"right": "DANGER he is here"})
        assert danger.status_code == 303

    async def test_in_doubt_words_are_let_in(
        self, person: Person, assistant: FakeAssistant
    ) -> None:
        for _ in range(MESSAGES.amount):
            await person.sends(text="hello")
        from channels.assistant import AssistantFailed

        assistant.always = AssistantFailed("down")
        assert (await person.sends(text="hello")).status_code == 202
        assistant.always = None

    async def test_even_that_has_an_end(
        self, person: Person, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(floods, "IN_DANGER", a_minute(1, "in danger"))
        for _ in range(MESSAGES.amount + 1):
            await person.sends(text="DANGER")
        assert (await person.sends(text="DANGER")).status_code == 429


async def _gets(person: Person, path: str) -> httpx.Response:
    """An answer that has an end: a stream has none."""
    async with asyncio.timeout(A_WHILE):
        return await person.client.get(f"{person.home}/{path}", headers=person.key)


async def _first(browser: httpx.AsyncClient, text: str) -> httpx.Response:
    browser.cookies.clear()
    return await browser.post("/say", data={"id": str(uuid4()), "text": text})


async def _forever() -> Any:
    while True:
        yield 1
