"""What the desk shows around a thread: who is in it, what was read, marked and corrected."""

from __future__ import annotations

from typing import Any

from channels.console import deeds, inserting, views
from channels.parts import Parts
from knowledge.conversations.model import Entry, Kind, Reader
from knowledge.coordinators.model import Coordinator, Right
from knowledge.marks.model import agreed_to_learning
from knowledge.teamwork.model import PERSON, Mark, Mine

SHOWN = 120  # entries of a long thread; the rest on asking
AROUND = (Kind.HAND_OFF, Kind.MARKED, Kind.CORRECTED, Kind.TRANSFERRED, Kind.CLOSED)
# Shown beside the thread; in it they would only be noise.
BESIDE = frozenset({Kind.MARKED})


async def whole(parts: Parts, conversation: str, who: Coordinator) -> dict[str, Any]:
    """A conversation as the API gives it."""
    about = await around(parts, conversation, who)
    return {**await views.conversation(parts, conversation), **about}


async def around(parts: Parts, conversation: str, who: Coordinator) -> dict[str, Any]:
    """Everything about a conversation that is not its thread.

    Read it before the thread: ``last`` must never name what the thread does not hold yet, or a
    message that came in between would be marked as read and never shown.
    """
    state, last, mark = await parts.knowledge.teamwork.here(conversation)
    happened = await parts.knowledge.teamwork.happened(conversation, AROUND)
    guests = await parts.knowledge.teamwork.guests(conversation)
    names: dict[str, str] = {}
    taking_part = {who.id, state.held_by, *guests}
    looking = [one for one in parts.looking.who(conversation) if one not in taking_part]
    return {
        "last": last,
        "guests": [await views.name_of(parts, one, names) for one in guests],
        "i_joined": who.id in guests and state.held_by is not None,
        "looking": [await views.name_of(parts, one, names) for one in looking],
        "person": {"delivered": mark.delivered, "read": mark.read},
        "typing": await typing(parts, conversation, who),
        "risk": [await _alarm(parts, one, happened, names) for one in _alarms(happened)],
        "corrections": [
            await _correction(parts, one, names)
            for one in happened
            if one.kind is Kind.CORRECTED and one.details
        ][::-1],
        "handed": await _handed(parts, happened, names),
    }


async def typing(parts: Parts, conversation: str, who: Coordinator) -> list[str]:
    """Who writes now, for somebody at the desk: `The person`, or a colleague's name."""
    names: dict[str, str] = {}
    there = [one for one in parts.typing.who(conversation) if one != who.id]
    return [
        "The person" if one == PERSON else str(await views.name_of(parts, one, names))
        for one in there
    ]


async def mine(parts: Parts, who: Coordinator) -> list[dict[str, Any]]:
    """What somebody holds, joined or was handed, with what they have not read."""
    return [_one_of_mine(one) for one in await parts.knowledge.teamwork.mine(who.id)]


async def page(
    parts: Parts, conversation: str, who: Coordinator, after: int, everything: bool
) -> dict[str, Any]:
    """What the page of a conversation shows; ``after`` leaves out what it shows already."""
    about = await around(parts, conversation, who)
    seen = await views.conversation(parts, conversation, after=after)
    thread = [one for one in seen["thread"] if one["kind"] not in BESIDE]
    left_out = 0 if everything or after else max(0, len(thread) - SHOWN)
    is_held = seen["held_by_id"] is not None
    may_join = is_held and seen["held_by_id"] != who.id and who.may(Right.JOIN_CONVERSATION)
    return {
        **seen,
        **about,
        "thread": thread[left_out:],
        "left_out": left_out,
        "is_mine": seen["held_by_id"] == who.id,
        "may_join": may_join and not about["i_joined"],
        "may_take_over": may_join,
        "may_hold": who.may(Right.HOLD_CONVERSATION),
        "said_by_person": await _said_by_person(parts, conversation),
        "colleagues": await _receivers(parts, conversation, who),
        "outcomes": inserting.outcomes(),
        "canned": inserting.canned(seen["assessment"], who.name),
        "mine": await mine(parts, who),
        "learning": await _learning(parts, conversation),
    }


async def _receivers(parts: Parts, conversation: str, who: Coordinator) -> list[dict[str, Any]]:
    """To whom it can be passed on; those who are there come first."""
    there = await parts.knowledge.coordinators.at_their_desks()
    found = await deeds.receivers(parts, who, conversation)
    shown = [{"id": one.id, "name": one.name, "is_here": one.id in there} for one in found]
    return sorted(shown, key=lambda one: not one["is_here"])


def _alarms(happened: list[Entry]) -> list[Entry]:
    return [one for one in happened if one.kind is Kind.HAND_OFF][::-1]


async def _alarm(
    parts: Parts, entry: Entry, happened: list[Entry], names: dict[str, str]
) -> dict[str, Any]:
    marks = {
        one.by: one
        for one in happened
        if one.kind is Kind.MARKED and one.details.get("alarm") == entry.sequence
    }
    return {
        **views.alarm(entry),
        "sequence": entry.sequence,
        "marks": [
            {
                "verdict": one.details["verdict"],
                "by": await views.name_of(parts, one.by, names),
                "at": one.at.isoformat(),
            }
            for one in marks.values()
        ],
    }


async def _correction(parts: Parts, entry: Entry, names: dict[str, str]) -> dict[str, Any]:
    return {
        **entry.details,
        "by": await views.name_of(parts, entry.by, names),
        "at": entry.at.isoformat(),
    }


async def _handed(
    parts: Parts, happened: list[Entry], names: dict[str, str]
) -> dict[str, Any] | None:
    """Who passed it on last, and to whom."""
    passed = [one for one in happened if one.kind is Kind.TRANSFERRED]
    if not passed:
        return None
    last = passed[-1]
    to = last.details.get("to")
    return {
        "by": await views.name_of(parts, last.by, names),
        "to": await views.name_of(parts, to, names),
        "at": last.at.isoformat(),
    }


async def _said_by_person(parts: Parts, conversation: str) -> list[dict[str, Any]]:
    """Their latest messages, for the list of those in which a risk was missed."""
    _, thread = await parts.knowledge.conversations.thread(conversation, reader=Reader.PERSON)
    said = [one for one in thread if one.author == PERSON and one.text]
    return [{"sequence": one.sequence, "text": one.text} for one in said[-20:]][::-1]


async def _learning(parts: Parts, conversation: str) -> bool | None:
    _, thread = await parts.knowledge.conversations.thread(conversation, reader=Reader.PERSON)
    return agreed_to_learning(thread)


async def note_read(parts: Parts, conversation: str, who: Coordinator, upto: int) -> None:
    """Note that somebody at the desk has read this far."""
    await parts.knowledge.teamwork.note_mark(conversation, who.id, Mark(upto, upto))


def _one_of_mine(one: Mine) -> dict[str, Any]:
    return {
        "conversation": one.conversation,
        "how": one.how,
        "priority": one.priority,
        "last_words": one.last_words,
        "last_at": one.last_at.isoformat(),
        "unread": one.unread,
    }
