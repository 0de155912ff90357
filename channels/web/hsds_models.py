"""The shape of the directory's answers (HSDS-UK 3.0), for the API's own description.

Answers are made by knowledge/directory/hsds.py; a test holds every answer to these shapes.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel


class Publisher(BaseModel):
    """Who answers for a feed."""

    name: str
    website: str


class About(BaseModel):
    """What a feed is and to which standard."""

    version: str
    profile: str
    openapi_url: str
    description: str
    publisher: Publisher
    attributions: str


class OnePage[T](BaseModel):
    """One page of a list."""

    total_items: int
    total_pages: int
    page_number: int
    size: int
    first_page: bool
    last_page: bool
    empty: bool
    contents: list[T]


class Problem(BaseModel):
    """Why there is no answer (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str


class Organization(BaseModel):
    """Who runs a service."""

    id: str
    name: str
    description: str


class Taxonomy(BaseModel):
    """A list of terms."""

    id: str
    name: str
    description: str
    version: str


class Term(BaseModel):
    """One term; its code is ours, such as `needs/finance_benefits`."""

    id: str
    code: str
    name: str
    term: str
    description: str
    taxonomy: str
    taxonomy_id: str


class Schedule(BaseModel):
    """When a service is open; hours that are not weekly stand in the description alone."""

    id: str
    service_id: str
    description: str
    freq: Literal["WEEKLY"] | None = None
    interval: int | None = None
    byday: str | None = None
    opens_at: str | None = None
    closes_at: str | None = None


class Area(BaseModel):
    """Where people must live to use a service."""

    id: str
    service_id: str
    name: str
    service_area: str
    extent_type: Literal["text"]


class Phone(BaseModel):
    """A confirmed number; what is in doubt is left out."""

    id: str
    service_id: str
    number: str
    type: Literal["voice", "text"]


class Tongue(BaseModel):
    """A language that is spoken there."""

    id: str
    service_id: str
    name: str


class Cost(BaseModel):
    """What it costs."""

    id: str
    service_id: str
    option: str
    amount_description: str
    amount: float | None = None


class Attribute(BaseModel):
    """A term that a service is sorted under."""

    id: str
    service_id: str
    link_type: Literal["crime", "need", "group", "gender", "limit"]
    taxonomy_term_id: str
    taxonomy_term: Term


class Location(BaseModel):
    """An area in the place of a location: no address is ever given."""

    id: str
    name: str
    description: str
    location_type: Literal["virtual"]


class Place(BaseModel):
    """A service in one of its areas, in short."""

    id: str
    location: Location


class Provenance(BaseModel):
    """What the standard has no place for: our short id, the source, how sure we are of it."""

    id: str
    source: str
    verified: str
    confidence: Literal["high", "medium", "low"]
    area: str
    role: str
    hours: str


class Service(BaseModel):
    """A service in short; with `minimal=true` only `id` and `modified_date`, with `full=true`
    all its lists."""

    id: str
    name: str
    description: str
    url: str
    status: Literal["active", "inactive"]
    organization: Organization
    last_modified: str
    minimum_age: int
    maximum_age: int
    email: str | None = None
    eligibility_description: str | None = None
    fees_description: str | None = None
    assured_date: str | None = None
    alert: str | None = None
    interpretation_services: str | None = None
    application_process: str | None = None


class FullService(Service):
    """A service with all its lists, and where its facts are from."""

    schedules: list[Schedule]
    languages: list[Tongue]
    phones: list[Phone]
    service_areas: list[Area]
    cost_options: list[Cost]
    attributes: list[Attribute]
    service_at_locations: list[Place]
    contacts: list[str]
    funding: list[str]
    waymark: Provenance


class OneOrganization(Organization):
    """An organization with its services."""

    services: list[Service]


class AtLocation(Place):
    """A service in one of its areas."""

    service_id: str
    service: Service


class OneAtLocation(Place):
    """The same with everything about the service."""

    service: FullService
