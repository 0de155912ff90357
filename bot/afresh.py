"""A long conversation starts afresh now and then, so that its turns stay as fast as the first.

What Rasa does for a turn grows with the events of a session: it reads them, copies them for every
form and sends them to the action server. A new session begins where the old one stood.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    BotUttered,
    Event,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

LONGEST = 10  # messages of a person, after which a conversation starts afresh
CARRIED = 6  # of them, so that what was said a moment ago can still be asked about
TOLD = "told"  # the slot with the longest message of earlier sessions: who "he" is stands there

Replay = Callable[[Sequence[Event]], DialogueStateTracker]


def is_long(events: Sequence[Event]) -> bool:
    """Whether a session has become long enough to start afresh."""
    return sum(isinstance(event, UserUttered) for event in events) > LONGEST


def afresh(events: Sequence[Event], replay: Replay) -> list[Event]:
    """The same conversation as a new, shorter session.

    Where it stood some messages ago (slots, open form), which services were shown, the longest
    message before, then the last messages word for word. ``replay`` gives the tracker of some
    events.
    """
    spoken = [at for at, event in enumerate(events) if isinstance(event, UserUttered)]
    old, recent = events[: spoken[-CARRIED]], events[spoken[-CARRIED] :]
    before = replay(old)
    slots = [
        SlotSet(name, slot.value)
        for name, slot in before.slots.items()
        if slot.value != slot.initial_value and name != TOLD
    ]
    loop = [ActiveLoop(before.active_loop_name)] if before.active_loop_name else []
    listening = [one for one in old if isinstance(one, ActionExecuted)][-1:]
    longest = max((before.get_slot(TOLD) or "", *texts_of(old)), key=len)
    told = SlotSet(TOLD, longest)
    return [SessionStarted(), *slots, told, *loop, *_shown(old), *listening, *recent]


def said_before(tracker: DialogueStateTracker | None) -> list[str]:
    """What the person wrote so far: of earlier sessions the longest, then all of this one."""
    if tracker is None:
        return []
    kept = tracker.get_slot(TOLD)
    return [*([kept] if kept else []), *texts_of(tracker.events)]


def texts_of(events: Iterable[Event]) -> list[str]:
    """The person's messages among some events."""
    return [one.text for one in events if isinstance(one, UserUttered) and one.text]


def _shown(old: Sequence[Event]) -> list[Event]:
    """The services that were shown, each once by its id: their cards would grow without end."""
    cards = [card for one in old if isinstance(one, BotUttered) for card in services_in(one)]
    once = dict.fromkeys(card["id"] for card in cards)
    data = {"custom": {"services": [{"id": id_} for id_ in once]}}
    return [BotUttered(data=data)] if once else []


def services_in(said: BotUttered) -> list[dict[str, Any]]:
    """The cards of services in something said."""
    custom = said.data.get("custom") or {}
    return list(custom.get("services") or ()) if isinstance(custom, dict) else []
