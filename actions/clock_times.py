"""Which time of the day a clock time is that says neither am nor pm."""

import re
from dataclasses import dataclass

Span = tuple[int, int]  # minutes of a day: from, to

OPENS, SHUTS = 9 * 60, 20 * 60  # hours that nobody named are not taken to be safe outside these
FIRST, LAST = 7 * 60, 22 * 60  # a co-ordinator is there: only hours that were named
NOON = 12 * 60
DAY: Span = (0, 24 * 60)
SIX, EIGHT = 6 * 60 + 59, 8 * 60 + 59  # said without am or pm, up to here it is pm
NUMBERS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
)  # fmt: skip
_CLOCK = re.compile(
    r"(?P<half>half (?:past )?)?(?:(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))?|(?P<word>[a-z]+))"
    r"(?: ?o'?clock)?(?: ?(?P<of>[ap])\.?m\.?)?"
)


class NotSure(ValueError):
    """The words may mean another time."""


@dataclass(frozen=True)
class Clock:
    """A clock time: all minutes of a day that it may be."""

    may_be: tuple[int, ...]

    def only(self, among: Span) -> int:
        """The one that lies among these. Raises NotSure."""
        fitting = [at for at in self.may_be if among[0] <= at <= among[1]]
        if len(fitting) != 1:
            raise NotSure
        return fitting[0]

    @property
    def is_sure(self) -> bool:
        """Whether it is said which one it is."""
        return len(self.may_be) == 1


def clock_of(word: str) -> Clock:
    """A time as it is written: `6`, `half six`, `18:30`, `10am`, `noon`. Raises NotSure."""
    if word.startswith(("noon", "mid")):
        return Clock((NOON,))
    found = _CLOCK.fullmatch(word)
    if found is None:
        raise NotSure
    hour = int(found["hour"]) if found["hour"] else NUMBERS.index(found["word"]) + 1
    minute = 30 if found["half"] else int(found["minute"] or 0)
    if hour > 23 or minute > 59 or (found["of"] and not 1 <= hour <= 12):
        raise NotSure
    at = hour % 12 * 60 + minute
    if found["of"]:
        return Clock((at + (NOON if found["of"] == "p" else 0),))
    if hour > 12 or (found["hour"] or "").startswith("0"):
        return Clock((hour * 60 + minute,))
    return Clock((at + NOON,)) if hour == 12 else Clock((at, at + NOON))


def range_of(kind: str, times: list[Clock], *, within: Span | None, wide: bool) -> Span:
    """The minutes that `after six` (A), `before ten` (B, O) or `from two to four` hold.

    ``within`` is the part of the day that was named; ``wide`` that it is said of hours that are
    not safe. Raises NotSure.
    """
    if len(times) > 1:
        span = _between(times[0], times[1], within)
    elif kind[0] in "BO":
        at = times[0].only(within or _of_an_end(times[0]))
        span = (0 if wide else OPENS if at > OPENS else FIRST, at)
    else:
        at = times[0].only(within or _of_a_start(times[0], evening=EIGHT))
        span = (at, DAY[1] if wide else SHUTS if at < SHUTS else LAST)
    span = span if wide else (max(span[0], FIRST), min(span[1], LAST))
    if span[0] >= span[1]:
        raise NotSure
    return span


def _between(first: Clock, last: Clock, within: Span | None) -> Span:
    if last.is_sure and not first.is_sure:
        before = [at for at in first.may_be if at < last.may_be[0]]
        start = max(before, default=DAY[1])
    else:
        start = first.only(within or _of_a_start(first, evening=SIX))
    end = min((at for at in last.may_be if at > start), default=start)
    return start, end


def _of_a_start(clock: Clock, *, evening: int) -> Span:
    """Where a start lies: up to some hour in the second half of the day.

    What is after ten may be safe from the morning on, or at night only.
    """
    if clock.is_sure:
        return DAY
    if clock.may_be[0] <= evening:
        return NOON, DAY[1]
    if evening == EIGHT or clock.may_be[0] < OPENS:
        raise NotSure
    return 0, NOON


def _of_an_end(clock: Clock) -> Span:
    """`Before eight` may be before somebody is up, or home."""
    if clock.is_sure:
        return DAY
    if clock.may_be[0] <= SIX:
        return NOON, DAY[1]
    if clock.may_be[0] < OPENS:
        raise NotSure
    return 0, NOON
