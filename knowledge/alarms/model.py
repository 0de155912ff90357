"""What an alarm is: it starts when a co-ordinator is asked for, by the person or the assistant or
by a colleague who passes the conversation on, and ends when it is heard."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from knowledge.clock import is_over
from knowledge.conversations.model import Author, Entry, Holder, Kind, Priority, State

# What is done in a conversation by somebody of the team who has therefore seen its alarm.
_HEARD = frozenset({Kind.TAKEN, Kind.ACKNOWLEDGED})
WARN_AT = 0.5  # of the clock: from here on it warns
TAKEN_WITHIN = 5  # times the clock, counted from when it was acknowledged
LONGEST_PAUSE = timedelta(minutes=30)  # between two tries to send a notice


class Clock(StrEnum):
    """How an alarm's clock stands."""

    RUNNING = "running"
    WARNING = "warning"
    RUN_OUT = "run_out"
    ACKNOWLEDGED = "acknowledged"


class Step(StrEnum):
    """Why an alarm went up. Each happens once to an alarm."""

    NOBODY_ON_DUTY = "nobody_on_duty"
    CLOCK_RAN_OUT = "clock_ran_out"
    NOBODY_TOOK_IT = "nobody_took_it"


@dataclass(frozen=True)
class Limits:
    """Within what time an alarm must be acknowledged, by level."""

    within: Mapping[Priority, timedelta] = field(
        default_factory=lambda: {
            Priority.EMERGENCY: timedelta(minutes=1),
            Priority.URGENT: timedelta(minutes=5),
            Priority.NORMAL: timedelta(minutes=30),
        }
    )


@dataclass(frozen=True, kw_only=True)
class Alarm:
    """One alarm. ``sequence`` is the place of the entry that raised it."""

    conversation: str
    sequence: int
    priority: Priority
    raised_at: datetime
    acknowledged_by: str | None = None
    acknowledged_at: datetime | None = None
    taken_at: datetime | None = None
    went_up_at: datetime | None = None

    def due(self, limits: Limits) -> datetime:
        """When the clock runs out."""
        return self.raised_at + limits.within[self.priority]

    def has_run_out(self, now: datetime, limits: Limits) -> bool:
        """Whether it should have been acknowledged by now."""
        return is_over(self.raised_at, limits.within[self.priority], now)

    def should_be_taken(self, now: datetime, limits: Limits) -> bool:
        """Whether somebody should have taken what was acknowledged: seeing is not helping."""
        within = limits.within[self.priority] * TAKEN_WITHIN
        return is_over(self.acknowledged_at or self.raised_at, within, now)

    def clock(self, now: datetime, limits: Limits) -> Clock:
        """How the clock stands."""
        if self.acknowledged_at is not None:
            return Clock.ACKNOWLEDGED
        if self.has_run_out(now, limits):
            return Clock.RUN_OUT
        warns = now >= self.raised_at + limits.within[self.priority] * WARN_AT
        return Clock.WARNING if warns else Clock.RUNNING


@dataclass(frozen=True, kw_only=True)
class Notice:
    """A word to one of the team that an alarm went up, on its way. ``to`` is nobody's address:
    the id of one of the team, or ``duty``."""

    id: str
    step: Step
    way: str
    to: str
    tries: int


def is_heard(entry: Entry) -> bool:
    """Whether this entry shows that somebody of the team has seen the conversation."""
    return entry.kind in _HEARD or (entry.author is Author.COORDINATOR and entry.kind is Kind.SAID)


def starts_a_clock(before: State, open_alarm: Priority | None, asked: Priority) -> bool:
    """Whether a request for a co-ordinator starts a clock of its own.

    Not while the clock of an alarm as serious runs, nor for more of the same in a conversation
    that somebody holds or that waits, seen, for what is not urgent.
    """
    if open_alarm is not None:
        return asked.rank > open_alarm.rank
    if before.priority is None or before.holder is Holder.ASSISTANT:
        return True
    if before.holder is Holder.WAITING and asked is not Priority.NORMAL:
        return True
    return asked.rank > before.priority.rank
