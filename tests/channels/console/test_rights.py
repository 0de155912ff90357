"""Rights at every door of the desk, as a table."""

import re
from collections.abc import Iterator

import httpx
import pytest
from fastapi import FastAPI

from knowledge.assessment.model import Fact
from knowledge.conversations.model import HandOff, Priority
from knowledge.coordinators.model import RIGHTS, Area, Right, Role
from tests.channels.builders import Desk, Person, a_browser, another_desk, doors_of

from .builders import ALARM_API, API, BODIES, DESK_PAGES, HOLDS, OWN, PAGES, WITHOUT_RIGHT, path_of

BODY = {"text": "hello"}
ROUTES = [*API, *ALARM_API, *HOLDS, *PAGES]
PLACE = {"as_said": "ely", "district": "east_cambridgeshire", "county": "cambridgeshire"}


def test_every_door_of_the_desk_stands_in_the_table(app: FastAPI) -> None:
    named = {_shape(path) for path in (*(row[1] for row in ROUTES), *OWN, *WITHOUT_RIGHT)}
    assert {_shape(path) for path in _doors(app)} == named


@pytest.mark.parametrize("role", Role)
async def test_each_role_is_let_through_its_own_doors_alone(
    app: FastAPI, person: Person, role: Role
) -> None:
    await app.state.parts.knowledge.directory.seed()
    await person.says("hello")
    async with another_desk(app, "Anna", role) as anna:
        for method, route, right in ROUTES:
            if "events" in route and role in RIGHTS[Right(right)]:
                continue  # they never end
            answer = await _asked(anna.client, method, path_of(route, person))
            allowed = role in RIGHTS[Right(right)]
            there = "any" not in route.split("/")
            assert (answer.status_code != 404) is (allowed and there), (method, route)
        for path in ("/console", "/console/account", "/console/account/second-factor"):
            assert (await anna.client.get(path)).status_code in (200, 303), path


@pytest.mark.parametrize("right", Right)
async def test_what_is_not_written_is_not_found(
    desk: Desk, person: Person, right: Right, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(RIGHTS, right)
    for method, route, needed in ROUTES:
        if needed == right:
            answer = await _asked(desk.client, method, path_of(route, person))
            assert answer.status_code == 404, route


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.SUPERVISOR, Role.ADMINISTRATOR])
async def test_these_roles_may_do_the_work_of_the_desk(
    app: FastAPI, person: Person, role: Role
) -> None:
    await person.says("hello")
    async with another_desk(app, "Anna", role) as anna:
        for method, route, right in (*API, *DESK_PAGES):
            if "events" not in route and right != "join_conversation":
                await anna.does("take", person)
                answer = await _asked(anna.client, method, path_of(route, person))
                assert answer.status_code in (200, 202, 204, 303), route
                assert "refused" not in answer.headers.get("location", "")


async def test_who_is_not_signed_in_is_refused(app: FastAPI, person: Person) -> None:
    async with a_browser(app, Authorization=person.key["Authorization"]) as stranger:
        for method, route, _ in (*API, *ALARM_API):
            assert (await _asked(stranger, method, path_of(route, person))).status_code == 401
        for method, route, _ in PAGES:
            answer = await _asked(stranger, method, path_of(route, person))
            assert answer.headers.get("location") == "/console/sign-in", route
        for path in OWN - {"/console/account/devices/any/sign-out"}:
            for method in _methods(app, path):
                answer = await _asked(stranger, method, path)
                assert answer.headers.get("location") == "/console/sign-in", path


async def test_another_site_can_do_nothing_with_the_cookie(
    app: FastAPI, desk: Desk, person: Person
) -> None:
    desk.client.headers["Sec-Fetch-Site"] = "cross-site"
    for path in (*(row[1] for row in ROUTES if row[0] == "POST"), *OWN, *WITHOUT_RIGHT):
        if "POST" in _methods(app, path) and path != "/api/console/sessions":
            answer = await _asked(desk.client, "POST", path_of(path, person))
            assert answer.status_code == 403, path
    assert (await person.reads())["holder"] == "assistant"


class TestAreas:
    """Somebody of one county, and a person of the other."""

    async def test_the_other_countys_people_are_not_found(
        self, app: FastAPI, person: Person
    ) -> None:
        await _wants_somebody(app, person)
        async with another_desk(app, "Anna", area=Area.HERTFORDSHIRE) as anna:
            assert await anna.queue() == []
            for method, route, _ in (*API, *ALARM_API, *DESK_PAGES):
                if "{}" not in route:
                    continue
                answer = await _asked(anna.client, method, path_of(route, person))
                assert answer.status_code == 404, route

    async def test_ones_own_countys_people_are_there(self, app: FastAPI, person: Person) -> None:
        await _wants_somebody(app, person)
        async with another_desk(app, "Anna", area=Area.CAMBRIDGESHIRE) as anna:
            assert len(await anna.queue()) == 1
            assert (await anna.does("take", person)).status_code == 204

    async def test_an_unknown_county_is_everybodys(self, app: FastAPI, person: Person) -> None:
        await _wants_somebody(app, person, place=None)
        for area in Area:
            async with another_desk(app, area.title(), area=area) as anna:
                assert len(await anna.queue()) == 1

    async def test_an_emergency_is_everybodys(self, app: FastAPI, person: Person) -> None:
        await _wants_somebody(app, person)
        await person.says("DANGER")
        async with another_desk(app, "Anna", area=Area.HERTFORDSHIRE) as anna:
            assert len(await anna.queue()) == 1
            assert (await anna.does("take", person)).status_code == 204

    async def test_who_holds_a_conversation_keeps_it(self, app: FastAPI, person: Person) -> None:
        await _wants_somebody(app, person, place=None)
        async with another_desk(app, "Anna", area=Area.HERTFORDSHIRE) as anna:
            await anna.does("take", person)
            await _told(app, person)
            assert (await anna.does("messages", person, text="hello")).status_code == 202


async def _wants_somebody(
    app: FastAPI, person: Person, place: dict[str, str] | None = PLACE
) -> None:
    asked = HandOff(priority=Priority.URGENT, reasons=("asked_for_person",))
    await app.state.parts.knowledge.conversations.hand_off(person.conversation, asked)
    if place:
        await _told(app, person)


async def _told(app: FastAPI, person: Person) -> None:
    fact = Fact(name="place", value=PLACE, message="m1", as_said="ely")
    await app.state.parts.knowledge.assessments.keep(person.conversation, [fact])


def _doors(app: FastAPI) -> Iterator[str]:
    for path, _ in doors_of(app):
        if path.startswith(("/console", "/api/console")):
            yield path


def _methods(app: FastAPI, path: str) -> set[str]:
    return {
        method
        for route, methods in doors_of(app)
        if _shape(route) == _shape(path)
        for method in methods
    } & {"GET", "POST"}


def _shape(path: str) -> str:
    """A route with nothing in its gaps."""
    gap = re.compile(r"\{\w*\}|(?<=/)(any|nat-shout|accept)(?=/|$)")
    return gap.sub("*", path)


async def _asked(client: httpx.AsyncClient, method: str, path: str) -> httpx.Response:
    if method == "GET":
        return await client.get(path)
    body = {"outcome": "kept"} if "callbacks" in path else BODIES.get(path.rpartition("/")[2])
    if path.startswith("/api"):
        return await client.post(path, json=body)
    invited = {"email": "new@waymark.example", "role": "editor", "area": "both"}
    return await client.post(path, data=invited if path.endswith("invitations") else body or BODY)
