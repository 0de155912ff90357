"""Rights at every door of the desk, as a table."""

import httpx
import pytest
from fastapi import FastAPI

from channels.console import api, pages
from knowledge.coordinators.model import RIGHTS, Right, Role
from tests.channels.builders import Desk, Person, another_desk

from .builders import API, PAGES, WITHOUT_RIGHT, path_of

BODY = {"text": "hello"}
ROUTES = [*API, *PAGES]


def test_every_door_of_the_desk_stands_in_the_table() -> None:
    there = {route.path for router in (api.router, pages.router) for route in router.routes}  # type: ignore[attr-defined]
    written = {path.replace("{}", "{conversation}") for _, path, _ in (*API, *PAGES)}
    assert there == written | WITHOUT_RIGHT


@pytest.mark.parametrize(("method", "route", "right"), ROUTES)
async def test_what_is_not_written_is_not_found(
    desk: Desk,
    person: Person,
    method: str,
    route: str,
    right: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delitem(RIGHTS, Right(right))
    answer = await _asked(desk.client, method, path_of(route, person))
    assert answer.status_code == 404


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.ADMINISTRATOR])
@pytest.mark.parametrize(
    ("method", "route"), [row[:2] for row in (*API, *PAGES) if "events" not in row[1]]
)
async def test_both_roles_may_do_the_work_of_the_desk(
    app: FastAPI, person: Person, method: str, route: str, role: Role
) -> None:
    async with another_desk(app, "Anna", role) as anna:
        await anna.does("take", person)
        answer = await _asked(anna.client, method, path_of(route, person))
    assert answer.status_code in (200, 202, 204, 303)
    assert "refused" not in answer.headers.get("location", "")


@pytest.mark.parametrize(("method", "route"), [row[:2] for row in API])
async def test_who_is_not_signed_in_is_refused(
    browser: httpx.AsyncClient, person: Person, method: str, route: str
) -> None:
    browser.headers["Authorization"] = person.key["Authorization"]
    answer = await _asked(browser, method, path_of(route, person))
    assert answer.status_code == 401


@pytest.mark.parametrize(
    ("method", "route"), [row[:2] for row in (*API, *PAGES) if row[0] == "POST"]
)
async def test_another_site_can_do_nothing_with_the_cookie(
    desk: Desk, person: Person, method: str, route: str
) -> None:
    desk.client.headers["Sec-Fetch-Site"] = "cross-site"
    answer = await _asked(desk.client, method, path_of(route, person))
    assert answer.status_code == 403
    assert (await person.reads())["holder"] == "assistant"


async def _asked(client: httpx.AsyncClient, method: str, path: str) -> httpx.Response:
    if method == "GET":
        return await client.get(path)
    if path.startswith("/api"):
        return await client.post(path, json=BODY if path.endswith(("messages", "notes")) else None)
    return await client.post(path, data=BODY)
