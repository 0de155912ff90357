"""After the faults: how often each promise was broken."""

from __future__ import annotations

import sys
from collections import Counter

import httpx

from knowledge.conversations.model import Author, Entry
from tests.chaos.chats import Chats, compared, threads
from tests.chaos.people import Person, Stream
from tests.journeys.running import EMAIL, PASSWORD, Waymark


def of_people(waymark: Waymark, people: list[Person]) -> Counter[str]:
    """What is wrong with the threads of people on the web."""
    desk, wrong = on_the_desk(waymark), Counter[str]()
    for person in people:
        with httpx.Client(base_url=person.url, timeout=30) as person.client:
            person.look()
        thread = person.thread()
        kept = [(one["id"], one["sequence"]) for one in thread if one["from"] == "person"]
        told = [(one.id, one.sequence) for one in person.told]
        in_time = [one.number for one in person.told if not one.late]
        wrong["messages lost or doubled"] += kept != told
        wrong["failures without a reason (500)"] += person.broken
        wrong["messages out of order"] += in_time != sorted(in_time)
        wrong["seen otherwise than kept"] += [one["sequence"] for one in person.seen] != [
            one["sequence"] for one in thread
        ]
        wrong["messages without an answer"] += sum(not person.answered(one) for one in person.told)
        if person.patient:  # who waits for no answer may get two alike one after the other
            wrong["the same answer twice to one message"] += _doubled(thread)
        risky = any(one.risky for one in person.told)
        wrong["risks that are not on the desk"] += risky and person.conversation not in desk
    return wrong


def of_streams(streams: list[Stream]) -> Counter[str]:
    """What is wrong with what listening pages heard."""
    wrong = Counter[str]()
    for stream in streams:
        kept = [one["sequence"] for one in stream.person.thread()]
        wrong["heard otherwise than kept"] += stream.heard != kept
    return wrong


def of_chats(waymark: Waymark, chats: Chats, killed: int) -> Counter[str]:
    """What is wrong in Telegram.

    After each kill of the channels the one message that was in doubt may be there twice
    (docs/decisions/0020).
    """
    desk, wrong, kept = on_the_desk(waymark), Counter[str](), _kept(waymark, chats)
    for chat in chats.chats:
        conversation, thread = kept.get(chat.number, ("", []))
        ids = [entry.message_id for entry in thread if entry.author is Author.PERSON]
        last = max(
            (entry.sequence for entry in thread if entry.author is Author.PERSON), default=0
        )
        as_kept, repeated = compared(thread, chats.shown(chat))
        wrong["Telegram: messages lost, doubled or out of order"] += ids != chat.ids
        wrong["Telegram: shown otherwise than kept"] += not as_kept
        wrong["Telegram: shown twice without need"] += repeated > killed
        wrong["Telegram: last words without an answer"] += all(
            entry.sequence <= last for entry in thread
        )
        wrong["Telegram: risks that are not on the desk"] += (
            chat.risky and conversation not in desk
        )
    wrong["Telegram: its limits broken"] += len(chats.api.broken)
    return wrong


def shown_twice(waymark: Waymark, chats: Chats) -> int:
    """How many messages stand in Telegram once more right after themselves."""
    kept = _kept(waymark, chats)
    return sum(
        compared(kept[chat.number][1], chats.shown(chat))[1]
        for chat in chats.chats
        if chat.number in kept
    )


def _kept(waymark: Waymark, chats: Chats) -> dict[int, tuple[str, list[Entry]]]:
    url, keys = waymark.environment["WAYMARK_DATABASE_URL"], waymark.var / "keys"
    return threads(url, keys, chats.chats)


def on_the_desk(waymark: Waymark) -> set[str]:
    """The conversations that stand in the queue."""
    with httpx.Client(base_url=f"{waymark.url}/api/console", timeout=30) as desk:
        desk.post("/sessions", json={"email": EMAIL, "password": PASSWORD}).raise_for_status()
        return {item["conversation"] for item in desk.get("/queue").json()["queue"]}


def _doubled(thread: list[dict[str, object]]) -> int:
    """Answers to one message that are there twice, word for word."""
    doubled, heard = 0, set[object]()
    for one in thread:
        if one["from"] == "person":
            heard = set()
        else:
            if one["text"] in heard:
                doubled += 1
                sys.stdout.write(f"  said twice: {str(one['text'])[:80]}\n")  # words of ours
            heard.add(one["text"])
    return doubled
