"""A line of the co-ordinators' queue, and where it stands."""

from dataclasses import dataclass
from datetime import datetime

from knowledge.alarms.model import Alarm
from knowledge.conversations.model import Evidence, Holder, Priority, State


@dataclass(frozen=True, kw_only=True)
class PassedOn:
    """Who of the team passed a conversation on, and to whom; ``to`` is None: whoever is free."""

    by: str | None
    to: str | None


@dataclass(frozen=True, kw_only=True)
class QueueItem:
    """One line of the co-ordinators' queue.

    ``evidence`` are the words that raised the latest alarm, newest first; ``alarm`` is the latest
    alarm itself. ``silent``: the person, in danger, was not seen since their last words for a
    while. ``left_in_a_hurry``: nobody contacts them because of it. ``passed_on``: it waits
    because a colleague passed it on.
    """

    conversation: str
    channel: str
    state: State
    last_words: str
    last_at: datetime
    evidence: tuple[Evidence, ...]
    alarm: Alarm | None = None
    silent: bool = False
    left_in_a_hurry: bool = False
    passed_on: PassedOn | None = None


def urgency(item: QueueItem) -> tuple[bool, int, float, str]:
    """Where a line stands: what waits before what is held, then by priority, then by waiting."""
    priority = item.state.priority or Priority.NORMAL
    since = item.state.waiting_since or item.last_at
    held = item.state.holder is Holder.COORDINATOR
    return held, -priority.rank, since.timestamp(), item.conversation
