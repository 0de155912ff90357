"""What the desk shows, as plain values for its API and its pages."""

from datetime import datetime
from typing import Any

from channels.console.areas import is_theirs
from channels.console.hold import hold_shown
from channels.message import as_message
from channels.parts import Parts
from knowledge.alarms.model import Alarm
from knowledge.callbacks.model import Callback
from knowledge.conversations.line import QueueItem
from knowledge.conversations.model import Entry, Kind, Reader, State
from knowledge.coordinators.model import Area, Coordinator
from knowledge.errors import NotFound


async def queue(parts: Parts, who: Coordinator) -> list[dict[str, Any]]:
    """What somebody may see of the queue, the most urgent first."""
    names: dict[str, str] = {}
    items = await _theirs(parts, who, await parts.knowledge.conversations.queue())
    return [await _queue_item(parts, item, names) for item in items]


async def callbacks(parts: Parts, who: Coordinator) -> list[dict[str, Any]]:
    """The call-backs of somebody's area that are due, the earliest first."""
    due = await parts.knowledge.callbacks.due()
    counties = await parts.knowledge.assessments.counties([one.conversation for one in due])
    theirs = [one for one in due if who.area.covers(counties.get(one.conversation))]
    return [callback(one) for one in theirs]


async def desk(parts: Parts, who: Coordinator) -> dict[str, Any]:
    """All that the queue's page shows."""
    return {"queue": await queue(parts, who), "callbacks": await callbacks(parts, who)}


async def _theirs(parts: Parts, who: Coordinator, items: list[QueueItem]) -> list[QueueItem]:
    if who.area is Area.BOTH:
        return items
    known = await parts.knowledge.assessments.counties([item.conversation for item in items])
    return [one for one in items if is_theirs(who, one.state, known.get(one.conversation))]


async def conversation(parts: Parts, conversation: str, after: int = 0) -> dict[str, Any]:
    """A conversation as a co-ordinator sees it: thread, assessment, risk with evidence."""
    state, thread = await parts.knowledge.conversations.thread(
        conversation, reader=Reader.COORDINATOR, after=after
    )
    names: dict[str, str] = {}
    return {
        "conversation": conversation,
        **await _state(parts, state, names),
        "thread": [await _entry(parts, entry, names) for entry in thread],
        "assessment": await parts.knowledge.assessments.read(conversation),
        "hold": await hold_shown(parts, conversation),
        "risk": [alarm(entry) for entry in thread if entry.kind is Kind.HAND_OFF][::-1],
        **await alarms_and_contact(parts, conversation, names),
    }


async def _queue_item(parts: Parts, item: QueueItem, names: dict[str, str]) -> dict[str, Any]:
    return {
        "conversation": item.conversation,
        "channel": item.channel,
        **await _state(parts, item.state, names),
        "last_words": item.last_words,
        "last_at": item.last_at.isoformat(),
        "alarm": item.alarm and await alarm_clock(parts, item.alarm, names),
        "silent": item.silent,
        "left_in_a_hurry": item.left_in_a_hurry,
        "passed_on": item.passed_on
        and {
            "by": await name_of(parts, item.passed_on.by, names),
            "to": await name_of(parts, item.passed_on.to, names),
        },
        "evidence": [
            {"text": found.text, "by": found.by, "score": found.score} for found in item.evidence
        ],
    }


async def _state(parts: Parts, state: State, names: dict[str, str]) -> dict[str, Any]:
    since = state.waiting_since
    return {
        "holder": str(state.holder),
        "held_by": await name_of(parts, state.held_by, names),
        "held_by_id": state.held_by,
        "priority": state.priority and str(state.priority),
        "reasons": list(state.reasons),
        "waiting_since": since.isoformat() if since else None,
    }


async def _entry(parts: Parts, entry: Entry, names: dict[str, str]) -> dict[str, Any]:
    return {
        **as_message(entry),
        "kind": str(entry.kind),
        "audience": str(entry.audience),
        "by": await name_of(parts, entry.by, names),
        "details": {
            key: value
            for key, value in entry.details.items()
            if key not in ("choices", "services")
        },
    }


def alarm(entry: Entry) -> dict[str, Any]:
    """Why somebody should come in: how urgent, what for, and the words that say so."""
    return {
        "priority": entry.details["priority"],
        "reasons": entry.details["reasons"],
        "evidence": entry.details["evidence"],
        "about": entry.details["about"],
        "at": entry.at.isoformat(),
    }


async def alarm_clock(parts: Parts, kept: Alarm, names: dict[str, str]) -> dict[str, Any]:
    """An alarm: its clock, and who acknowledged it when."""
    limits, now = parts.settings.alarm_limits, parts.knowledge.clock()
    return {
        "priority": str(kept.priority),
        "about": kept.sequence,
        "raised_at": kept.raised_at.isoformat(),
        "due_at": kept.due(limits).isoformat(),
        "clock": str(kept.clock(now, limits)),
        "acknowledged_by": await name_of(parts, kept.acknowledged_by, names),
        "acknowledged_at": _iso(kept.acknowledged_at),
        "went_up_at": _iso(kept.went_up_at),
    }


async def alarms_and_contact(
    parts: Parts, conversation: str, names: dict[str, str]
) -> dict[str, Any]:
    """The alarms of a conversation, the ways to the person, and what was agreed."""
    knowledge = parts.knowledge
    ways = await knowledge.gate.ways(conversation)
    return {
        "alarms": [
            await alarm_clock(parts, one, names)
            for one in await knowledge.alarms.of([conversation])
        ],
        "ways": {str(way): why and str(why) for way, why in ways.items()},
        "callbacks": [callback(one) for one in await knowledge.callbacks.of([conversation])],
    }


def callback(kept: Callback) -> dict[str, Any]:
    """A call-back as plain values."""
    return {
        "id": kept.id,
        "conversation": kept.conversation,
        "way": str(kept.way),
        "from": kept.start.isoformat(),
        "until": kept.end.isoformat(),
        "outcome": str(kept.outcome),
    }


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


async def name_of(parts: Parts, coordinator: str | None, names: dict[str, str]) -> str | None:
    """The name of one of the team, remembered in ``names``; None for nobody."""
    if coordinator is None:
        return None
    if coordinator not in names:
        try:
            names[coordinator] = (await parts.knowledge.coordinators.get(coordinator)).name
        except NotFound:  # left the team since
            names[coordinator] = "A colleague"
    return names[coordinator]
