"""After the faults: how often each promise was broken."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Collection, Sequence

from knowledge.conversations.model import Author, Entry, Kind, tells_of_risk
from tests.chaos import record
from tests.chaos.chats import Chats, compared
from tests.chaos.desk import Desk
from tests.chaos.people import Person, Stream, a_client
from tests.journeys.running import EMAIL, PASSWORD, Waymark


def of_people(people: list[Person]) -> Counter[str]:
    """What is wrong with the threads of people on the web."""
    wrong = Counter[str]()
    for person in people:
        wrong["people who gave up"] += bool(person.gave_up)
        wrong["failures without a reason (500)"] += person.broken
        wrong["the same message kept in two places"] += person.moved
        if person.gave_up:
            sys.stdout.write(f"  gave up: {person.gave_up}\n")
        if person.opened:
            wrong.update(_of_one(person))
    return wrong


def _of_one(person: Person) -> Counter[str]:
    wrong = Counter[str]()
    with a_client(person.url) as person.client:
        person.look()
    thread = person.thread()
    kept = [(one["id"], one["sequence"]) for one in thread if one["from"] == "person"]
    told = [(one.id, one.sequence) for one in person.told]
    in_time = [one.number for one in person.told if not one.late]
    wrong["messages lost or doubled"] += kept != told
    wrong["messages out of order"] += in_time != sorted(in_time)
    wrong["seen otherwise than kept"] += [one["sequence"] for one in person.seen] != [
        one["sequence"] for one in thread
    ]
    return wrong


def of_answers(waymark: Waymark, people: list[Person], chats: Chats) -> Counter[str]:
    """Answers that are missing, doubled or out of order: each reply names what it answers."""
    wrong = Counter[str]()
    opened = [one.conversation for one in people if one.opened]
    of_chats = record.of_chats(waymark, [one.number for one in chats.chats])
    for kept in (*record.threads(waymark, opened).values(), *of_chats.values()):
        wrong.update(answers_of(kept.thread))
    return wrong


def answers_of(thread: Sequence[Entry]) -> Counter[str]:
    """The same of one thread, with what only the team sees."""
    asked = [one.sequence for one in thread if one.author is Author.PERSON]
    answers = {
        one: [entry for entry in thread if entry.details.get("answers") == one] for one in asked
    }
    began = [answers[one][0].sequence for one in asked if answers[one]]
    missing = [one for one in asked if not answers[one] and not _was_held(one, thread)]
    return Counter(
        {
            "messages without an answer": len(missing),
            "messages answered twice": sum(
                len({entry.details["try"] for entry in said}) > 1 for said in answers.values()
            ),
            "the same answer twice to one message": sum(map(_doubled, answers.values())),
            "answers out of order": began != sorted(began),
        }
    )


def _was_held(asked: int, thread: Sequence[Entry]) -> bool:
    """Whether a co-ordinator held the conversation when this message was seen to.

    Messages are seen to in their order: so not after the answer to a later one.
    """
    after = [one.sequence for one in thread if one.details.get("answers", 0) > asked]
    seen_to_before = min(after, default=thread[-1].sequence + 1)
    is_held = False
    for entry in thread:
        if entry.sequence >= seen_to_before:
            break
        if entry.kind in (Kind.TAKEN, Kind.GIVEN_BACK):
            is_held = entry.kind is Kind.TAKEN
        if is_held and entry.sequence >= asked:
            return True
    return False


def of_desk(waymark: Waymark, desk: Desk) -> Counter[str]:
    """What is wrong with what a co-ordinator did and said."""
    wrong = Counter({"co-ordinators who gave up": bool(desk.gave_up)})
    if desk.gave_up:
        sys.stdout.write(f"  gave up: {desk.gave_up}\n")
        return wrong
    for name, kept in record.threads(waymark, desk.held).items():
        said = [one.message_id for one in kept.thread if one.author is Author.COORDINATOR]
        kinds = Counter(one.kind for one in kept.thread)
        done = {kinds[Kind.TAKEN], kinds[Kind.GIVEN_BACK], desk.held[name]}
        spoken = [one for one in said if one is not None]
        wrong["co-ordinator's words lost, doubled or out of order"] += spoken != desk.said[name]
        wrong["conversations taken or given back otherwise than done"] += len(done) > 1
    return wrong


def of_waiting(waymark: Waymark) -> Counter[str]:
    """Messages that were taken in and never answered."""
    return Counter({"conversations that still wait for an answer": len(record.waiting(waymark))})


def of_risks(waymark: Waymark, people: list[Person], chats: Chats) -> Counter[str]:
    """Risks that the desk does not see: each message with one must stand there by itself."""
    desk, wrong = on_the_desk(waymark), Counter[str]()
    risky = {one.conversation: _risky(one) for one in people if one.opened and _risky(one)}
    kept = [(one, risky[name]) for name, one in record.threads(waymark, risky).items()]
    of_chats = record.of_chats(waymark, [one.number for one in chats.chats])
    for chat in chats.chats:
        if chat.risky and chat.number not in of_chats:
            wrong["risks that are not on the desk"] += 1
        elif chat.risky:
            one = of_chats[chat.number]
            kept.append((one, _sequences(one.thread, chat.risky)))
    for one, sequences in kept:
        wrong["risks that are not on the desk"] += one.conversation not in desk and not _heard(one)
        wrong["messages with a risk that nobody noted"] += len(sequences - _noted(one.thread))
    return wrong


def _heard(kept: record.Kept) -> bool:
    """Whether a co-ordinator had the conversation after the last alarm, and gave it back."""
    alarms = [one.sequence for one in kept.thread if one.kind is Kind.HAND_OFF]
    back = [one.sequence for one in kept.thread if one.kind is Kind.GIVEN_BACK]
    return max(back, default=0) > max(alarms, default=0)


def _risky(person: Person) -> set[int]:
    return {one.sequence for one in person.told if one.risky}


def _sequences(thread: Sequence[Entry], ids: Collection[str]) -> set[int]:
    return {entry.sequence for entry in thread if entry.message_id in ids}


def _noted(thread: Sequence[Entry]) -> set[int]:
    """The messages that a request for a co-ordinator names, because of a risk in them."""
    return {
        int(entry.details["about"])
        for entry in thread
        if entry.kind is Kind.HAND_OFF
        and entry.details["about"] is not None
        and tells_of_risk(entry.details["reasons"])
    }


def of_streams(streams: list[Stream]) -> Counter[str]:
    """What is wrong with what listening pages heard."""
    wrong = Counter[str]()
    for stream in streams:
        if stream.person.opened:
            kept = [one["sequence"] for one in stream.person.thread()]
            wrong["heard otherwise than kept"] += stream.heard != kept
    return wrong


def of_chats(waymark: Waymark, chats: Chats, killed: int) -> Counter[str]:
    """What is wrong in Telegram.

    After each kill of the channels the one message that was in doubt may be there twice
    (docs/decisions/0020).
    """
    wrong, kept = Counter[str](), record.of_chats(waymark, [one.number for one in chats.chats])
    for chat in chats.chats:
        thread = kept[chat.number].for_the_person if chat.number in kept else []
        ids = [entry.message_id for entry in thread if entry.author is Author.PERSON]
        last = max(
            (entry.sequence for entry in thread if entry.author is Author.PERSON), default=0
        )
        as_kept, repeated = compared(thread, chats.shown(chat))
        wrong["Telegram: messages lost, doubled or out of order"] += ids != chat.ids
        wrong["Telegram: shown otherwise than kept"] += not as_kept
        wrong["Telegram: shown twice without need"] += repeated > killed
        wrong["Telegram: last words without an answer"] += not any(
            entry.author is Author.ASSISTANT and entry.sequence > last for entry in thread
        )
    wrong["Telegram: its limits broken"] += len(chats.api.broken)
    return wrong


def shown_twice(waymark: Waymark, chats: Chats) -> int:
    """How many messages stand in Telegram once more right after themselves."""
    kept = record.of_chats(waymark, [one.number for one in chats.chats])
    return sum(
        compared(kept[chat.number].for_the_person, chats.shown(chat))[1]
        for chat in chats.chats
        if chat.number in kept
    )


def on_the_desk(waymark: Waymark) -> set[str]:
    """The conversations that stand in the queue."""
    with a_client(f"{waymark.url}/api/console") as desk:
        desk.post("/sessions", json={"email": EMAIL, "password": PASSWORD}).raise_for_status()
        return {item["conversation"] for item in desk.get("/queue").json()["queue"]}


def _doubled(said: Sequence[Entry]) -> int:
    """How many parts of one answer are there twice, word for word."""
    twice = [text for text, times in Counter(entry.text for entry in said).items() if times > 1]
    for text in twice:
        sys.stdout.write(f"  said twice: {text[:80]}\n")  # words of ours
    return len(twice)
