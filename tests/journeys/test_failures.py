"""A failing part never leaves a person without an answer, and a restart loses nothing."""

import sqlite3
from contextlib import closing
from uuid import uuid4

import httpx
import pytest

from tests.journeys.running import Waymark, wait_for
from tests.journeys.somebody import Person, queue

pytestmark = pytest.mark.journey

MARKED = "my neighbour zebulonquux broke my fence in Baldock yesterday"


def test_actions_down_gives_the_last_words_and_the_queue(system: Waymark) -> None:
    system.kill("actions")
    person = Person(system)
    person.says("someone broke into my garage in Ely")
    assert person.hears().startswith("If you are in danger now, call 999.")
    assert person.conversation in queue(system)
    system.start("actions")
    system.wait_until_ready()


def test_danger_is_known_by_its_words_although_actions_are_down(system: Waymark) -> None:
    system.kill("actions")
    person = Person(system)
    person.says("he is trying to kick the door in and he has a knife")
    person.hears()
    found = queue(system)[person.conversation]
    assert found["priority"] == "emergency"
    assert any("knife" in one["text"] or "door" in one["text"] for one in found["evidence"])
    system.start("actions")
    system.wait_until_ready()


def test_the_assistant_down_gives_the_last_words_and_the_queue(system: Waymark) -> None:
    system.kill("assistant")
    person = Person(system)
    person.says("they stole my van in Peterborough")
    assert person.hears().startswith("If you are in danger now, call 999.")
    assert "assistant_failed" in queue(system)[person.conversation]["reasons"]
    system.start("assistant")
    system.wait_until_ready()


def test_what_was_accepted_survives_kill_and_is_answered_once(system: Waymark) -> None:
    person = Person(system)
    sequence = person.says("i was burgled in Letchworth on friday")
    system.kill("channels")
    system.start("channels")
    system.wait_until_ready()
    wait_for(lambda: "Are you safe right now?" in " ".join(person.thread()), 20)
    said = person.messages()
    assert [one["text"] for one in said if one["sequence"] == sequence] == [
        "i was burgled in Letchworth on friday"
    ]
    assert " ".join(person.thread()).count("Are you safe right now?") == 1


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


def _tracked(system: Waymark, conversation: str) -> int:
    """How many turns the assistant remembers of a conversation."""
    with closing(sqlite3.connect(system.var / "trackers.db")) as trackers:
        query = "SELECT count(*) FROM tracker_turns WHERE sender_id = ?"
        return int(trackers.execute(query, [conversation]).fetchone()[0])
