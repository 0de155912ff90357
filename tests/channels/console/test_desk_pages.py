"""The desk's pages, as a browser without JavaScript uses them."""

from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from channels.console import views
from channels.web.cookies import DESK as COOKIE
from knowledge.assessment.model import Fact
from knowledge.conversations.model import Evidence, HandOff, Priority
from tests.channels.builders import PASSWORD, Desk, Person, another_desk

SAM = "sam@waymark.example"


@pytest.mark.parametrize("path", ["/console", "/console/conversations/any"])
async def test_who_is_not_signed_in_is_sent_to_the_door(
    browser: httpx.AsyncClient, path: str
) -> None:
    answer = await browser.get(path)
    assert (answer.status_code, answer.headers["location"]) == (303, "/console/sign-in")


async def test_signing_in_opens_the_queue(browser: httpx.AsyncClient) -> None:
    assert "Sign in" in (await browser.get("/console/sign-in")).text
    answer = await _signs_in(browser, PASSWORD)
    assert (answer.status_code, answer.headers["location"]) == (303, "/console")
    assert "httponly" in answer.headers["set-cookie"].lower()
    page = await browser.get("/console")
    assert "Nobody is waiting." in page.text
    assert "Sam" in page.text


async def test_a_wrong_password_says_so_and_no_more(browser: httpx.AsyncClient) -> None:
    answer = await _signs_in(browser, "wrong")
    assert answer.status_code == 401
    assert "do not fit" in answer.text
    assert COOKIE not in browser.cookies
    unknown = await _signs_in(browser, "wrong", "nobody@waymark.example")
    assert unknown.text == answer.text


async def test_signing_in_from_another_site_is_refused(browser: httpx.AsyncClient) -> None:
    browser.headers["Sec-Fetch-Site"] = "cross-site"
    assert (await _signs_in(browser, PASSWORD)).status_code == 403


async def test_signing_out_leads_to_the_door(desk: Desk) -> None:
    answer = await desk.client.post("/console/sign-out")
    assert (answer.status_code, answer.headers["location"]) == (303, "/console/sign-in")
    assert COOKIE not in desk.client.cookies


async def test_what_comes_while_the_page_is_made_is_shown_by_the_next_look(
    person: Person, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page that says it knows a message must show it."""
    read = views.conversation

    async def read_then_somebody_writes(*given: Any, **named: Any) -> dict[str, Any]:
        seen = await read(*given, **named)
        monkeypatch.setattr(views, "conversation", read)
        await person.says("the police are here now")
        return seen

    monkeypatch.setattr(views, "conversation", read_then_somebody_writes)
    address = f"/console/conversations/{person.conversation}"
    page = (await desk.client.get(address)).text
    assert "police are here" not in page.split('id="thread"')[1].split("</ol>")[0]
    last = page.split('data-last="')[1].split('"')[0]
    later = (await desk.client.get(address, params={"after": last})).text
    assert "police are here" in later.split('id="thread"')[1].split("</ol>")[0]


async def test_the_queue_shows_words_reasons_and_evidence(person: Person, desk: Desk) -> None:
    await person.says("DANGER <b>at the door</b>")
    page = (await desk.client.get("/console")).text
    assert "DANGER &lt;b&gt;at the door&lt;/b&gt;" in page
    assert "immediate danger" in page
    assert "rule:at_the_door" in page
    assert f"/console/conversations/{person.conversation}" in page


async def test_what_the_recogniser_could_not_read_to_the_end_is_left_to_the_reader(
    app: FastAPI, person: Person, desk: Desk
) -> None:
    unread = (Evidence(text="", by="fallback", score=None),)
    asked = HandOff(priority=Priority.URGENT, reasons=("risk",), evidence=unread)
    await app.state.parts.knowledge.conversations.hand_off(person.conversation, asked)
    for path in ("/console", _home(person)):
        page = (await desk.client.get(path)).text
        assert "please read it yourself" in page, path
        assert "<q></q>" not in page, path


async def test_a_conversation_shows_thread_facts_and_risk(
    app: FastAPI, person: Person, desk: Desk
) -> None:
    place = {"as_said": "stevenage", "district": "stevenage", "county": "hertfordshire"}
    facts = [
        Fact(name="place", value=place, message="m1", as_said="stevenage"),
        Fact(name="safe_now", value=False, message="m1", as_said="no"),
        Fact(name="crime_type", value="burglary", message="m1", as_said="burgled"),
        Fact(name="also", value=["fraud_cyber"], message="m2", as_said="<used my card>"),
    ]
    await app.state.parts.knowledge.assessments.keep(person.conversation, facts)
    await person.says("DANGER")
    page = (await desk.client.get(_home(person))).text
    assert "stevenage (stevenage, hertfordshire)" in page
    assert '<span class="name-of">safe now</span>: <bdi>no</bdi>' in page
    assert "Told as well:</strong> fraud cyber (<bdi>&lt;used my card&gt;</bdi>)" in page
    assert "answer to DANGER" in page
    assert "0.97" in page


async def test_that_they_said_to_be_safe_is_doubted_beside_an_alarm(
    app: FastAPI, person: Person, desk: Desk
) -> None:
    safe = Fact(name="safe_now", value=True, message="m1", as_said="yes")
    await app.state.parts.knowledge.assessments.keep(person.conversation, [safe])
    doubt = "there was an alarm: ask again"
    asks = HandOff(priority=Priority.NORMAL, reasons=("asked",), evidence=())
    await app.state.parts.knowledge.conversations.hand_off(person.conversation, asks)
    assert doubt not in (await desk.client.get(_home(person))).text
    await person.says("DANGER")
    assert (await desk.client.get(_home(person))).text.count(doubt) == 1


async def test_taking_talking_noting_and_closing_by_forms(person: Person, desk: Desk) -> None:
    await person.says("DANGER")
    taken = await desk.client.post(f"{_home(person)}/take")
    assert taken.headers["location"] == f"{_home(person)}#latest"
    await desk.client.post(f"{_home(person)}/messages", data={"text": "hello\r\nI'm Sam"})
    await desk.client.post(f"{_home(person)}/notes", data={"text": "between us"})
    thread = (await person.reads())["messages"]
    assert thread[-1]["text"] == "hello\nI'm Sam"
    assert "between us" in (await desk.client.get(_home(person))).text
    closed = await desk.client.post(f"{_home(person)}/close", data={"outcome": "helped"})
    assert closed.headers["location"] == "/console"
    assert (await person.reads())["holder"] == "nobody"


async def test_giving_back_by_a_form(person: Person, desk: Desk) -> None:
    await desk.client.post(f"{_home(person)}/take")
    await desk.client.post(f"{_home(person)}/give-back")
    assert (await person.reads())["holder"] == "assistant"


async def test_who_was_too_late_is_told(app: FastAPI, person: Person, desk: Desk) -> None:
    await desk.client.post(f"{_home(person)}/take")
    async with another_desk(app) as ben:
        answer = await ben.client.post(f"{_home(person)}/take")
        page = await ben.client.get(answer.headers["location"])
    assert "somebody else took it first" in page.text
    assert "with Sam" in page.text


async def test_only_who_holds_it_is_given_the_forms(
    app: FastAPI, person: Person, desk: Desk
) -> None:
    await desk.client.post(f"{_home(person)}/take")
    async with another_desk(app) as ben:
        theirs = (await ben.client.get(_home(person))).text
    mine = (await desk.client.get(_home(person))).text
    assert f"{_home(person)}/messages" in mine
    assert f"{_home(person)}/messages" not in theirs


async def test_words_are_shown_as_words(person: Person, desk: Desk) -> None:
    script = "<script>alert(1)</script>"
    await person.says(script)
    await desk.client.post(f"{_home(person)}/notes", data={"text": script})
    page = (await desk.client.get(_home(person))).text
    assert script not in page


async def test_an_unknown_conversation_is_not_found(desk: Desk) -> None:
    assert (await desk.client.get("/console/conversations/nobody")).status_code == 404
    assert (await desk.client.post("/console/conversations/nobody/take")).status_code == 404


def _home(person: Person) -> str:
    return f"/console/conversations/{person.conversation}"


async def _signs_in(browser: httpx.AsyncClient, password: str, email: str = SAM) -> httpx.Response:
    return await browser.post("/console/sign-in", data={"email": email, "password": password})
