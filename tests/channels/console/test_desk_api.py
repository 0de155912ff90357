"""The desk's API: from the queue to the last word."""

import asyncio

import httpx
import pytest
from fastapi import FastAPI

from channels.floods import SIGN_INS
from channels.settings import Settings
from knowledge.coordinators import tries
from tests.channels.builders import PASSWORD, SITE, Desk, Listener, Person, a_browser, another_desk
from tests.fakes import FakeAssistant

SAM = "sam@waymark.example"


async def test_signing_in_gives_a_cookie_that_scripts_cannot_read(
    browser: httpx.AsyncClient,
) -> None:
    answer = await browser.post("/api/console/sessions", json={"email": SAM, "password": PASSWORD})
    assert answer.status_code == 201
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert answer.json()["coordinator"]["name"] == "Sam"


async def test_the_token_opens_the_desk_as_the_cookie_does(app: FastAPI) -> None:
    async with a_browser(app) as client:
        given = {"email": SAM, "password": PASSWORD}
        token = (await client.post("/api/console/sessions", json=given)).json()["token"]
    async with a_browser(app, Authorization=f"Bearer {token}") as client:
        assert (await client.get("/api/console/queue")).status_code == 200


@pytest.mark.parametrize(
    ("email", "password", "status"),
    [
        (SAM, "wrong", 401),
        ("nobody@waymark.example", PASSWORD, 401),
        (SAM, "", 401),
        (SAM, "x" * 201, 413),
        ("x" * 255, PASSWORD, 413),
        (None, PASSWORD, 422),
    ],
)
async def test_nobody_else_is_let_in(
    browser: httpx.AsyncClient, email: str, password: str, status: int
) -> None:
    given = {"email": email, "password": password}
    answer = await browser.post("/api/console/sessions", json=given)
    assert answer.status_code == status
    assert "set-cookie" not in answer.headers
    assert "999" in answer.json()["emergency"]


async def test_signing_out_ends_the_session(desk: Desk) -> None:
    session = dict(desk.client.cookies)
    assert (await desk.client.delete("/api/console/sessions")).status_code == 204
    assert not desk.client.cookies
    desk.client.cookies.update(session)
    assert (await desk.client.get("/api/console/queue")).status_code == 401


async def test_an_alarm_is_at_the_head_of_the_queue_within_a_second(
    app: FastAPI, person: Person, desk: Desk
) -> None:
    async with a_browser(app) as client:
        noise = await Person.arrives(client)
        await noise.says("DANGER before")
        await desk.does("take", noise)
    async with asyncio.timeout(1):
        await person.says("DANGER at the door")
        head = (await desk.queue())[0]
    assert head["conversation"] == person.conversation
    assert (head["priority"], head["holder"]) == ("emergency", "waiting")
    assert head["last_words"] == "DANGER at the door"
    assert head["evidence"][0]["text"] == "DANGER at the door"


async def test_a_co_ordinator_sees_thread_facts_and_risk(person: Person, desk: Desk) -> None:
    await person.says("DANGER")
    seen = await desk.sees(person)
    assert [entry["kind"] for entry in seen["thread"]] == ["said", "said", "hand_off", "said"]
    assert seen["risk"][0]["reasons"] == ["immediate_danger"]
    assert seen["risk"][0]["evidence"][0]["by"] == "rule:at_the_door"
    assert seen["assessment"]["status"] == "interrupted_by_risk"


async def test_both_talk_and_the_assistant_is_silent(
    person: Person, desk: Desk, assistant: FakeAssistant
) -> None:
    assert (await desk.does("take", person)).status_code == 204
    assert (await person.reads())["holder"] == "coordinator"
    said = await desk.does("messages", person, text="hello, I'm Sam")
    assert said.status_code == 202
    sequence = (await person.sends(text="hello Sam")).json()["sequence"]
    thread = (await person.reads())["messages"]
    assert [one["from"] for one in thread] == ["assistant", "system", "coordinator", "person"]
    assert (await person.reads(after=sequence, wait=0.3))["messages"] == []
    assert assistant.asked == []


async def test_risk_is_flagged_while_a_co_ordinator_holds(
    person: Person, desk: Desk, assistant: FakeAssistant
) -> None:
    await desk.does("take", person)
    await person.sends(text="DANGER now")
    async with asyncio.timeout(3):
        while not (await desk.sees(person))["risk"]:
            await asyncio.sleep(0.05)
    (head,) = await desk.queue()
    assert (head["holder"], head["priority"]) == ("coordinator", "emergency")
    assert (assistant.asked, assistant.recognised) == ([], ["DANGER now"])


async def test_of_two_the_second_is_told_that_it_is_taken(
    app: FastAPI, person: Person, desk: Desk
) -> None:
    async with another_desk(app) as ben:
        await desk.does("take", person)
        for deed in ("take", "give-back", "close"):
            assert (await ben.does(deed, person)).status_code == 409
        refused = await ben.does("messages", person, text="hello")
        assert (refused.status_code, refused.json()["status"]) == (409, 409)
        assert (await ben.does("notes", person, text="I know her")).status_code == 202
    assert (await desk.sees(person))["held_by"] == "Sam"


async def test_a_note_never_reaches_the_person(person: Person, desk: Desk) -> None:
    await person.says("DANGER")
    await desk.does("notes", person, text="call the police for her")
    assert "call the police" in str(await desk.sees(person))
    assert "call the police" not in str(await person.reads())
    assert all(one["from"] != "coordinator" for one in (await person.reads())["messages"])


async def test_given_back_the_assistant_answers_again(person: Person, desk: Desk) -> None:
    await desk.does("take", person)
    assert (await desk.does("give-back", person)).status_code == 204
    read = await person.reads()
    assert read["holder"] == "assistant"
    assert "computer program" in read["messages"][-1]["text"]
    assert read["messages"][-1]["choices"]
    assert await person.says("carry on") == ["answer to carry on"]


async def test_closed_the_person_is_told_and_may_write_again(person: Person, desk: Desk) -> None:
    await desk.does("take", person)
    assert (await desk.does("close", person, outcome="helped")).status_code == 204
    read = await person.reads()
    assert (read["holder"], await desk.queue()) == ("nobody", [])
    assert "999" in read["messages"][-1]["text"]
    assert "helped" not in str(read)
    assert await person.says("one more thing") == ["answer to one more thing"]


async def test_the_same_words_again_are_sent_once(person: Person, desk: Desk) -> None:
    await desk.does("take", person)
    words = {"text": "hello", "id": "6f1c36a5-4a3e-4b6b-9a53-0d8d0e1d8f60"}
    answers = [await desk.does("messages", person, **words) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [202, 202]


@pytest.mark.parametrize("deed", ["take", "messages", "notes", "give-back", "close"])
async def test_there_is_nothing_to_do_where_nobody_is(
    browser: httpx.AsyncClient, desk: Desk, deed: str
) -> None:
    nobody = Person(browser, "nobody", "")
    body = {"text": "hello"} if deed in ("messages", "notes") else {}
    assert (await desk.does(deed, nobody, **body)).status_code == 404


async def test_the_queue_comes_as_events(app: FastAPI, person: Person, desk: Desk) -> None:
    cookie = "; ".join(f"{name}={value}" for name, value in desk.client.cookies.items())
    async with Listener(app, "/api/console/events", {"Cookie": cookie}) as stream:
        assert (await stream.event())["data"] == {"queue": [], "callbacks": []}
        await person.sends(text="DANGER")
        event = await stream.event()
    assert event["event"] == "queue"
    assert event["data"]["queue"][0]["conversation"] == person.conversation


async def test_a_growing_thread_comes_as_events(app: FastAPI, person: Person, desk: Desk) -> None:
    cookie = "; ".join(f"{name}={value}" for name, value in desk.client.cookies.items())
    path = f"/api/console/conversations/{person.conversation}/events"
    async with Listener(app, path, {"Cookie": cookie}) as stream:
        assert (await stream.event())["data"] == {"sequence": 1}
        await desk.does("notes", person, text="a note")
        assert (await stream.event())["data"] == {"sequence": 2}


async def test_a_device_that_signed_in_before_is_not_held_up_by_guessers(
    app: FastAPI, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tries, "FREE_OF_STRANGERS", 1)
    right = {"email": "sam@waymark.example", "password": PASSWORD}
    await _signs_in("203.0.113.7", app, {**right, "password": "guessed"}, 401)
    await _signs_in("203.0.113.8", app, right, 429)
    await _signs_in("203.0.113.9", app, right, 429, waymark_desk_device="made-up")
    mark = desk.client.cookies["waymark_desk_device"]
    await _signs_in("203.0.113.9", app, right, 201, waymark_desk_device=mark)
    await _signs_in("203.0.113.9", app, right, 201)  # where somebody signed in a moment ago


async def _signs_in(
    host: str, app: FastAPI, given: dict[str, str], status: int, **cookies: str
) -> None:
    transport = httpx.ASGITransport(app, client=(host, 1234))
    async with httpx.AsyncClient(transport=transport, base_url=SITE, cookies=cookies) as browser:
        answer = await browser.post("/api/console/sessions", json=given)
    assert answer.status_code == status


class TestFloods:
    """With limits on."""

    async def test_guessing_is_held_back(self, browser: httpx.AsyncClient) -> None:
        given = {"password": "wrong"}
        answers = [
            (
                await browser.post(
                    "/api/console/sessions", json={"email": f"{n}@b.example", **given}
                )
            ).status_code
            for n in range(SIGN_INS.amount + 1)
        ]
        assert answers == [401] * SIGN_INS.amount + [429]

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return settings.model_copy(update={"limits": "on"})
