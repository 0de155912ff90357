"""The idle lock: it hides the desk, loses nothing, and hides no emergency."""

import html
import re
from dataclasses import replace

import httpx
import pytest
from fastapi import FastAPI

from channels.web.cookies import DESK
from knowledge.coordinators.operations import LONGEST_SESSION, Coordinators
from tests.channels.builders import PASSWORD, Desk, Listener, Person
from tests.fakes import HandClock


@pytest.fixture
def clock(app: FastAPI) -> HandClock:
    """The sessions' time, in hand."""
    made = HandClock()
    known = app.state.parts.knowledge
    sessions = Coordinators(known.database, made)
    app.state.parts = replace(app.state.parts, knowledge=replace(known, coordinators=sessions))
    return made


async def test_the_desk_is_hidden_and_opens_with_the_password(
    clock: HandClock, desk: Desk, person: Person
) -> None:
    await person.says("DANGER at the door")
    clock.move(minutes=15)
    page = await desk.client.get("/console")
    assert page.status_code == 423
    assert "at the door" not in page.text
    assert "1 waiting, 1 of them in an emergency" in page.text
    assert (await desk.client.get("/api/console/queue")).status_code == 423
    wrong = await desk.client.post("/console/unlock", data=_given(page, "wrong"))
    assert (wrong.status_code, "not your password" in wrong.text) == (423, True)
    opened = await desk.client.post("/console/unlock", data=_given(wrong, PASSWORD))
    assert (opened.status_code, opened.headers["location"]) == (303, "/console")
    assert "at the door" in (await desk.client.get("/console")).text


async def test_what_was_written_comes_back_and_is_not_sent_by_itself(
    clock: HandClock, desk: Desk, person: Person
) -> None:
    await desk.does("take", person)
    clock.move(minutes=15)
    here = f"/console/conversations/{person.conversation}"
    locked = await desk.client.post(f"{here}/messages", data={"text": 'hello "Ann" <3'})
    assert locked.status_code == 423
    opened = await desk.client.post("/console/unlock", data=_given(locked, PASSWORD))
    assert "hello &#34;Ann&#34; &lt;3</textarea>" in opened.text
    assert f'action="{here}/messages"' in opened.text
    assert "hello" not in str(await person.reads())


async def test_a_page_that_somebody_was_writing_on_hands_it_over(
    clock: HandClock, desk: Desk
) -> None:
    clock.move(minutes=15)
    kept = {"kept_to": "/console/conversations/c1/notes", "kept": '{"text": "half a no"}'}
    locked = await desk.client.post("/console/lock", data=kept)
    opened = await desk.client.post("/console/unlock", data=_given(locked, PASSWORD))
    assert "half a no</textarea>" in opened.text


@pytest.mark.parametrize("to", ["https://elsewhere.example", "//elsewhere.example", "/consoles"])
async def test_unlocking_leads_nowhere_else(clock: HandClock, desk: Desk, to: str) -> None:
    clock.move(minutes=15)
    for kept in ("", '{"text": "hello"}'):
        given = {"password": PASSWORD, "kept_to": to, "kept": kept}
        answer = await desk.client.post("/console/unlock", data=given)
        assert answer.headers["location"] == "/console"


@pytest.mark.parametrize("kept", ["[1]", "{", '"x"', "[]"])
async def test_what_the_desk_did_not_keep_is_refused(desk: Desk, kept: str) -> None:
    given = {"kept_to": "/console/conversations/c1/notes", "kept": kept}
    assert (await desk.client.post("/console/lock", data=given)).status_code == 422


async def test_a_page_that_keeps_itself_fresh_is_nobody(clock: HandClock, desk: Desk) -> None:
    clock.move(minutes=14)
    fetched = await desk.client.get("/console", headers={"Sec-Fetch-Dest": "empty"})
    assert fetched.status_code == 200
    clock.move(minutes=1)
    assert (await desk.client.get("/console")).status_code == 423


async def test_a_stream_ends_at_the_lock(app: FastAPI, clock: HandClock, desk: Desk) -> None:
    cookie = "; ".join(f"{name}={value}" for name, value in desk.client.cookies.items())
    async with Listener(app, "/api/console/events", {"Cookie": cookie}) as stream:
        await stream.event()
        clock.move(minutes=15)
        assert await stream.end()


async def test_a_stream_ends_with_its_session(app: FastAPI, clock: HandClock, desk: Desk) -> None:
    page = (await desk.client.get("/console/account")).text
    assert f"signed out {LONGEST_SESSION.days} days after you signed in" in page
    cookie = "; ".join(f"{name}={value}" for name, value in desk.client.cookies.items())
    sessions: Coordinators = app.state.parts.knowledge.coordinators
    for _ in range(LONGEST_SESSION.days * 24 * 6 - 1):
        clock.move(minutes=10)  # never idle
        await sessions.signed_in(desk.client.cookies[DESK])
    async with Listener(app, "/api/console/events", {"Cookie": cookie}) as stream:
        await stream.event()
        clock.move(minutes=10)
        assert await stream.end()
    answer = await desk.client.get("/console")
    assert (answer.status_code, answer.headers["location"]) == (303, "/console/sign-in")


async def test_a_session_that_is_over_leads_to_the_front_door(browser: httpx.AsyncClient) -> None:
    for path in ("/console/unlock", "/console/lock"):
        answer = await browser.post(path, data={"password": PASSWORD, "kept": "{}"})
        assert answer.headers["location"] == "/console/sign-in"


def _given(page: httpx.Response, password: str) -> dict[str, str]:
    hidden = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.text)
    return {"password": password} | {name: html.unescape(value) for name, value in hidden}
