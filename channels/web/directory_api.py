"""The service directory as open data: the endpoints of Open Referral UK (HSDS-UK 3.0)."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import JSONResponse

from channels.floods import DIRECTORY
from channels.parts import Wired
from channels.web.chat_api import address
from channels.web.directory_filters import Filters, chosen
from channels.web.hsds_models import (
    About,
    AtLocation,
    FullService,
    OneAtLocation,
    OneOrganization,
    OnePage,
    Organization,
    Problem,
    Service,
    Taxonomy,
    Term,
)
from knowledge.directory import hsds
from knowledge.directory.ids import service_key
from knowledge.errors import NotFound

STUB = "/api/directory"
NOT_FOUND: dict[int | str, dict[str, Any]] = {404: {"model": Problem}}
LONGEST_PAGE = 500
LONGEST_MINIMAL = 100_000  # the standard asks for all ids in one page
FRESH = "public, max-age=60"
# What a page elsewhere may ask (it says so first when it sends a header of its own).
ASKED_FROM_ELSEWHERE = {
    "Access-Control-Allow-Methods": "GET",
    "Access-Control-Allow-Headers": "Accept, Content-Type, If-None-Match",
    "Access-Control-Max-Age": "86400",
}
LICENCES = (
    "Places: GeoNames, CC BY 4.0, https://www.geonames.org/. Contains public sector information "
    "licensed under the Open Government Licence v3.0 (Office for National Statistics boundaries)."
)


async def _measured(request: Request, parts: Wired) -> None:
    await parts.floods.check(DIRECTORY, address(request))


router = APIRouter(prefix=STUB, tags=["directory"], dependencies=[Depends(_measured)])


@dataclass(frozen=True)
class Paging:
    """Which page, and how long it is."""

    page: Annotated[int, Query(ge=1, le=1_000_000)] = 1
    per_page: Annotated[int, Query(ge=1, le=LONGEST_PAGE)] = 50


@router.options("/{_path:path}", include_in_schema=False)
async def may_ask() -> Response:
    """That any page may read all of it."""
    return Response(status_code=204, headers=ASKED_FROM_ELSEWHERE)


Paged = Annotated[Paging, Depends()]
Chosen = Annotated[Filters, Depends()]


@router.get("/", response_model=About)
async def about(request: Request, parts: Wired) -> Response:
    """What this feed is, who publishes it, and to which standard."""
    site = parts.settings.site
    said = {
        "version": hsds.VERSION,
        "profile": hsds.PROFILE,
        "openapi_url": f"{site}/openapi.json",
        "description": "Services for victims of crime in Hertfordshire, Cambridgeshire and "
        "Peterborough, and national ones.",
        "publisher": {"name": "Waymark", "website": f"{site}/"},
        "attributions": LICENCES,
    }
    return _answer(request, said)


@router.get("/services", response_model=OnePage[Service])
async def services(request: Request, parts: Wired, paging: Paged, filters: Chosen) -> Response:
    """The services, a page at a time.

    `full=true` nests everything, `minimal=true` gives ids and dates alone.
    """
    found = chosen(parts.knowledge.directory.services(), filters)
    if filters.minimal:
        whole = Paging(1, LONGEST_MINIMAL)
        return _page(request, found, whole, hsds.minimal)
    return _page(request, found, paging, hsds.full if filters.full else hsds.summary)


@router.get("/services/{id}", responses=NOT_FOUND, response_model=FullService)
async def service(id: str, request: Request, parts: Wired) -> Response:
    """One service with everything about it, by its UUID or its short id."""
    services = parts.knowledge.directory.services()
    found = services.by_key.get(id) or services.by_id.get(id)
    if found is None:
        raise NotFound(id)
    return _answer(request, hsds.full(found))


@router.get("/organizations", response_model=OnePage[Organization])
async def organizations(request: Request, parts: Wired, paging: Paged) -> Response:
    """The organizations behind the services."""
    found = hsds.organizations(parts.knowledge.directory.services())
    return _page(request, found, paging)


@router.get("/organizations/{id}", responses=NOT_FOUND, response_model=OneOrganization)
async def organization(id: str, request: Request, parts: Wired) -> Response:
    """One organization, with its services."""
    ours = parts.knowledge.directory.services()
    found = _one(hsds.organizations(ours), id)
    of_it = [hsds.summary(one) for one in ours if hsds.organization(one)["id"] == id]
    return _answer(request, found | {"services": of_it})


@router.get("/service_at_locations", response_model=OnePage[AtLocation])
async def at_locations(request: Request, parts: Wired, paging: Paged, filters: Chosen) -> Response:
    """Services where they are offered: by area, never by address."""
    found = chosen(parts.knowledge.directory.services(), filters)
    pairs = [(one, at) for one in found for at in hsds.at_locations(one)]
    return _page(request, pairs, paging, lambda pair: _at(*pair))


@router.get("/service_at_locations/{id}", responses=NOT_FOUND, response_model=OneAtLocation)
async def at_location(id: str, request: Request, parts: Wired) -> Response:
    """One service in one of its areas."""
    for one in parts.knowledge.directory.services():
        for at in hsds.at_locations(one):
            if at["id"] == id:
                return _answer(request, at | {"service": hsds.full(one)})
    raise NotFound(id)


@router.get("/taxonomies", response_model=OnePage[Taxonomy])
async def taxonomies(request: Request, paging: Paged) -> Response:
    """The taxonomies of our own: needs, crimes, people, limits."""
    return _page(request, hsds.taxonomies(), paging)


@router.get("/taxonomies/{id}", responses=NOT_FOUND, response_model=Taxonomy)
async def taxonomy(id: str, request: Request) -> Response:
    """One taxonomy."""
    return _answer(request, _one(hsds.taxonomies(), id))


@router.get("/taxonomy_terms", response_model=OnePage[Term])
async def taxonomy_terms(
    request: Request, paging: Paged, taxonomy_id: str | None = None
) -> Response:
    """The terms, of one taxonomy or of all."""
    found = hsds.taxonomy_terms()
    if taxonomy_id:
        found = [term for term in found if term["taxonomy_id"] == taxonomy_id]
    return _page(request, found, paging)


@router.get("/taxonomy_terms/{id}", responses=NOT_FOUND, response_model=Term)
async def taxonomy_term(id: str, request: Request) -> Response:
    """One term."""
    return _answer(request, _one(hsds.taxonomy_terms(), id))


def _page[T](
    request: Request,
    items: Sequence[T],
    paging: Paging,
    shown: Callable[[T], Any] = lambda item: item,
) -> Response:
    """The standard's wrapper around one page."""
    pages = math.ceil(len(items) / paging.per_page)
    start = (paging.page - 1) * paging.per_page
    contents = [shown(item) for item in items[start : start + paging.per_page]]
    wrapped = {
        "total_items": len(items),
        "total_pages": pages,
        "page_number": paging.page,
        "size": len(contents),
        "first_page": paging.page == 1,
        "last_page": paging.page >= pages,
        "empty": not contents,
        "contents": contents,
    }
    return _answer(request, wrapped)


def _answer(request: Request, body: Any) -> Response:
    """The body, or 304 when the reader has it already."""
    answer = JSONResponse(body)
    tag = f'"{hashlib.sha256(answer.body).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": FRESH, "Access-Control-Expose-Headers": "ETag"}
    given = request.headers.get("if-none-match", "")
    if tag in [one.strip().removeprefix("W/") for one in given.split(",")]:
        return Response(status_code=304, headers=headers)
    answer.headers.update(headers)
    return answer


def _one(items: Sequence[hsds.Item], id_: str) -> hsds.Item:
    for item in items:
        if item["id"] == id_:
            return item
    raise NotFound(id_)


def _at(service: Any, at: hsds.Item) -> hsds.Item:
    return at | {"service_id": service_key(service.id), "service": hsds.summary(service)}
