"""Helplines for each kind of risk, those open now first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache

from .fit import could_use, measure
from .model import Found, Query, Service
from .person import Person, read
from .reach import national_line, reach
from .why import why
from .wording import table

ANYONE = "anyone"
_NOBODY_YET = Query()
_OPEN_ORDER = {True: 0, None: 1, False: 2}


@cache
def _table() -> dict[str, tuple[str, ...]]:
    return {row["category"]: tuple(row["ids"].split("|")) for row in table("lines.csv")}


def categories() -> tuple[str, ...]:
    """The categories that have lines of their own."""
    return tuple(_table())


def lines(
    services: Iterable[Service], category: str, at: datetime, query: Query = _NOBODY_YET
) -> list[Found]:
    """Helplines of a risk category, open ones first; unknown categories get lines for anyone.

    ``query`` is what is known of the person: lines they cannot use are left out, local ones
    come only when the county is known. The table is ``lines.csv``; numbers are the services'.
    """
    known = {service.id: service for service in services}
    person = read(query)
    wanted = [known[id_] for id_ in _table().get(category, _table()[ANYONE]) if id_ in known]
    fitting = [service for service in wanted if could_use(service, person)]
    found = [_found(service, person, at, wanted) for service in fitting]
    return sorted(found, key=_order)


def _order(found: Found) -> tuple[int, bool]:
    only_web = all(channel.kind == "web" for channel in found.reach.channels)
    return (_OPEN_ORDER[found.open_now], only_web)


def _found(service: Service, person: Person, at: datetime, services: Sequence[Service]) -> Found:
    state = service.hours.at(at)
    how = measure(service, person, state)
    return Found(
        service=service,
        why=why(service, person, how),
        open_now=state.open_now,
        hours_in_words=state.words,
        reach=reach(service, person.query, national_line(services)),
    )
