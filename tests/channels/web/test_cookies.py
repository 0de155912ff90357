"""With WAYMARK_SECURE_COOKIES: names that only this host can set; they cost nobody a chat."""

from collections.abc import AsyncIterator
from uuid import uuid4

import httpx
import pytest
from fastapi import FastAPI

from channels.parts import Parts
from channels.settings import Settings
from channels.web.cookies import CHAT, DESK, DEVICE, PREFIX
from tests.channels.builders import PASSWORD

SITE = "https://waymark.test"
FRAMED = {"Sec-Fetch-Dest": "iframe"}
SAM = {"email": "sam@waymark.example", "password": PASSWORD}


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"secure_cookies": True})


@pytest.fixture
async def browser(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """A browser that speaks TLS: over anything else it would not bring these cookies."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=SITE) as client:
        yield client


async def test_the_key_of_a_chat_is_this_hosts_alone(browser: httpx.AsyncClient) -> None:
    answer = await _says(browser, "my bike was stolen")
    assert _set(answer) == {f"{PREFIX}{CHAT}"}
    assert "my bike was stolen" in (await browser.get("/")).text
    _is_guarded(await browser.post("/language", data={"lang": "ar"}))
    assert _set(await browser.get("/")) == set()


async def test_in_a_frame_it_is_so_too(browser: httpx.AsyncClient) -> None:
    answer = await _says(browser, "my bike was stolen", framed="1")
    assert _set(answer) == {f"{PREFIX}{CHAT}"}
    assert "SameSite=None; Partitioned" in answer.headers["set-cookie"]


@pytest.mark.parametrize("door", ["/api/console/sessions", "/console/sign-in"])
async def test_the_desks_are_this_hosts_alone(browser: httpx.AsyncClient, door: str) -> None:
    kind = "json" if door.startswith("/api") else "data"
    answer = await browser.request("POST", door, **{kind: SAM})  # type: ignore[arg-type]
    assert _set(answer) == {f"{PREFIX}{DESK}", f"{PREFIX}{DEVICE}"}
    assert (await browser.get("/console")).status_code == 200
    await browser.post("/console/sign-out")
    assert not browser.cookies


async def test_whoever_is_in_a_chat_goes_on_under_the_new_name(
    browser: httpx.AsyncClient, parts: Parts
) -> None:
    key = await _old_key(browser, parts)
    page = await browser.get("/")
    assert "hello from before" in page.text
    assert dict(browser.cookies) == {f"{PREFIX}{CHAT}": key}
    _is_guarded(page)
    again = await browser.get("/")
    assert "hello from before" in again.text
    assert "set-cookie" not in again.headers


async def test_a_page_that_is_open_goes_on_too(browser: httpx.AsyncClient, parts: Parts) -> None:
    key = await _old_key(browser, parts)
    conversation = key.partition(".")[0]
    for _ in range(2):
        news = await browser.get(f"/api/conversations/{conversation}/messages")
        assert news.status_code == 200
        assert dict(browser.cookies) == {f"{PREFIX}{CHAT}": key}


async def test_in_a_frame_the_new_one_is_the_site_arounds_again(
    browser: httpx.AsyncClient, parts: Parts
) -> None:
    key = await _old_key(browser, parts)
    page = await browser.get("/", headers=FRAMED)
    made, gone = page.headers.get_list("set-cookie")
    assert made.startswith(f"{PREFIX}{CHAT}={key};")
    assert gone.startswith(f'{CHAT}="";')
    assert "Partitioned" in made
    assert "Partitioned" in gone


async def test_the_new_name_counts_before_the_old_one(
    browser: httpx.AsyncClient, parts: Parts
) -> None:
    await _says(browser, "this is mine")
    mine = dict(browser.cookies)
    await _old_key(browser, parts)
    page = await browser.get("/")
    assert "this is mine" in page.text
    assert dict(browser.cookies) == mine


async def test_leaving_takes_both_names_away(browser: httpx.AsyncClient, parts: Parts) -> None:
    for door, answer in (("GET", "/leave"), ("POST", "/left")):
        await _old_key(browser, parts)
        left = await browser.request(door, answer, json={} if door == "POST" else None)
        assert not browser.cookies
        for name in (CHAT, f"{PREFIX}{CHAT}"):
            gone = [one for one in left.headers.get_list("set-cookie") if f"{name}=" in one]
            assert any("Partitioned" in one for one in gone), name
            assert all("Max-Age=0" in one for one in gone), name


async def test_whoever_is_at_the_desk_stays_there(
    browser: httpx.AsyncClient, parts: Parts
) -> None:
    opened = await parts.knowledge.coordinators.sign_in(SAM["email"], PASSWORD)
    browser.cookies.set(DESK, opened.session, domain="waymark.test")
    browser.cookies.set(DEVICE, "a-mark", domain="waymark.test")
    assert (await browser.get("/api/console/queue")).status_code == 200
    names = {f"{PREFIX}{DESK}": opened.session, f"{PREFIX}{DEVICE}": "a-mark"}
    assert dict(browser.cookies) == names
    assert (await browser.get("/console")).status_code == 200


async def test_what_may_be_stored_for_others_brings_no_cookie(
    browser: httpx.AsyncClient, parts: Parts
) -> None:
    await _old_key(browser, parts)
    for path in ("/static/chat/chat.js", "/api/directory/services"):
        answer = await browser.get(path)
        assert answer.status_code == 200
        if "no-store" not in answer.headers["cache-control"]:
            assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    "value", [r'"a\015\012Set-Cookie: other=1"', "x" * 400, "a b", '"a; Domain=test"']
)
async def test_what_was_never_ours_gets_no_new_name(
    browser: httpx.AsyncClient, value: str
) -> None:
    for more in ({}, FRAMED):
        page = await browser.get("/", headers={"Cookie": f"{CHAT}={value}", **more})
        assert page.status_code == 200
        (gone,) = page.headers.get_list("set-cookie")
        assert gone.startswith(f'{CHAT}="";')


async def _says(browser: httpx.AsyncClient, text: str, **more: str) -> httpx.Response:
    return await browser.post("/say", data={"id": str(uuid4()), "text": text, **more})


async def _old_key(browser: httpx.AsyncClient, parts: Parts) -> str:
    """A chat from before the names changed, its key in this browser."""
    opened = await parts.reception.open("web")
    key = f"{opened.conversation}.{opened.token}"
    said = {"id": str(uuid4()), "text": "hello from before"}
    bearer = {"Authorization": f"Bearer {opened.token}"}
    await browser.post(
        f"/api/conversations/{opened.conversation}/messages", json=said, headers=bearer
    )
    browser.cookies.set(CHAT, key, domain="waymark.test")
    return key


def _set(answer: httpx.Response) -> set[str]:
    """The names of the cookies that are set, each as a browser asks for it."""
    _is_guarded(answer)
    return {one.partition("=")[0] for one in answer.headers.get_list("set-cookie")}


def _is_guarded(answer: httpx.Response) -> None:
    """What a browser demands of a cookie with the prefix, and what all of ours have."""
    assert answer.status_code < 400
    for one in answer.headers.get_list("set-cookie"):
        attributes = {part.strip().lower() for part in one.split(";")[1:]}
        assert {"secure", "httponly", "path=/"} <= attributes
        assert not any(part.startswith("domain") for part in attributes)
