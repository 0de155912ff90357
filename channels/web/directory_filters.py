"""The filters of the directory's API, as HSDS-UK names them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Annotated, Literal

from fastapi import HTTPException, Query

from knowledge.directory import Query as Wish
from knowledge.directory import Service, hsds
from knowledge.directory.fit import covers
from knowledge.directory.person import read
from knowledge.directory.schedules import schedules_of
from knowledge.places import Gazetteer

Text = Annotated[str | None, Query(max_length=200)]
Age = Annotated[float | None, Query(ge=0, le=150)]
Clock = Annotated[str | None, Query(pattern=r"^\d\d:\d\d(:\d\d)?$")]


@dataclass(frozen=True)
class Filters:
    """What a reader may ask for; everything left out lets all through."""

    search: Text = None
    taxonomy_term_id: Text = None
    taxonomy_id: Text = None
    organization_id: Text = None
    postcode: Annotated[str | None, Query(max_length=12)] = None
    minimum_age: Age = None
    maximum_age: Age = None
    day: Literal["MO", "TU", "WE", "TH", "FR", "SA", "SU", None] = None
    start_time: Clock = None
    end_time: Clock = None
    modified_after: datetime | None = None
    minimal: bool = False
    full: bool = False


def chosen(services: Iterable[Service], filters: Filters) -> Sequence[Service]:
    """The services that a reader asked for, in the order of their ids."""
    area = _area(filters.postcode) if filters.postcode else None
    return [one for one in services if _fits(one, filters) and (not area or _serves(one, area))]


def _fits(service: Service, filters: Filters) -> bool:
    return (
        _says(service, filters.search)
        and _has_term(service, filters)
        and _is_of(service, filters.organization_id)
        and _fits_ages(service, filters)
        and _is_open(service, filters)
        and _changed_after(service, filters.modified_after)
    )


def _says(service: Service, search: str | None) -> bool:
    words = (search or "").lower().split()
    said = f"{service.name} {service.organisation} {service.description} {service.eligibility}"
    return all(word in said.lower() for word in words)


def _has_term(service: Service, filters: Filters) -> bool:
    if not (filters.taxonomy_term_id or filters.taxonomy_id):
        return True
    terms = hsds.terms_of(service)
    ids = {term[name] for term in terms for name in ("id", "code")}
    return filters.taxonomy_term_id in {None, *ids} and filters.taxonomy_id in {
        None,
        *(term["taxonomy_id"] for term in terms),
    }


def _is_of(service: Service, organization: str | None) -> bool:
    return organization is None or hsds.organization(service)["id"] == organization


def _fits_ages(service: Service, filters: Filters) -> bool:
    low, high = service.eligible.min_age, service.eligible.max_age
    return low >= (filters.minimum_age or 0) and (
        filters.maximum_age is None or high <= filters.maximum_age
    )


def _is_open(service: Service, filters: Filters) -> bool:
    if not (filters.day or filters.start_time or filters.end_time):
        return True
    return any(
        one.byday
        and (filters.day or "") in one.byday
        and one.opens_at >= (filters.start_time or "")[:5]
        and (filters.end_time is None or one.closes_at <= filters.end_time[:5])
        for one in schedules_of(service.hours_as_written)
    )


def _changed_after(service: Service, moment: datetime | None) -> bool:
    if moment is None:
        return True
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return hsds.modified_at(service) >= moment


@cache
def _places() -> Gazetteer:
    return Gazetteer.load()


def _area(postcode: str) -> Wish:
    """Where a postcode lies. Answers 422 for one that is unknown or lies in several areas."""
    found = _places().resolve(postcode)
    if found.place is None or found.outside:
        raise HTTPException(422, "We don't know which town this postcode is in.")
    return Wish(district=found.place.district, county=found.place.county)


def _serves(service: Service, area: Wish) -> bool:
    return covers(service, read(area))
