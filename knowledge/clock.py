"""The time, with a seam: a process can be told to start its day at another moment."""

from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

Clock = Callable[[], datetime]


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
