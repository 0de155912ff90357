"""Services as a page shows them: what can be tapped, and hours in words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from knowledge.directory import Channel, Found, Service
from knowledge.directory.hours import WHOLE_DAY, Span
from knowledge.directory.records import checked_on

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
AREAS = {
    "national": "All of England",
    "hertfordshire": "Hertfordshire",
    "cambridgeshire-peterborough": "Cambridgeshire and Peterborough",
}
_ASIDE = re.compile(r"\s*\([^)]*\)")


@dataclass(frozen=True)
class Way:
    """One way to get in touch: what it is, what is shown, and where a tap leads."""

    kind: str
    shown: str
    href: str


@dataclass(frozen=True)
class Card:
    """One service of a result."""

    id: str
    name: str
    why: str
    hours: str
    open_now: bool | None
    ways: tuple[Way, ...]
    beside: tuple[Way, ...]
    week: tuple[tuple[str, str], ...]  # for paper, where "open now" soon is not true

    @classmethod
    def of(cls, found: Found) -> Card:
        """A found service, with only the ways that are confirmed and safe."""
        return cls(
            id=found.service.id,
            name=found.service.name,
            why=found.why,
            hours=_first_big(found.hours_in_words),
            open_now=found.open_now,
            ways=_ways(found.reach.channels),
            beside=tuple(way for way in _ways(found.reach.beside) if way.kind == "phone"),
            week=tuple(_week(found.service)),
        )


@dataclass(frozen=True)
class Details:
    """What the page of one service adds to its card.

    ``checked`` is the day on which somebody here vouched for it, ``told`` the year of our source.
    """

    description: str
    organisation: str
    area: str
    who: str
    cost: str
    languages: str
    checked: date | None
    told: int | None

    @classmethod
    def of(cls, service: Service) -> Details:
        """The details that may be shown; what is marked as unverified is left out."""
        languages = (said for said in service.languages if "unverified" not in said)
        return cls(
            description=service.description,
            organisation="" if service.organisation in service.name else service.organisation,
            area=_area(service),
            who=_first_big(service.eligibility),
            cost=_first_big(service.cost),
            languages=", ".join(languages),
            checked=service.assured_on,
            told=known.year if (known := checked_on(service)) else None,
        )


def _ways(channels: Iterable[Channel]) -> tuple[Way, ...]:
    """Each place once: a chat at the address of the web site is told as the chat."""
    ways = {way.href: way for way in reversed([_way(channel) for channel in channels])}
    return tuple(reversed(ways.values()))


def _way(channel: Channel) -> Way:
    plain = _ASIDE.sub("", channel.value)
    digits = re.sub(r"\D", "", plain)
    return {
        "phone": Way("phone", channel.value, f"tel:{digits}"),
        "text": Way("text", channel.value, f"sms:{digits}"),
        "email": Way("email", channel.value, f"mailto:{channel.value}"),
        "webchat": Way("webchat", _host(channel.value), channel.value),
        "web": Way("web", _host(channel.value), channel.value),
    }[channel.kind]


def _host(address: str) -> str:
    return re.sub(r"^https?://(www\.)?", "", address).partition("/")[0]


def _area(service: Service) -> str:
    if not service.districts:
        return AREAS[service.area]
    return ", ".join(sorted(name.replace("-", " ").title() for name in service.districts))


def _week(service: Service) -> Iterable[tuple[str, str]]:
    """Days with the same hours together: ("Monday to Friday", "9 am to 5 pm")."""
    hours = service.hours
    if hours.kind != "weekly" or not hours.confirmed:
        return
    if hours.is_always:
        yield "Every day", "Day and night"
        return
    for spans, days in groupby(enumerate(hours.week), key=lambda day: day[1]):
        names = [DAYS[number] for number, _ in days]
        several = f"{names[0]} to {names[-1]}" if len(names) > 1 else names[0]
        yield several, _spans(spans)
    if hours.holiday is not None:
        yield "Bank holidays", _spans(hours.holiday)


def _spans(spans: tuple[Span, ...]) -> str:
    if spans == (WHOLE_DAY,):
        return "Day and night"
    return ", ".join(f"{_clock(start)} to {_clock(end)}" for start, end in spans) or "Closed"


def _clock(minutes: int) -> str:
    hour, minute = divmod(minutes % (24 * 60), 60)
    if minute == 0 and hour in (0, 12):
        return "noon" if hour else "midnight"
    past = f":{minute:02d}" if minute else ""
    return f"{(hour - 1) % 12 + 1}{past} {'am' if hour < 12 else 'pm'}"


def _first_big(said: str) -> str:
    return said[:1].upper() + said[1:]
