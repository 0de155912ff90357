"""Which time of the day a clock time is that says neither am nor pm."""

import re
from collections.abc import Iterator
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
    r"(?P<past>half past |half |quarter past |quarter to )?"
    r"(?:(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))?|(?P<word>[a-z]+))"
    r"(?: ?o'?clock)?(?: ?(?P<of>[ap])\.?m\.?)?"
)
_OF_24_HOURS = re.compile(
    r"(?P<hour>\d\d)(?P<minute>\d\d)(?P<full> ?(?:hrs|hours|h))?(?P<past>)(?P<of>)"
)
_MINUTES = {"quarter past ": 15, "half past ": 30, "half ": 30, "quarter to ": -15}


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
    """A time as it is written: `6`, `half six`, `18:30`, `1400`, `noon`. Raises NotSure."""
    if word.endswith("noon") or word.startswith("mid"):
        return Clock((NOON,))
    found = _OF_24_HOURS.fullmatch(word) or _CLOCK.fullmatch(word)
    if found is None:
        raise NotSure
    hour = int(found["hour"]) if found["hour"] else NUMBERS.index(found["word"]) + 1
    minute = _MINUTES.get(found["past"]) or int(found["minute"] or 0)
    if hour > 23 or minute > 59 or (found["of"] and not 1 <= hour <= 12):
        raise NotSure
    of_24_hours = found.re is _OF_24_HOURS and found["full"]
    if of_24_hours or hour > 12 or (found["hour"] or "").startswith("0"):
        return Clock((hour * 60 + minute,))
    return _twice_a_day(hour % 12 * 60 + minute, found["of"])


def _twice_a_day(at: int, half: str | None) -> Clock:
    """What stands on a dial twice: twelve is noon, all else is in the half that was named."""
    if half:
        return Clock(((at + (NOON if half == "p" else 0)) % DAY[1],))
    at %= NOON
    return Clock((at + NOON,)) if at < 60 else Clock((at, at + NOON))


def spans_of(
    start: Clock | None, end: Clock | None, *, within: Span | None, wide: bool
) -> list[Span]:
    """The minutes that `after six`, `before ten` or `from two to four` hold.

    ``within`` is the part of the day that was named; ``wide`` that it is said of hours that are
    not safe: then they may go on over midnight. Raises NotSure.
    """
    span = _span(start, end, within=within, wide=wide)
    if wide and span[0] > span[1] and start and end and start.is_sure and end.is_sure:
        return [(0, span[1]), (span[0], DAY[1])]
    span = span if wide else (max(span[0], FIRST), min(span[1], LAST))
    if span[0] >= span[1]:
        raise NotSure
    return [span]


def _span(start: Clock | None, end: Clock | None, *, within: Span | None, wide: bool) -> Span:
    if start and end:
        return _between(start, end, within)
    if end:
        at = end.only(within or _of_an_end(end))
        return 0 if wide else OPENS if at > OPENS else FIRST, at
    if start is None:
        raise NotSure
    at = start.only(within or _of_a_start(start, evening=EIGHT))
    return at, DAY[1] if wide else SHUTS if at < SHUTS else LAST


def _between(first: Clock, last: Clock, within: Span | None) -> Span:
    if last.is_sure and not first.is_sure:
        before = [at for at in first.may_be if at < last.may_be[0]]
        start = max(before, default=DAY[1])
    else:
        start = _start_of_two(first, last, within)
    return start, min((at for at in last.may_be if at > start), default=last.may_be[0])


def _start_of_two(first: Clock, last: Clock, within: Span | None) -> int:
    """`Eight to five` begins in the morning: no day holds an evening that ends at five."""
    ends_later = [at for at in first.may_be if any(end > at for end in last.may_be)]
    if within is None and SIX < first.may_be[0] < OPENS and len(ends_later) == 1:
        return ends_later[0]
    return first.only(within or _of_a_start(first, evening=SIX))


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


def minutes_of(said: str) -> Span:
    """`09:00-12:30` as a table writes it."""
    first, last = (_minute(at) for at in said.split("-"))
    return first, last


def _minute(at: str) -> int:
    hour, minute = at.split(":")
    return int(hour) * 60 + int(minute)


def without(spans: list[Span], never: list[Span]) -> Iterator[Span]:
    """What is left of spans when others are cut out."""
    for start, end in spans:
        for first, last in sorted(never):
            if start < first:
                yield start, min(end, first)
            start = max(start, last)
        yield start, end
