"""The desk on a host of its own: what belongs to the one is not there on the other."""

import httpx
import pytest
from fastapi import FastAPI

from channels.settings import Settings
from tests.channels.builders import PASSWORD

CHAT, DESK = "waymark.example", "desk.waymark.example"
EMAIL = "sam@waymark.example"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    given = {"site_url": f"https://{CHAT}", "desk_url": f"https://{DESK}"}
    return settings.model_copy(update=given)


def _at(app: FastAPI, host: str) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url=f"https://{host}")


@pytest.mark.parametrize("path", ["/", "/help", "/privacy", "/api/directory/services"])
async def test_a_persons_pages_are_not_at_the_desk(app: FastAPI, path: str) -> None:
    async with _at(app, CHAT) as chat, _at(app, DESK) as desk:
        assert (await chat.get(path)).status_code == 200
        elsewhere = await desk.get(path)
        assert elsewhere.status_code == (303 if path == "/" else 404)
        assert elsewhere.headers.get("location", "/console") == "/console"


@pytest.mark.parametrize("path", ["/console/sign-in", "/console/worker.js"])
async def test_the_desks_pages_are_not_at_the_chat(app: FastAPI, path: str) -> None:
    async with _at(app, CHAT) as chat, _at(app, DESK) as desk:
        assert (await desk.get(path)).status_code == 200
        assert (await chat.get(path)).status_code == 404


async def test_nobody_signs_in_or_writes_on_the_other_host(app: FastAPI) -> None:
    given = {"email": EMAIL, "password": PASSWORD}
    async with _at(app, CHAT) as chat, _at(app, DESK) as desk:
        assert (await chat.post("/api/console/sessions", json=given)).status_code == 404
        assert (await desk.post("/api/console/sessions", json=given)).status_code == 201
        assert (await desk.post("/api/conversations")).status_code == 404
        assert (await chat.post("/api/conversations")).status_code == 201
        assert (await desk.get("/console")).status_code == 200


@pytest.mark.parametrize("path", ["/healthz", "/openapi.json", "/static/desk/desk.css"])
async def test_what_both_need_is_on_both(app: FastAPI, path: str) -> None:
    for host in (CHAT, DESK):
        async with _at(app, host) as client:
            assert (await client.get(path)).status_code == 200, host


@pytest.mark.parametrize("host", [f"{DESK.upper()}", f"{DESK}:8443"])
async def test_a_name_is_the_same_in_capitals_and_with_a_port(app: FastAPI, host: str) -> None:
    async with _at(app, DESK) as client:
        answer = await client.get("/console/sign-in", headers={"Host": host})
        assert answer.status_code == 200


@pytest.mark.parametrize("host", ["", "[", "x" * 300, "desk.waymark.example.evil.example"])
async def test_a_strange_name_is_not_the_desks(app: FastAPI, host: str) -> None:
    async with _at(app, CHAT) as client:
        answer = await client.get("/console/sign-in", headers={"Host": host})
        assert answer.status_code == 404


async def test_links_lead_to_the_right_host(app: FastAPI, settings: Settings) -> None:
    async with _at(app, DESK) as desk:
        await desk.post("/api/console/sessions", json={"email": EMAIL, "password": PASSWORD})
        invited = {"email": "new@waymark.example", "role": "editor", "area": "both"}
        page = (await desk.post("/console/people/invitations", data=invited)).text
    assert f"https://{DESK}/console/invitation/" in page
