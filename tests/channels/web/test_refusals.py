"""Whatever is refused is a problem document that says what to do, and how to reach 999."""

from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from channels.floods import CONVERSATIONS, MESSAGES
from channels.parts import Parts
from channels.settings import Settings
from knowledge.errors import Unavailable
from tests.channels.builders import Person, a_browser

WORDS = "he keeps a key under the mat"
LONG = "é" * 4001
ID = "6f1d3f0c-5a3e-4d0a-9a55-2f3f5a1c7b10"

MESSAGES_REFUSED: list[tuple[Any, int]] = [
    ({"id": ID, "text": LONG}, 413),
    ({"id": ID, "text": ""}, 422),
    ({"id": ID, "text": " \n"}, 422),
    ({"id": ID}, 422),
    ({"text": "hello"}, 422),
    ({"id": "not-a-uuid", "text": WORDS}, 422),
    ({"id": 7, "text": WORDS}, 422),
    ({"id": ID, "text": WORDS, "choice": "affirm"}, 422),
    ({"id": ID, "text": [WORDS]}, 422),
    ({"id": ID, "text": {"a": WORDS}}, 422),
    ({"id": ID, "text": WORDS, "holder": "coordinator"}, 422),
    ({"id": ID, "choice": "never_offered"}, 422),
    ({"id": ID, "choice": "/restart"}, 422),
    ([], 422),
    (None, 422),
    ("hello", 422),
]

HALF_A_CHARACTER = b'{"id": "' + ID.encode() + b'", "text": "\\ud83d"}'
RAW = [b"{", b'{"id": ', b"\xff\xfe", b"", b"{'id': 1}", HALF_A_CHARACTER]


@pytest.mark.parametrize(("body", "status"), MESSAGES_REFUSED)
async def test_a_message_that_is_not_one_is_refused(
    person: Person, body: Any, status: int
) -> None:
    answer = await person.client.post(f"{person.home}/messages", json=body, headers=person.key)
    is_a_problem(answer, status)
    assert WORDS not in answer.text
    assert len((await person.reads())["messages"]) == 1


@pytest.mark.parametrize("raw", RAW)
async def test_bad_json_is_refused(person: Person, raw: bytes) -> None:
    headers = {**person.key, "Content-Type": "application/json"}
    answer = await person.client.post(f"{person.home}/messages", content=raw, headers=headers)
    assert answer.status_code in (400, 422)
    is_a_problem(answer, answer.status_code)


async def test_four_thousand_characters_are_taken(person: Person) -> None:
    assert (await person.sends(text="🙏" * 4000)).status_code == 202


@pytest.mark.parametrize("kind", ["application/json", "application/x-www-form-urlencoded"])
async def test_a_huge_body_is_refused_unread(person: Person, kind: str) -> None:
    path = "/say" if "form" in kind else f"{person.home}/messages"
    headers = {**person.key, "Content-Type": kind}
    answer = await person.client.post(path, content=b"x" * 1_000_000, headers=headers)
    is_a_problem(answer, 413)


@pytest.mark.parametrize(
    "key", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic"}]
)
async def test_without_the_key_nothing_is_done(person: Person, key: dict[str, str]) -> None:
    message = {"id": ID, "text": "hello"}
    for answer in (
        await person.client.post(f"{person.home}/messages", json=message, headers=key),
        await person.client.get(f"{person.home}/messages", headers=key),
        await person.client.get(f"{person.home}/events", headers=key),
        await person.client.get(f"{person.home}/assessment", headers=key),
        await person.client.delete(person.home, headers=key),
    ):
        is_a_problem(answer, 401)
    assert len((await person.reads())["messages"]) == 1


@pytest.mark.parametrize("conversation", ["nobody", "0" * 32, "..%2f..", "%00", "' OR 1=1 --"])
async def test_an_unknown_conversation_is_not_found(person: Person, conversation: str) -> None:
    home = f"/api/conversations/{conversation}"
    message = {"id": ID, "text": "hello"}
    for answer in (
        await person.client.post(f"{home}/messages", json=message, headers=person.key),
        await person.client.get(f"{home}/messages", headers=person.key),
        await person.client.delete(home, headers=person.key),
    ):
        assert answer.status_code in (404, 405)
        is_a_problem(answer, answer.status_code)


@pytest.mark.parametrize("query", ["after=-1", "after=x", "wait=26", "wait=-1", "wait=nan"])
async def test_a_reading_that_makes_no_sense_is_refused(person: Person, query: str) -> None:
    answer = await person.client.get(f"{person.home}/messages?{query}", headers=person.key)
    is_a_problem(answer, 422)


async def test_what_is_not_there_is_refused_in_the_same_way(browser: httpx.AsyncClient) -> None:
    is_a_problem(await browser.get("/nowhere"), 404)
    is_a_problem(await browser.put("/api/conversations"), 405)


async def test_when_the_database_is_away_the_person_is_told(
    person: Person, parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_: object) -> None:
        raise Unavailable("away")

    monkeypatch.setattr(parts.knowledge.conversations, "receive", away)
    answer = await person.sends(text="hello")
    is_a_problem(answer, 503)
    assert answer.headers["retry-after"]


async def test_our_own_mistake_is_told_calmly(
    person: Person, parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise RuntimeError(WORDS)

    monkeypatch.setattr(parts.knowledge.conversations, "receive", broken)
    answer = await person.sends(text=WORDS)
    is_a_problem(answer, 500)
    assert WORDS not in answer.text


class TestFloods:
    """With limits on."""

    async def test_a_flood_of_messages_is_held_back(self, person: Person) -> None:
        answers = [await person.sends(text=f"{n}") for n in range(MESSAGES.amount + 1)]
        assert [answer.status_code for answer in answers[:-1]] == [202] * MESSAGES.amount
        is_a_problem(answers[-1], 429)
        assert answers[-1].headers["retry-after"]

    async def test_one_flood_holds_nobody_else_back(self, app: FastAPI, person: Person) -> None:
        for _ in range(MESSAGES.amount + 1):
            await person.sends(text="again")
        async with a_browser(app) as client:
            assert (await (await Person.arrives(client)).sends(text="hi")).status_code == 202

    async def test_a_flood_of_conversations_is_held_back(self, browser: httpx.AsyncClient) -> None:
        for _ in range(CONVERSATIONS.amount):
            assert (await browser.post("/api/conversations")).status_code == 201
        is_a_problem(await browser.post("/api/conversations"), 429)

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return settings.model_copy(update={"limits": "on"})


def is_a_problem(answer: httpx.Response, status: int) -> None:
    """RFC 9457, with the way to 999."""
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    document = answer.json()
    assert document["status"] == status
    assert document["title"]
    assert len(document["detail"]) >= 10 or status in (404, 405)
    assert "999" in document["emergency"]


@pytest.mark.parametrize("host", ["[", "[::1", "x" * 300, "", "a:b:c", "<b>"])
@pytest.mark.parametrize("path", ["/", "/nothing-here", "/console", "/api/console/queue"])
async def test_a_strange_host_is_no_failure(
    browser: httpx.AsyncClient, path: str, host: str
) -> None:
    headers = {"Host": host, "Accept": "text/html"}
    assert (await browser.get(path, headers=headers)).status_code < 500
