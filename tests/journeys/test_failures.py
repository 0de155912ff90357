"""A failing part never leaves a person without an answer, and a restart loses nothing."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.journeys.running import EMAIL, PASSWORD, Waymark, running, wait_for

pytestmark = pytest.mark.journey

MARKED = "my neighbour zebulonquux broke my fence in Baldock yesterday"


def test_actions_down_gives_the_last_words_and_the_queue(system: Waymark) -> None:
    system.kill("actions")
    person = Person(system)
    person.says("someone broke into my garage in Ely")
    assert person.hears().startswith("If you are in danger now, call 999.")
    assert person.conversation in _queue(system)
    system.start("actions")
    system.wait_until_ready()


def test_danger_is_known_by_its_words_although_actions_are_down(system: Waymark) -> None:
    system.kill("actions")
    person = Person(system)
    person.says("he is trying to kick the door in and he has a knife")
    person.hears()
    found = _queue(system)[person.conversation]
    assert found["priority"] == "emergency"
    assert any("knife" in one["text"] or "door" in one["text"] for one in found["evidence"])
    system.start("actions")
    system.wait_until_ready()


def test_the_assistant_down_gives_the_last_words_and_the_queue(system: Waymark) -> None:
    system.kill("assistant")
    person = Person(system)
    person.says("they stole my van in Peterborough")
    assert person.hears().startswith("If you are in danger now, call 999.")
    assert "assistant_failed" in _queue(system)[person.conversation]["reasons"]
    system.start("assistant")
    system.wait_until_ready()


def test_what_was_accepted_survives_kill_and_is_answered_once(system: Waymark) -> None:
    person = Person(system)
    sequence = person.says("i was burgled in Letchworth on friday")
    system.kill("channels")
    system.start("channels")
    system.wait_until_ready()
    wait_for(lambda: "Are you safe right now?" in person.thread(), 20)
    said = person.messages()
    assert [one["text"] for one in said if one["sequence"] == sequence] == [
        "i was burgled in Letchworth on friday"
    ]
    assert person.thread().count("Are you safe right now?") == 1


def test_the_same_message_again_changes_nothing(system: Waymark) -> None:
    person = Person(system)
    again = str(uuid4())
    first = person.says("hello there", again)
    person.hears()
    assert person.says("hello there", again) == first
    assert person.thread().count("hello there") == 1


def test_no_log_holds_a_persons_words(system: Waymark) -> None:
    person = Person(system)
    person.says(MARKED)
    person.hears()
    system.kill("actions")
    person.says("zebulonquux came back")
    person.hears()
    system.start("actions")
    system.wait_until_ready()
    assert "zebulonquux" not in system.logs()


def test_deleting_removes_everything_also_from_the_trackers(system: Waymark) -> None:
    person = Person(system)
    person.says("someone stole my bike in Cambridge")
    person.hears()
    assert _tracked(system, person.conversation) > 0
    assert person.deletes() == httpx.codes.NO_CONTENT
    assert _tracked(system, person.conversation) == 0


class Person:
    """Somebody on the chat API."""

    def __init__(self, system: Waymark) -> None:
        opened = httpx.post(f"{system.url}/api/conversations").json()
        self.conversation: str = opened["conversation"]
        self._url = f"{system.url}/api/conversations/{self.conversation}/messages"
        self._headers = {"Authorization": f"Bearer {opened['token']}"}
        self._after = 1

    def says(self, text: str, message_id: str | None = None) -> int:
        """Send a message; gives its sequence."""
        body = {"id": message_id or str(uuid4()), "text": text}
        response = httpx.post(self._url, json=body, headers=self._headers)
        assert response.status_code == httpx.codes.ACCEPTED, response.text
        self._after = int(response.json()["sequence"])
        return self._after

    def hears(self) -> str:
        """The first reply to the last message."""
        found = self.messages(after=self._after, wait=20)
        assert found, "no answer came"
        return str(found[0]["text"])

    def messages(self, after: int = 0, wait: int = 0) -> list[dict[str, object]]:
        """The thread as the person sees it."""
        query = {"after": after, "wait": wait}
        response = httpx.get(self._url, params=query, headers=self._headers, timeout=30)
        found: list[dict[str, object]] = response.json()["messages"]
        return found

    def deletes(self) -> int:
        """Have everything deleted; gives the status."""
        url = self._url.removesuffix("/messages")
        return httpx.delete(url, headers=self._headers).status_code

    def thread(self) -> list[object]:
        """All texts of the thread."""
        return [one["text"] for one in self.messages()]


def _tracked(system: Waymark, conversation: str) -> int:
    """How many turns the assistant remembers of a conversation."""
    with closing(sqlite3.connect(system.var / "trackers.db")) as trackers:
        query = "SELECT count(*) FROM tracker_turns WHERE sender_id = ?"
        return int(trackers.execute(query, [conversation]).fetchone()[0])


def _queue(system: Waymark) -> dict[str, dict[str, Any]]:
    signed_in = httpx.post(
        f"{system.url}/api/console/sessions", json={"email": EMAIL, "password": PASSWORD}
    )
    headers = {"Authorization": f"Bearer {signed_in.json()['token']}"}
    shown = httpx.get(f"{system.url}/api/console/queue", headers=headers).json()["queue"]
    return {item["conversation"]: item for item in shown}


@pytest.fixture(scope="module")
def system() -> Iterator[Waymark]:
    with running() as system:
        yield system
