"""Marked words go by every road, failing ones too, at the loudest level: nobody writes them down.

Looked through afterwards: all that the processes wrote, every file they left (the databases and
the trackers byte by byte), and the figures.
"""

import json
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.bot_api import TOKEN, BotApi, bot_api
from tests.journeys.running import EMAIL, PASSWORD, Waymark, free_port, running, wait_for

pytestmark = pytest.mark.journey

MARK = "zebulonquux"
WORDS = f"my neighbour {MARK} broke my fence in Baldock yesterday and said he will kill me"
TELEGRAM_CHAT = 733_733_733
LATITUDE, LONGITUDE = 51.987733733, -0.188337337  # a pin in Baldock
LONG_WAIT = 20.0


@pytest.fixture(scope="module")
def loud() -> Iterator[tuple[BotApi, Waymark]]:
    with bot_api(free_port()) as api:
        settings = {
            "WAYMARK_TELEGRAM_TOKEN": TOKEN,
            "WAYMARK_TELEGRAM_API": api.url,
            "WAYMARK_LOG_LEVEL": "debug",
        }
        with running(**settings) as waymark:
            yield api, waymark


def test_no_road_leaves_a_persons_words_behind(loud: tuple[BotApi, Waymark]) -> None:
    api, system = loud
    with httpx.Client(base_url=system.url, timeout=30) as client:
        _talks(client)
        _sends_nonsense(client)
        _works_at_the_desk(client)
        api.says(TELEGRAM_CHAT, WORDS)
        wait_for(lambda: len(api.seen(TELEGRAM_CHAT)) > 0, LONG_WAIT)
        _drops_a_pin(api)
        _knocks_inside(system)
        for broken in ("actions", "assistant"):
            system.kill(broken)
            _says(client, _opens(client), WORDS)
            wait_for(lambda: _all_answered(system), LONG_WAIT)
            system.start(broken)
            system.wait_until_ready()
        with _database_locked(system):
            _says(client, _opens_before(client), WORDS)
        figures = client.get("/metrics").text
    for process in system.processes.values():
        process.send_signal(signal.SIGABRT)
        process.wait(LONG_WAIT)
    assert len(system.logs()) > 0
    found = [place for place, raw in _left_behind(system) if _holds_a_mark(raw)]
    assert found == []
    assert not _holds_a_mark(figures.encode())


def test_the_search_would_find_it(loud: tuple[BotApi, Waymark]) -> None:
    _, system = loud
    (system.var / "planted.log").write_text(WORDS)
    assert [p for p, raw in _left_behind(system) if _holds_a_mark(raw)] == ["planted.log"]


_kept: list[tuple[str, dict[str, str]]] = []


def _opens(client: httpx.Client) -> tuple[str, dict[str, str]]:
    made = client.post("/api/conversations").json()
    _kept[:] = [(made["conversation"], {"Authorization": f"Bearer {made['token']}"})]
    return _kept[0]


def _opens_before(_client: httpx.Client) -> tuple[str, dict[str, str]]:
    return _kept[0]


def _says(client: httpx.Client, own: tuple[str, dict[str, str]], text: str) -> httpx.Response:
    conversation, key = own
    body = {"id": str(uuid4()), "text": text}
    path = f"/api/conversations/{conversation}/messages"
    return client.post(path, json=body, headers=key)


def _talks(client: httpx.Client) -> None:
    own = conversation, key = _opens(client)
    home = f"/api/conversations/{conversation}"
    for text in (WORDS, f"{MARK} i was burgled", f"/inform{{{MARK}}}", f"{{{MARK}}}", "yes"):
        after = _says(client, own, text).json()["sequence"]
        client.get(f"{home}/messages", params={"after": after, "wait": 20}, headers=key)
    client.get(f"{home}/assessment", headers=key)
    client.post("/say", data={"id": str(uuid4()), "text": WORDS})
    for path in ("/", "/notes", "/help"):
        client.get(path, params={"q": MARK, "place": MARK})


def _sends_nonsense(client: httpx.Client) -> None:
    conversation, key = _opens(client)
    home = f"/api/conversations/{conversation}"
    _says(client, (conversation, key), WORDS * 100)
    _says(client, (conversation, {"Authorization": f"Bearer {MARK}"}), WORDS)
    for raw in (WORDS, f'{{"{MARK}": ', json.dumps({"id": MARK, MARK: WORDS}), "[" * 5000 + MARK):
        client.post(f"{home}/messages", content=raw, headers=key)
    client.post("/api/conversations/return", json={"phrase": WORDS})
    client.post("/come-back", data={"phrase": WORDS})
    client.get(f"/{MARK}", headers={"X-Mark": MARK, "Cookie": f"waymark={MARK}.{MARK}"})
    client.get(f"/api/directory/services/{MARK}")
    client.post("/api/console/sessions", json={"email": f"{MARK}@desk.example", "password": MARK})
    client.post(f"/telegram/{MARK}", json={MARK: MARK})
    client.request(MARK.upper(), "/")


def _works_at_the_desk(client: httpx.Client) -> None:
    client.post("/api/console/sessions", json={"email": EMAIL, "password": PASSWORD})
    conversation, key = own = _opens(client)
    _says(client, own, WORDS)
    here = f"/api/console/conversations/{conversation}"
    client.post(f"{here}/take")
    for deed, body in (
        ("messages", {"text": WORDS}),
        ("notes", {"text": WORDS}),
        ("hold", {"reason": WORDS}),
        ("facts", {"field": "place", "value": MARK}),
        ("close", {"outcome": MARK}),
    ):
        client.post(f"{here}/{deed}", json=body)
    client.get(here)
    client.get(f"/console/conversations/{conversation}")
    client.delete(f"/api/conversations/{conversation}", headers=key)


def _drops_a_pin(api: BotApi) -> None:
    """Where somebody is goes by this road too, and the place it became is chosen."""
    pin = {"latitude": LATITUDE, "longitude": LONGITUDE}
    api.tells(TELEGRAM_CHAT, {"location": pin})
    wait_for(lambda: "Baldock" in api.buttons(TELEGRAM_CHAT), LONG_WAIT)
    api.presses(TELEGRAM_CHAT, "Baldock")
    wait_for(lambda: "Baldock" not in api.buttons(TELEGRAM_CHAT), LONG_WAIT)


def _knocks_inside(system: Waymark) -> None:
    """What only the processes themselves may send, and nonsense there."""
    token = {"Authorization": f"Bearer {system.environment['WAYMARK_ASSISTANT_TOKEN']}"}
    bodies: list[Any] = [{MARK: WORDS}, {"conversation": MARK, "text": {MARK: MARK}}]
    for port, path in (("ASSISTANT", "/webhooks/door/turn"), ("ACTIONS", "/webhook")):
        url = f"http://127.0.0.1:{system.environment[f'WAYMARK_{port}_PORT']}{path}"
        for headers in ({}, token):
            for body in bodies:
                with suppress(httpx.HTTPError):
                    httpx.post(url, json=body, headers=headers, timeout=30)


@contextmanager
def _database_locked(system: Waymark) -> Iterator[None]:
    with closing(sqlite3.connect(system.var / "waymark.db", isolation_level=None)) as away:
        away.execute("BEGIN IMMEDIATE")
        yield
        away.execute("ROLLBACK")


def _all_answered(system: Waymark) -> bool:
    with closing(sqlite3.connect(system.var / "waymark.db")) as kept:
        waiting: int = kept.execute("SELECT count(*) FROM inbox").fetchone()[0]
        return waiting == 0


def _left_behind(system: Waymark) -> Iterator[tuple[str, bytes]]:
    for path in system.var.rglob("*"):
        if path.is_file() and "models" not in path.parts:
            yield path.name, path.read_bytes().lower()


def _holds_a_mark(raw: bytes) -> bool:
    pin = str(LATITUDE).partition(".")[2], str(LONGITUDE).partition(".")[2]
    return any(mark.encode() in raw.lower() for mark in (MARK, str(TELEGRAM_CHAT), *pin))
