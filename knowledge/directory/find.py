"""Find services that fit a person: by fit, local first, always in the same order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from heapq import nlargest

from .fit import Fit, may_offer, measure
from .hours import OpenState
from .model import Found, Query, Role, Service
from .person import Person, read
from .reach import answers_at_once, can_talk, national_line, reach
from .snapshot import Services
from .why import why
from .wording import word

FIRST_SHOWN = 3
# Who cannot be heard needs more than a page to read.
_SILENT_COST = 3
_OPEN_ORDER = {True: 0, None: 1, False: 2}
_CONFIDENCE_ORDER = {"high": 0, "medium": 1, "low": 2}
Match = tuple[Service, Fit, OpenState]


def find(
    services: Sequence[Service], query: Query, at: datetime, *, most: int | None = None
) -> list[Found]:
    """Services that fit, best first; the hub and the national line when nothing does.

    ``services`` may be a plain list; a ``Services`` is narrowed down by its index first.
    The first three are for showing at once (``FIRST_SHOWN``), the rest for "more"; ``most``
    stops after so many. Nothing is offered outside its area or eligibility, or when it is
    closed, without ``why`` saying so.
    """
    person = read(query)
    near = services.candidates(person) if isinstance(services, Services) else services
    matches = list(_matches(near, person, at))
    national = national_line(services)
    if all(service.role is Role.FINDER for service, _, _ in matches):
        return _fallback(services, person, at, national)
    matches = _that_can_be_first(matches, most)
    matches.sort(key=lambda match: _order(match, person.query))
    return [_found(match, person, national) for match in matches[:most]]


def _that_can_be_first(matches: list[Match], most: int | None) -> list[Match]:
    """Those that could come among the first; only they need the full comparison."""
    if not most or most >= len(matches):
        return matches
    least = nlargest(most, (how.points for _, how, _ in matches))[-1]
    return [match for match in matches if match[1].points >= least - _SILENT_COST]


def _matches(services: Iterable[Service], person: Person, at: datetime) -> Iterator[Match]:
    states: dict[int, OpenState] = {}  # many services keep the same hours
    for service in services:
        if not may_offer(service, person):
            continue
        state = states.get(id(service.hours))
        if state is None:
            state = states[id(service.hours)] = service.hours.at(at)
        if _has_stand_in(service) and state.open_now is False:
            continue
        if _is_open_enough(service, person, state):
            yield service, measure(service, person, state), state


def _is_open_enough(service: Service, person: Person, state: OpenState) -> bool:
    """Open for who needs it now; the one asked for also by hours that nobody has confirmed.

    The words of its hours say that they are not (159 in the night of a scam).
    """
    if state.open_now is True or not person.query.open_now:
        return True
    return state.seems_open and service.id in person.asked


def _has_stand_in(service: Service) -> bool:
    """Whether its own hours send people elsewhere while it is closed."""
    return "other times use" in service.hours_as_written


def _order(match: Match, query: Query) -> tuple[int, int, int, int, int, str]:
    service, how, state = match
    is_silent = not can_talk(service, query)
    must_be_silent = query.no_phone or query.hidden_from_bill
    return (
        _SILENT_COST * (is_silent and must_be_silent) - how.points,
        0 if service.is_local else 1,
        int(is_silent) + int(must_be_silent and not answers_at_once(service, query)),
        _OPEN_ORDER[state.open_now],
        _CONFIDENCE_ORDER[service.confidence],
        service.id,
    )


def _found(match: Match, person: Person, national: Service | None) -> Found:
    service, how, state = match
    return Found(
        service=service,
        why=why(service, person, how),
        open_now=state.open_now,
        hours_in_words=state.words,
        reach=reach(service, person.query, national),
    )


def _fallback(
    services: Sequence[Service], person: Person, at: datetime, national: Service | None
) -> list[Found]:
    """Nothing fits: say so, and give the hub of the county and the national line."""
    wish = replace(person.query, need=None, open_now=False)
    wide = replace(person, terms=frozenset(), query=wish)
    general = services.general if isinstance(services, Services) else services
    hubs = [one for one in general if _is_hub_of(one, person) and may_offer(one, wide)]
    found = [
        _as_fallback(service, wide, at, national)
        for service in (*hubs, *([national] if national else []))
    ]
    return sorted(found, key=lambda one: person.query.open_now and one.open_now is not True)


def _is_hub_of(service: Service, person: Person) -> bool:
    return service.role is Role.GENERAL and service.area == person.area


def _as_fallback(service: Service, wide: Person, at: datetime, national: Service | None) -> Found:
    state = service.hours.at(at)
    how = measure(service, wide, state)
    said = f"{word('fallback', 'nothing_fits')} {why(service, wide, how)}"
    return Found(
        service=service,
        why=said,
        open_now=state.open_now,
        hours_in_words=state.words,
        reach=reach(service, wide.query, national),
        is_fallback=True,
    )
