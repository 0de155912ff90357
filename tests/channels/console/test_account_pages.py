"""One's own account, the team, joining, and the trace, as a browser without JavaScript."""

import re
from collections.abc import AsyncIterator

import httpx
import pyotp
import pytest
from fastapi import FastAPI

from channels.settings import Settings
from knowledge.coordinators.model import Role
from tests.channels.builders import PASSWORD, Desk, Listener, Person, a_browser, another_desk

SAM = "sam@waymark.example"
ACCOUNT = "/console/account"


@pytest.fixture
async def kim(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody who is not there yet."""
    async with a_browser(app) as client:
        yield client


async def test_a_second_step_from_the_picture_to_the_next_sign_in(
    app: FastAPI, desk: Desk, browser: httpx.AsyncClient
) -> None:
    assert "add a second step" in (await desk.client.get("/console")).text
    codes = await _enrols(desk.client)
    assert len(codes) == 10
    assert "add a second step" not in (await desk.client.get("/console")).text
    given = {"email": SAM, "password": PASSWORD}
    assert (await browser.post("/console/sign-in", data=given)).status_code == 401
    with_code = {**given, "code": codes[0]}
    assert (await browser.post("/console/sign-in", data=with_code)).status_code == 303
    async with a_browser(app) as another:
        answer = await another.post("/api/console/sessions", json={**given, "code": codes[1]})
        assert answer.status_code == 201
    assert "8 recovery codes left" in (await browser.get(f"{ACCOUNT}/second-factor")).text


async def test_the_picture_needs_nothing_from_elsewhere(desk: Desk) -> None:
    page = await desk.client.get(f"{ACCOUNT}/second-factor")
    assert "<svg" in page.text
    assert 'role="img"' in page.text
    assert "style=" not in page.text  # the policy of the page would not let it through
    assert "data:image" not in page.text


async def test_a_wrong_code_sets_nothing_up(desk: Desk) -> None:
    await desk.client.get(f"{ACCOUNT}/second-factor")
    answer = await desk.client.post(f"{ACCOUNT}/second-factor", data={"code": "000000"})
    assert (answer.status_code, "does not fit" in answer.text) == (422, True)
    assert "<svg" in answer.text


async def test_the_phone_can_be_changed_with_the_password(desk: Desk) -> None:
    await _enrols(desk.client)
    wrong = await desk.client.post(f"{ACCOUNT}/second-factor/remove", data={"password": "wrong"})
    assert "not your password" in wrong.text
    renewed = await desk.client.post(f"{ACCOUNT}/second-factor/codes", data={"password": PASSWORD})
    assert len(_codes(renewed.text)) == 10
    await desk.client.post(f"{ACCOUNT}/second-factor/remove", data={"password": PASSWORD})
    assert "<svg" in (await desk.client.get(f"{ACCOUNT}/second-factor")).text


async def test_the_password_is_changed_where_it_is_known(desk: Desk) -> None:
    for old, new, said in (
        ("wrong", "otter saxophone gravel", "not your password"),
        (PASSWORD, "short", "at least 12 characters"),
        (PASSWORD, "waymarkwaymark", "easy to guess"),
    ):
        answer = await desk.client.post(f"{ACCOUNT}/password", data={"old": old, "new": new})
        assert (answer.status_code, said in answer.text) == (422, True)
    given = {"old": PASSWORD, "new": "otter saxophone gravel"}
    assert (await desk.client.post(f"{ACCOUNT}/password", data=given)).status_code == 303
    assert (await desk.client.get(ACCOUNT)).status_code == 200


async def test_devices_are_listed_and_signed_out(
    app: FastAPI, desk: Desk, browser: httpx.AsyncClient
) -> None:
    browser.headers["User-Agent"] = "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/140.0"
    await browser.post("/console/sign-in", data={"email": SAM, "password": PASSWORD})
    page = (await desk.client.get(ACCOUNT)).text
    assert "Firefox on Linux" in page
    (other,) = re.findall(r"/devices/(\w+)/sign-out", page)
    await desk.client.post(f"{ACCOUNT}/devices/{other}/sign-out")
    assert (await browser.get("/console")).headers["location"] == "/console/sign-in"
    await desk.client.post(f"{ACCOUNT}/sign-out-everywhere")
    assert (await desk.client.get("/api/console/queue")).status_code == 401


async def test_a_stream_ends_when_somebody_signs_out(
    app: FastAPI, desk: Desk, person: Person
) -> None:
    cookie = "; ".join(f"{name}={value}" for name, value in desk.client.cookies.items())
    async with Listener(app, "/api/console/events", {"Cookie": cookie}) as stream:
        await stream.event()
        await desk.client.post(f"{ACCOUNT}/sign-out-everywhere")
        await person.sends(text="DANGER")
        assert await stream.end()
        assert "DANGER" not in str(stream._sent)


async def test_from_an_invitation_to_the_desk_and_out_again(
    desk: Desk, kim: httpx.AsyncClient
) -> None:
    invited = {"email": "kim@waymark.example", "role": "coordinator", "area": "hertfordshire"}
    page = (await desk.client.post("/console/people/invitations", data=invited)).text
    (link,) = re.findall(r'value="http://[^/]+(/console/invitation/[^"]+)"', page)
    assert "kim@waymark.example" in (await kim.get(link)).text
    easy = await kim.post(link, data={"name": "Kim", "password": "password1234"})
    assert (easy.status_code, "easy to guess" in easy.text) == (422, True)
    joined = await kim.post(link, data={"name": "Kim", "password": "otter saxophone gravel"})
    assert joined.headers["location"] == f"{ACCOUNT}/second-factor"
    assert (await kim.get("/api/console/queue")).status_code == 200
    again = await kim.post(link, data={"name": "Eve", "password": "otter saxophone gravel"})
    assert (again.status_code, "does not work any more" in again.text) == (404, True)
    people = (await desk.client.get("/console/people")).text
    (id_,) = re.findall(r"/console/people/(\w+)/deactivate", people)
    await desk.client.post(f"/console/people/{id_}/deactivate")
    assert (await kim.get("/api/console/queue")).status_code == 401
    await desk.client.post(f"/console/people/{id_}/reactivate")
    assert "Let in no more" in (await desk.client.get("/console/people")).text


@pytest.mark.parametrize(
    ("email", "said"), [("no address", "not an e-mail address"), (SAM, "has this address")]
)
async def test_an_invitation_that_can_not_be(desk: Desk, email: str, said: str) -> None:
    invited = {"email": email, "role": "editor", "area": "both"}
    answer = await desk.client.post("/console/people/invitations", data=invited)
    assert (answer.status_code, said in answer.text) == (422, True)


async def test_the_trace_shows_who_read_whom(app: FastAPI, desk: Desk, person: Person) -> None:
    await person.says("DANGER my words")
    await desk.sees(person)
    await desk.does("take", person)
    await desk.does("notes", person, text="a secret note")
    async with another_desk(app, "Audrey", Role.AUDITOR) as audrey:
        assert (await audrey.client.get("/console")).headers["location"] == "/console/trace"
        page = (await audrey.client.get("/console/trace")).text
        query = {"subject": person.conversation, "what": "noted"}
        filtered = (await audrey.client.get("/console/trace", params=query)).text
    for deed in ("signed in", "read conversation", "took", "noted"):
        assert f">{deed}</td>" in page
    assert "Sam" in page
    assert "my words" not in page
    assert "a secret note" not in page
    assert (filtered.count(">noted</td>"), ">took</td>" in filtered) == (1, False)


class TestRequired:
    """Where everybody must have a second step."""

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return settings.model_copy(update={"second_factor": "required"})

    async def test_there_is_nothing_to_see_before_it_is_set_up(self, desk: Desk) -> None:
        assert (await desk.client.get("/api/console/queue")).status_code == 403
        for path in ("/console", ACCOUNT, "/console/people"):
            answer = await desk.client.get(path)
            assert answer.headers["location"] == f"{ACCOUNT}/second-factor"
        await _enrols(desk.client)
        assert (await desk.client.get("/api/console/queue")).status_code == 200


async def _enrols(client: httpx.AsyncClient) -> list[str]:
    page = (await client.get(f"{ACCOUNT}/second-factor")).text
    (secret,) = re.findall(r"Key: <code>([A-Z2-7 ]+)</code>", page)
    code = pyotp.TOTP(secret.replace(" ", "")).now()
    return _codes((await client.post(f"{ACCOUNT}/second-factor", data={"code": code})).text)


def _codes(page: str) -> list[str]:
    return re.findall(r"<code>(\w{4}(?:-\w{4}){5})</code>", page)
