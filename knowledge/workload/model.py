"""From alarms and call-backs to figures, purely."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from knowledge.alarms.model import Alarm, Limits
from knowledge.callbacks.model import Callback
from knowledge.clock import LONDON
from knowledge.conversations.model import Priority

HOURS = range(24)
# Fewer waits than this say nothing about the next one.
ENOUGH = 5


@dataclass(frozen=True, kw_only=True)
class Level:
    """One level's figures. Times are seconds; None where nothing was measured.

    ``running`` are the alarms whose time is not over: they are neither in time nor late yet.
    """

    hand_offs: int
    running: int
    acknowledged: int
    in_time: int
    went_up: int
    acknowledged_median: float | None
    acknowledged_p90: float | None
    waited_median: float | None
    waited_p90: float | None


@dataclass(frozen=True, kw_only=True)
class Figures:
    """The figures of a time: by level, by hour of the day, and over all."""

    start: datetime
    end: datetime
    levels: dict[Priority, Level]
    hours: dict[Priority, list[int]]
    taken: list[int]  # conversations taken, by hour of the day
    false_alarms: int
    closed_with_outcome: int
    callbacks: int
    callbacks_kept: int


def figures(
    time: tuple[datetime, datetime],
    alarms: Sequence[Alarm],
    callbacks: Sequence[Callback],
    outcomes: Counter[str],
    limits: Limits,
) -> Figures:
    """Count. ``outcomes`` are those with which conversations were closed."""
    return Figures(
        start=time[0],
        end=time[1],
        levels={one: _level(_of(alarms, one), limits) for one in Priority},
        hours={one: _by_hour(alarm.raised_at for alarm in _of(alarms, one)) for one in Priority},
        taken=_by_hour(one.taken_at for one in alarms),
        false_alarms=outcomes["false_alarm"],
        closed_with_outcome=outcomes.total(),
        callbacks=len(callbacks),
        callbacks_kept=sum(one.was_kept_in_time for one in callbacks),
    )


def expected_wait(alarms: Sequence[Alarm], priority: Priority) -> tuple[int, int] | None:
    """From half of the waits to nine in ten, in whole minutes; None when too few are known."""
    waits = _waits(_of(alarms, priority))
    if len(waits) < ENOUGH:
        return None
    low, high = (max(1, ceil(quantile(waits, share) / 60)) for share in (0.5, 0.9))
    return low, max(high, low + 1)


def quantile(values: Iterable[float], share: float) -> float:
    """The smallest value that this share of all does not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, ceil(share * len(ordered)) - 1)]


def _level(alarms: Sequence[Alarm], limits: Limits) -> Level:
    heard = [
        (one.acknowledged_at - one.raised_at, limits.within[one.priority])
        for one in alarms
        if one.acknowledged_at is not None
    ]
    seconds = [took.total_seconds() for took, _ in heard]
    waits = _waits(alarms)
    return Level(
        hand_offs=len(alarms),
        running=sum(one.acknowledged_at is None and one.went_up_at is None for one in alarms),
        acknowledged=len(heard),
        in_time=sum(took <= within for took, within in heard),
        went_up=sum(one.went_up_at is not None for one in alarms),
        acknowledged_median=_maybe(seconds, 0.5),
        acknowledged_p90=_maybe(seconds, 0.9),
        waited_median=_maybe(waits, 0.5),
        waited_p90=_maybe(waits, 0.9),
    )


def _waits(alarms: Iterable[Alarm]) -> list[float]:
    taken: list[timedelta] = [
        one.taken_at - one.raised_at for one in alarms if one.taken_at is not None
    ]
    return [one.total_seconds() for one in taken]


def _maybe(values: list[float], share: float) -> float | None:
    return quantile(values, share) if values else None


def _of(alarms: Iterable[Alarm], priority: Priority) -> list[Alarm]:
    return [one for one in alarms if one.priority is priority]


def _by_hour(moments: Iterable[datetime | None]) -> list[int]:
    hours = Counter(at.astimezone(LONDON).hour for at in moments if at is not None)
    return [hours[hour] for hour in HOURS]
