"""The time, with a seam: a process can be told to start its day at another moment."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

Clock = Callable[[], datetime]
APART = timedelta(minutes=1)  # by so much the clocks of several machines may differ


def clock_from(start: datetime | None = None) -> Clock:
    """A clock that runs from ``start`` (naive means Europe/London), or the real one.

    Returns a function without arguments that gives the time in UTC.
    """
    if start is None:
        return lambda: datetime.now(UTC)
    if start.tzinfo is None:
        start = start.replace(tzinfo=LONDON)
    shift = start - datetime.now(UTC)
    return lambda: datetime.now(UTC) + shift


def is_over(since: datetime, time: timedelta, now: datetime) -> bool:
    """Whether a time that began at a moment is over.

    What began in the future began before the clock was set back: it is over too, for nobody may
    wait until that moment comes a second time.
    """
    return now >= since + time or since > now + APART
