"""One service as it is, for a page of its own: nothing is known of who reads it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from .fit import measure
from .model import Found, Query, Role, Service
from .person import read
from .reach import national_line, reach
from .why import why

_NO_PAGE = frozenset({Role.NEVER, Role.EMERGENCY})


def describe(services: Iterable[Service], id_: str, at: datetime) -> Found | None:
    """The service of this id with all its limits; None when there is none to show."""
    known = tuple(services)
    service = next((one for one in known if one.id == id_ and one.role not in _NO_PAGE), None)
    if service is None:
        return None
    # A council's page speaks to the people of its district.
    district = min(service.districts) if service.area == "district" else None
    person = read(Query(district=district))
    state = service.hours.at(at)
    return Found(
        service=service,
        why=why(service, person, measure(service, person, state)),
        open_now=state.open_now,
        hours_in_words=state.words,
        reach=reach(service, person.query, national_line(known)),
    )
