"""The directory in the words of Open Referral UK (HSDS-UK 3.0), for whoever reads it as data.

A number or text number that is not confirmed is left out and ``alert`` says so. No address is
ever given: a service stands at its area. https://docs.openreferral.org/en/v3.0.1/hsds/ and
https://open-referral-uk-profile.readthedocs.io/
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from .ids import key_of, service_key
from .model import Role, Service
from .reach import is_marked_doubtful, sure_numbers
from .rows import districts
from .schedules import schedules_of
from .shape import TERMS
from .taxonomies import NAMES, Term, terms
from .wording import word

Item = dict[str, Any]
PROFILE = "https://docs.openreferraluk.org/"
VERSION = "HSDS-UK-3.0"
_SEEDED = datetime(2026, 1, 1, tzinfo=UTC)  # of what stands in our file and was never kept


def minimal(service: Service) -> Item:
    """The id of a service and when it changed."""
    return {"id": service_key(service.id), "modified_date": _modified(service)}


def summary(service: Service) -> Item:
    """The fields of a service that are there once, with its organization."""
    found: Item = {
        "id": service_key(service.id),
        "name": service.name,
        "description": service.description or service.name,
        "url": service.url,
        "status": "inactive" if service.role is Role.NEVER else "active",
        "organization": organization(service),
        "last_modified": _modified(service),
        "minimum_age": service.eligible.min_age,
        "maximum_age": service.eligible.max_age,
    }
    optional = {
        "email": service.email if service.is_confirmed else "",
        "eligibility_description": service.eligibility,
        "fees_description": service.cost,
        "assured_date": service.assured_on.isoformat() if service.assured_on else "",
        "alert": "" if _is_sure(service) else word("hsds", "alert"),
        "interpretation_services": "; ".join(service.languages[1:]),
        "application_process": word("hsds", "report_first") if service.report_needed else "",
    }
    return found | {name: value for name, value in optional.items() if value}


def full(service: Service) -> Item:
    """A service with all its lists, and where each fact is from (``waymark``)."""
    key = service_key(service.id)
    return summary(service) | {
        "schedules": _list(key, "schedule", _schedules(service)),
        "languages": _list(key, "language", ({"name": name} for name in service.languages)),
        "phones": _list(key, "phone", _phones(service)),
        "service_areas": _list(key, "area", _areas(service)),
        "cost_options": _list(key, "cost", _costs(service)),
        "attributes": _list(key, "attribute", _attributes(service)),
        "service_at_locations": [
            {"id": one["id"], "location": one["location"]} for one in at_locations(service)
        ],
        "contacts": [],
        "funding": [],
        "waymark": _provenance(service),
    }


def organization(service: Service) -> Item:
    """The organization that runs a service."""
    name = service.organisation or service.name
    return {
        "id": key_of("organization", name),
        "name": name,
        "description": word("hsds", "organization", name=name),
    }


def organizations(services: Iterable[Service]) -> list[Item]:
    """Every organization, once, in the order of names."""
    found = {one["id"]: one for one in map(organization, services)}
    return sorted(found.values(), key=lambda one: (one["name"], one["id"]))


def at_locations(service: Service) -> list[Item]:
    """Where a service is offered: its areas, never a building."""
    return [
        {
            "id": key_of("at", f"{service.id}/{area['name']}"),
            "location": {
                "id": key_of("location", area["name"]),
                "name": area["name"],
                "description": word("hsds", "location"),
                "location_type": "virtual",
            },
        }
        for area in _areas(service)
    ]


def taxonomies() -> list[Item]:
    """The taxonomies of our own."""
    return [_taxonomy(id_, name) for id_, name in NAMES.items()]


def taxonomy_terms() -> list[Item]:
    """Every term of them."""
    return [_term(term) for term in terms()]


def modified_at(service: Service) -> datetime:
    """When anything of a service changed last."""
    return (service.changed_at or _SEEDED).astimezone(UTC)


def terms_of(service: Service) -> list[Item]:
    """The terms a service is sorted under."""
    return [one["taxonomy_term"] for one in _attributes(service)]


def _modified(service: Service) -> str:
    return modified_at(service).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _taxonomy(id_: str, name: str) -> Item:
    return {
        "id": key_of("taxonomy", id_),
        "name": name,
        "description": word("hsds", "taxonomy", name=name),
        "version": "1",
    }


def _term(term: Term) -> Item:
    return {
        "id": key_of("term", term.id),
        "code": term.id,
        "name": term.name,
        "term": term.name,
        "description": term.name,
        "taxonomy": NAMES[term.taxonomy],
        "taxonomy_id": key_of("taxonomy", term.taxonomy),
    }


_TERMS = {term.id: _term(term) for term in terms()}


def _is_sure(service: Service) -> bool:
    return service.is_confirmed and not is_marked_doubtful(service)


def _list(key: str, kind: str, items: Iterable[Item]) -> list[Item]:
    return [
        {"id": key_of(kind, f"{key}/{number}"), "service_id": key, **item}
        for number, item in enumerate(items)
    ]


def _schedules(service: Service) -> Iterator[Item]:
    for one in schedules_of(service.hours_as_written):
        found: Item = {"description": one.description or service.hours_as_written}
        if one.byday:
            found |= {"freq": "WEEKLY", "interval": 1, "byday": one.byday}
            found |= {"opens_at": one.opens_at, "closes_at": one.closes_at}
        yield found


def _phones(service: Service) -> Iterator[Item]:
    for kind, number in sure_numbers(service):
        yield {"number": number, "type": kind}


def _areas(service: Service) -> Iterator[Item]:
    if service.districts:
        for name in sorted(districts()[one] for one in service.districts):
            yield {"name": name, "service_area": name, "extent_type": "text"}
    else:
        name = "England" if service.area == "national" else word("places", service.area)
        yield {"name": name, "service_area": name, "extent_type": "text"}


def _costs(service: Service) -> Iterator[Item]:
    if service.cost:
        amount = {"amount": 0} if service.cost == "free" else {}
        yield {"option": service.cost, "amount_description": service.cost, **amount}


def _attributes(service: Service) -> Iterator[Item]:
    eligible = service.eligible
    codes = {
        "crime": service.crime_types,
        "need": sorted(service.needs),
        "group": sorted(eligible.groups),
        "gender": [eligible.gender] if eligible.gender else [],
        "limit": eligible.limits,
    }
    for link_type, found in codes.items():
        for code in found:
            term = _TERMS[f"{TERMS[link_type][1]}/{code}"]
            yield {"link_type": link_type, "taxonomy_term_id": term["id"], "taxonomy_term": term}


def _provenance(service: Service) -> Item:
    """What the standard has no place for: our own id, the source, how sure we are."""
    return {
        "id": service.id,
        "source": service.source,
        "verified": service.verified,
        "confidence": service.confidence,
        "area": service.area,
        "role": str(service.role),
        "hours": service.hours_as_written,
    }
