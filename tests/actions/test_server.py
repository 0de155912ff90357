"""The action server: who may call it, and what a failure tells."""

import json
import logging
import zlib
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import __main__ as process
from actions.base import Events, WaymarkAction
from actions.names import ActionName, Utter
from actions.server import create_server

from .builders import a_call, a_message, a_tracker, uttered
from .conftest import Actions

TOKEN = "a token of some length"
WORDS = "MARKED he keeps a key under the mat"


class Broken(WaymarkAction):
    """Fails, and would like to tell everybody why."""

    action = ActionName.SAFETY

    async def do(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        dispatcher.utter_message(text=WORDS)
        raise RuntimeError(tracker.latest_message["text"])


async def test_an_action_is_done_for_whoever_knows_the_token(client: httpx.AsyncClient) -> None:
    answer = await _post(client, a_call("action_fallback", a_tracker("c1")))
    assert answer.status_code == 200
    assert uttered(answer.json()["responses"]) == [Utter.NOT_FOLLOWED]
    assert answer.json()["events"][0]["name"] == "misses"


async def test_a_packed_call_is_unpacked(client: httpx.AsyncClient) -> None:
    packed = zlib.compress(json.dumps(a_call("action_fallback", a_tracker("c1"))).encode())
    headers = {"Content-Encoding": "deflate"}
    answer = await client.post(f"/webhook?token={TOKEN}", content=packed, headers=headers)
    assert answer.status_code == 200


@pytest.mark.parametrize("token", ["", "wrong", TOKEN[:-1]])
async def test_nobody_else_is_served(client: httpx.AsyncClient, token: str) -> None:
    call = a_call("action_fallback", a_tracker("c1"))
    answer = await client.post(f"/webhook?token={token}", json=call)
    assert (answer.status_code, answer.json()) == (401, {"error": "token"})


async def test_a_token_in_other_letters_is_refused_too(client: httpx.AsyncClient) -> None:
    answer = await client.post("/webhook?token=%C3%A9", json={})
    assert answer.status_code == 401


async def test_a_failed_action_answers_500_without_a_word_of_the_person(
    client: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    call = a_call("action_safety", a_tracker("c1", a_message(WORDS), told=WORDS))
    answer = await _post(client, call)
    assert answer.status_code == 500
    assert answer.json() == {"error": "action_safety: RuntimeError"}
    assert "MARKED" not in caplog.text
    assert "action_safety failed: RuntimeError" in caplog.text


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b'"MARKED"', b"{}", b'{"next_action": "MARKED"}']
)
async def test_a_call_that_is_none_tells_nothing(
    client: httpx.AsyncClient, body: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="actions")
    answer = await client.post(f"/webhook?token={TOKEN}", content=body)
    assert "MARKED" not in caplog.text + answer.text


async def test_it_says_that_it_lives_and_nothing_about_itself(client: httpx.AsyncClient) -> None:
    assert (await client.get("/health")).json() == {"status": "ok"}
    for path in ("/docs", "/openapi.json", "/redoc"):
        assert (await client.get(path)).status_code == 404


@pytest.mark.parametrize(
    ("name", "value"), [("ACTIONS_PORT", "x"), ("ACTIONS_PORT", "0"), ("CLOCK", "tomorrow")]
)
def test_a_bad_setting_ends_the_process_with_one_line(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WAYMARK_ASSISTANT_TOKEN", TOKEN)
    monkeypatch.setenv(f"WAYMARK_{name}", value)
    with pytest.raises(SystemExit, match=rf"^actions: WAYMARK_{name}: "):
        process.main()


def test_a_bad_database_ends_it_with_one_line_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAYMARK_ASSISTANT_TOKEN", TOKEN)
    monkeypatch.setenv("WAYMARK_DATABASE_URL", "mysql://host/db")
    with pytest.raises(SystemExit, match=r"^actions: WAYMARK_DATABASE_URL: "):
        process.main()


@pytest.fixture
async def client(actions: Actions) -> AsyncIterator[httpx.AsyncClient]:
    """The server with its own actions, one of them broken."""
    working = [one for name, one in actions.items() if name is not ActionName.SAFETY]
    server = create_server([*working, Broken()], TOKEN)
    transport = httpx.ASGITransport(server, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://actions.test") as made:
        yield made


async def _post(client: httpx.AsyncClient, call: dict[str, Any]) -> httpx.Response:
    return await client.post(f"/webhook?token={TOKEN}", json=call)
