"""What is for co-ordinators alone reaches the person by no door there is."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI

from channels.telegram.render import parts as telegram_parts
from channels.web.cookies import CHAT as COOKIE
from knowledge.conversations.model import Reader
from tests.channels.builders import Desk, Listener, Person, a_browser

SECRET = "xylophone"  # stands in everything that is for the team alone


@pytest.fixture
async def told(app: FastAPI, person: Person, desk: Desk) -> Person:
    """A conversation with each kind of entry that the person must not be given."""
    await person.says("DANGER")
    await desk.does("take", person)
    await desk.does("notes", person, text=f"a note: {SECRET}")
    await desk.does("facts", person, field="crime_reference", value="35/1")
    alarm = (await desk.sees(person))["risk"][0]["sequence"]
    await desk.does("marks", person, verdict="wrong", alarm=alarm)
    await desk.does("transfer", person, note=f"passed on: {SECRET}")
    await desk.does("take", person)
    await desk.does("messages", person, text="the last word")
    assert str(await desk.sees(person)).count(SECRET) == 2
    return person


async def test_not_by_the_api(told: Person) -> None:
    read = await told.reads()
    _clean(str(read))
    assert read["messages"][-1]["text"] == "the last word"


async def test_not_by_the_assessment(told: Person) -> None:
    answer = await told.client.get(f"{told.home}/assessment", headers=told.key)
    _clean(answer.text)


async def test_not_by_the_events(app: FastAPI, told: Person) -> None:
    seen = ""
    async with Listener(app, f"{told.home}/events", told.key) as stream:
        while "the last word" not in seen:
            seen += str(await stream.event())
    _clean(seen)


@pytest.mark.parametrize("path", ["/", "/notes"])
async def test_not_by_the_pages_without_a_script(
    app: FastAPI, page: httpx.AsyncClient, path: str
) -> None:
    answer = await page.get(path)
    assert answer.status_code == 200
    _clean(answer.text)


async def test_not_by_telegram(app: FastAPI, told: Person) -> None:
    _, thread = await app.state.parts.knowledge.conversations.thread(
        told.conversation, reader=Reader.PERSON
    )
    sent = " ".join(part.text for part in telegram_parts(thread, "Done"))
    assert "the last word" in sent
    _clean(sent)


async def test_not_by_the_assistant(told: Person, desk: Desk, app: FastAPI) -> None:
    assistant = app.state.parts.assistant
    await desk.does("give-back", told)
    await told.says("hello again")
    await asyncio.sleep(0)
    _clean(str(assistant.pending[-1]))


@pytest.fixture
async def page(app: FastAPI, told: Person) -> AsyncIterator[httpx.AsyncClient]:
    """The person's own browser."""
    token = told.key["Authorization"].removeprefix("Bearer ")
    async with a_browser(app) as client:
        client.cookies.set(COOKIE, f"{told.conversation}.{token}")
        yield client


def _clean(seen: str) -> None:
    assert SECRET not in seen
    for word in ("rule:at_the_door", "verdict", "coordinators"):
        assert word not in seen
