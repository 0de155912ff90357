"""What another site's page has a browser send does nothing, by whichever door: all are walked."""

from typing import Any
from uuid import uuid4

import httpx
import pytest
from fastapi import FastAPI

from channels.telegram.updates import WEBHOOK
from channels.web.cookies import CHAT as COOKIE
from tests.channels.builders import doors_of

ANOTHER = {"Sec-Fetch-Site": "cross-site"}
DESK = ("/console", "/api/console")  # walked with every role in console/test_rights.py
NO_COOKIE = {  # doors that look at no cookie: another site gains nothing that a program has not
    ("POST", "/api/conversations"),  # makes a new one, and gives its key to who asks
    ("POST", "/api/conversations/return"),  # opened by the five words in its body
    ("POST", WEBHOOK),  # opened by a secret that only Telegram knows
}
FIELDS = {
    "id": "00000000-0000-4000-8000-000000000001",
    "text": "not mine",
    "right": "not mine",
    "lang": "pl",
    "phrase": "five words that are not hers",
}
BODIES: dict[str, dict[str, Any]] = {
    "/left": {"json": {}},
    "/api/conversations/{conversation}/messages": {"json": {"id": FIELDS["id"], "text": "no"}},
    "/api/conversations/{conversation}/read": {"json": {"upto": 1}},
}


@pytest.fixture
async def at_home(browser: httpx.AsyncClient) -> httpx.AsyncClient:
    """Somebody's browser with a chat in it."""
    await browser.post("/say", data={"id": str(uuid4()), "text": "my bike was stolen"})
    return browser


async def test_another_site_can_do_nothing_by_any_door(
    app: FastAPI, at_home: httpx.AsyncClient
) -> None:
    walked = set()
    before = dict(at_home.cookies)
    for method, path in _doors(app):
        answer = await _asked(at_home, method, path, ANOTHER)
        assert answer.status_code == 403, (method, path)
        assert dict(at_home.cookies) == before, (method, path)
        walked.add(path)
    assert {"/say", "/left", "/delete", "/come-back", "/provider/{token}"} < walked
    page = (await at_home.get("/")).text
    assert "my bike was stolen" in page
    assert "not mine" not in page


async def test_their_own_site_can(app: FastAPI, at_home: httpx.AsyncClient) -> None:
    """So the bodies above are such as the doors take."""
    last = ("/delete", "/left", "/api/conversations/{conversation}")  # after these the key is gone
    for method, path in sorted(_doors(app), key=lambda one: one[1] in last):
        answer = await _asked(at_home, method, path, {"Sec-Fetch-Site": "same-origin"})
        assert answer.status_code not in (403, 405, 422), (method, path)


def _doors(app: FastAPI) -> list[tuple[str, str]]:
    """Every door outside the desk that may change something."""
    return sorted(
        (method, path)
        for path, methods in doors_of(app)
        for method in methods - {"GET", "HEAD", "OPTIONS"}
        if not path.startswith(DESK) and (method, path) not in NO_COOKIE
    )


async def _asked(
    browser: httpx.AsyncClient, method: str, path: str, headers: dict[str, str]
) -> httpx.Response:
    here = (browser.cookies.get(COOKIE) or ".").split(".")[0]
    filled = path.replace("{conversation}", here).replace("{token}", "any")
    what = BODIES.get(path, {} if method == "DELETE" else {"data": FIELDS})
    return await browser.request(method, filled, headers=headers, **what)
