"""A long conversation starts afresh now and then, so that its turns stay as fast as the first.

What Rasa does for a turn grows with the events of a session: it reads them, copies them for every
form and sends them to the action server. A new session begins where the old one stood.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

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

Replay = Callable[[Sequence[Event]], DialogueStateTracker]


def is_long(events: Sequence[Event]) -> bool:
    """Whether a session has become long enough to start afresh."""
    return sum(isinstance(event, UserUttered) for event in events) > LONGEST


def afresh(events: Sequence[Event], replay: Replay) -> list[Event]:
    """The same conversation as a new, shorter session.

    Where it stood some messages ago (slots, open form), the services that were shown, then the
    last messages word for word. ``replay`` gives the tracker of some events.
    """
    spoken = [at for at, event in enumerate(events) if isinstance(event, UserUttered)]
    old, recent = events[: spoken[-CARRIED]], events[spoken[-CARRIED] :]
    before = replay(old)
    slots = [
        SlotSet(name, slot.value)
        for name, slot in before.slots.items()
        if slot.value != slot.initial_value
    ]
    loop = [ActiveLoop(before.active_loop_name)] if before.active_loop_name else []
    shown = [one for one in old if isinstance(one, BotUttered) and one.data.get("custom")]
    listening = [one for one in old if isinstance(one, ActionExecuted)][-1:]
    return [SessionStarted(), *slots, *loop, *shown, *listening, *recent]
