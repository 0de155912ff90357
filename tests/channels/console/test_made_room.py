"""Who signs in on too many devices is told so on both: the new one and the one that ends."""

from fastapi import FastAPI

from knowledge.coordinators.operations import MOST_SESSIONS
from tests.channels.builders import PASSWORD, a_browser

GIVEN = {"email": "sam@waymark.example", "password": PASSWORD}


async def test_both_devices_are_told(app: FastAPI) -> None:
    async with a_browser(app) as first:
        await first.post("/console/sign-in", data=GIVEN)
        for _ in range(MOST_SESSIONS - 1):
            async with a_browser(app) as other:
                answer = await other.post("/console/sign-in", data=GIVEN)
                assert answer.headers["location"] == "/console"
        async with a_browser(app) as newest:
            answer = await newest.post("/console/sign-in", data=GIVEN)
            page = (await newest.get(answer.headers["location"])).text
            account = (await newest.get("/console/account", params={"said": "room"})).text
        assert "<h1>Queue</h1>" in page
        assert "ago is signed out." in page
        assert 'href="/console/account">look at your devices' in page
        assert "ago is signed out. Sign out below what you do not know." in account

        away = await first.get("/console")
        assert away.headers["location"] == "/console/sign-in?ended=room"
        told = (await first.get(away.headers["location"])).text
        assert f"more than {MOST_SESSIONS} devices" in told
        assert "change your password now" in told


async def test_programs_are_told_as_well(app: FastAPI) -> None:
    async with a_browser(app) as client:
        first = (await client.post("/api/console/sessions", json=GIVEN)).json()
        assert first["made_room"] is False
        client.cookies.clear()
        for _ in range(MOST_SESSIONS):
            last = (await client.post("/api/console/sessions", json=GIVEN)).json()
        assert last["made_room"] is True
        client.cookies.clear()
        key = {"Authorization": f"Bearer {first['token']}"}
        refused = await client.get("/api/console/queue", headers=key)
    assert refused.status_code == 401
    assert f"more than {MOST_SESSIONS} devices" in refused.json()["detail"]


async def test_no_words_of_others_stand_on_the_door(app: FastAPI) -> None:
    async with a_browser(app) as client:
        page = (await client.get("/console/sign-in", params={"ended": "<b>zebulon</b>"})).text
    assert "zebulon" not in page
