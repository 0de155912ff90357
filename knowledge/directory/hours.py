"""Opening hours as people write them in the services file, read for one moment in London."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from .bank_holidays import is_bank_holiday
from .wording import word

LONDON = ZoneInfo("Europe/London")
DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
WHOLE_DAY = (0, 24 * 60)
LOOK_AHEAD = 15
Span = tuple[int, int]
Interval = tuple[datetime, datetime]
_RULE = re.compile(r"^(?P<days>[A-Z][A-Za-z,-]+)\s+(?P<times>off|\d.*)$")
_OLD = re.compile(r"\([^)]*(check|vary|\d{4}|older)[^)]*\)")
# "Office hours" has no exact meaning: sure in the middle of the day, unsure at its edges.
DAY = (7, 22)  # from ten to seven only who says so answers
_OFFICE_SURE, _OFFICE_MAYBE = (10, 16), (8, 18)


class NotHours(ValueError):
    """These words are no opening hours that we can read."""


@dataclass(frozen=True)
class OpenState:
    """Open at a moment (None: not known), and the same in words.

    ``seems_shut`` is true when it is shut by hours that nobody has confirmed, or when it is night
    and nothing is known of its hours; ``seems_open`` when it is open by hours that nobody has
    confirmed, which its words say.
    """

    open_now: bool | None
    words: str
    seems_shut: bool = False
    seems_open: bool = False


@dataclass(frozen=True)
class OpeningHours:
    """When a service answers; ``OpeningHours.read`` makes one from the services file.

    ``week`` holds minutes from midnight for Monday to Sunday, past 1440 when it runs into the
    night; ``holiday`` the same for bank holidays when that is known.
    """

    kind: str = "unknown"
    week: tuple[tuple[Span, ...], ...] = ((),) * 7
    holiday: tuple[Span, ...] | None = None
    confirmed: bool = True
    online_always: bool = False

    @classmethod
    def read(cls, said: str) -> OpeningHours:
        """Hours from words like "Mo-Fr 09:00-21:00; Sa-Su 09:00-16:00"; raises NotHours."""
        parts = [part.strip() for part in re.sub(r"\([^)]*\)", "", said).split(";")]
        plain = [part for part in parts if part and not part.startswith("other times use")]
        if kind := _NAMED.get(" ".join(plain).lower()):
            return cls(kind=kind)
        online = any(part.lower().startswith("on line") for part in plain)
        rules = [re.sub(r"^phone\s+", "", part) for part in plain if not part.startswith("on")]
        week, holiday = _week(rules)
        return cls("weekly", week, holiday, not _OLD.search(said), online)

    def at(self, moment: datetime) -> OpenState:
        """Open or closed at this moment, in words a person can use."""
        local = _in_london(moment)
        state = _STATES[self.kind](self, local)
        if self.kind == "unknown" and not DAY[0] <= local.hour < DAY[1]:
            return replace(state, seems_shut=True)
        if self.online_always and not state.open_now:
            return replace(state, words=state.words + word("hours", "online_always"))
        return state

    @property
    def is_always(self) -> bool:
        """Whether it answers day and night, every day of the year."""
        return all(spans == (WHOLE_DAY,) for spans in self.week)

    def _spans(self, day: date) -> tuple[Span, ...]:
        if not is_bank_holiday(day) or self.is_always:
            return self.week[day.weekday()]
        if self.holiday is not None:
            return self.holiday
        return () if self._weekdays_only else self.week[day.weekday()]

    @property
    def _weekdays_only(self) -> bool:
        return not (self.week[5] or self.week[6])

    def _may_differ(self, day: date) -> bool:
        sure = self.is_always or self.holiday is not None or self._weekdays_only
        return is_bank_holiday(day) and not sure

    def _intervals(self, around: date) -> Iterator[Interval]:
        """Openings near a day, with those that touch (midnight) joined."""
        joined: Interval | None = None
        for offset in range(-1, LOOK_AHEAD):
            day = around + timedelta(days=offset)
            for start, end in self._spans(day):
                opens, shuts = _moment(day, start), _moment(day, end)
                if joined and opens <= joined[1]:
                    joined = (joined[0], max(shuts, joined[1]))
                    continue
                if joined:
                    yield joined
                joined = (opens, shuts)
        if joined:
            yield joined


def _week(rules: list[str]) -> tuple[tuple[tuple[Span, ...], ...], tuple[Span, ...] | None]:
    week: list[tuple[Span, ...]] = [()] * 7
    holiday: tuple[Span, ...] | None = None
    for rule in rules:
        match = _RULE.match(rule)
        if not match:
            raise NotHours(rule)
        spans = () if match["times"] == "off" else tuple(_spans(match["times"]))
        if match["days"] == "PH":
            holiday = spans
            continue
        for day in _days(match["days"]):
            week[day] = spans
    if not any(week):
        raise NotHours("; ".join(rules))
    return tuple(week), holiday


def _days(said: str) -> Iterator[int]:
    for part in said.split(","):
        first, _, last = part.partition("-")
        if first not in DAYS or (last or first) not in DAYS:
            raise NotHours(said)
        start, end = DAYS.index(first), DAYS.index(last or first)
        yield from (day % 7 for day in range(start, end + 1 + (7 if end < start else 0)))


def _spans(said: str) -> Iterator[Span]:
    for part in said.split(","):
        first, _, last = part.strip().partition("-")
        start, end = _minutes(first), _minutes(last)
        yield (start, end if end > start else end + 24 * 60)


def _minutes(said: str) -> int:
    match = re.fullmatch(r"(\d{1,2}):(\d{2})", said.strip())
    if not match or int(match[1]) > 24 or int(match[2]) > 59:
        raise NotHours(said)
    return int(match[1]) * 60 + int(match[2])


def _in_london(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        return moment.replace(tzinfo=LONDON)
    return moment.astimezone(LONDON)


def _moment(day: date, minutes: int) -> datetime:
    """The clock on the wall, so that 9 am stays 9 am when the clocks change."""
    days, rest = divmod(minutes, 24 * 60)
    wall = datetime.combine(day + timedelta(days=days), time(*divmod(rest, 60)), tzinfo=LONDON)
    return wall.astimezone(ZoneInfo("UTC"))


def clock_words(moment: datetime) -> str:
    """A time as people say it: 9 am, 9:30 pm, midnight."""
    local = moment.astimezone(LONDON)
    if (local.hour, local.minute) in {(0, 0), (12, 0)}:
        return "noon" if local.hour else "midnight"
    minutes = f":{local.minute:02d}" if local.minute else ""
    return f"{(local.hour - 1) % 12 + 1}{minutes} {'am' if local.hour < 12 else 'pm'}"


def _weekly(hours: OpeningHours, now: datetime) -> OpenState:
    if hours.is_always and hours.confirmed:
        return OpenState(True, word("hours", "always"))
    for opens, shuts in hours._intervals(now.date()):
        if opens <= now < shuts:
            return _open(hours, now, shuts)
        if opens > now:
            return _closed(hours, now, opens)
    return OpenState(None, word("hours", "unknown"))


def _open(hours: OpeningHours, now: datetime, shuts: datetime) -> OpenState:
    if not hours.confirmed:
        words = word("hours", "likely_open", time=clock_words(shuts))
        return OpenState(None, words, seems_open=True)
    if hours._may_differ(now.date()):
        return OpenState(None, word("hours", "holiday"))
    return OpenState(True, word("hours", "open", time=clock_words(shuts)))


def _closed(hours: OpeningHours, now: datetime, opens: datetime) -> OpenState:
    local = opens.astimezone(LONDON)
    away = (local.date() - now.date()).days
    day = f"{local:%A}" if away < 7 else f"{local:%A} {local.day} {local:%B}"
    when = {"day": "today" if away == 0 else day, "time": clock_words(opens)}
    if not hours.confirmed:
        return OpenState(None, word("hours", "likely_closed", **when), seems_shut=True)
    return OpenState(False, word("hours", "closed", **when))


def _office(_: OpeningHours, now: datetime) -> OpenState:
    inside = _in_office(now)
    key = {True: "office_open", None: "office_maybe", False: "office_closed"}[inside]
    return OpenState(inside, word("hours", key))


def _after_hours(_: OpeningHours, now: datetime) -> OpenState:
    inside = _in_office(now)
    key = {True: "closed", None: "maybe", False: "open"}[inside]
    answer = None if inside is None else not inside
    return OpenState(answer, word("hours", f"after_hours_{key}"))


def _in_office(now: datetime) -> bool | None:
    if now.weekday() >= 5 or is_bank_holiday(now.date()):
        return False
    if _OFFICE_SURE[0] <= now.hour < _OFFICE_SURE[1]:
        return True
    return None if _OFFICE_MAYBE[0] <= now.hour < _OFFICE_MAYBE[1] else False


def _unknown(_: OpeningHours, __: datetime) -> OpenState:
    return OpenState(None, word("hours", "unknown"))


_NAMED = {
    "": "unknown",
    "library hours": "unknown",
    "office hours": "office",
    "evenings, nights, weekends, bank holidays": "after_hours",
}
_STATES = {
    "weekly": _weekly,
    "office": _office,
    "after_hours": _after_hours,
    "unknown": _unknown,
}
