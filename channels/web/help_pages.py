"""The public pages: help near you, one page a service, one a kind of crime, and the pledge.

They work without script, set no cookie and keep nothing. A search that is made here has a sealed
address (help_address.py). Another site may lead here with a plain one (`/help?crime=…`); no log
and no other site is told it (headers.py, `python -m channels`).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import QueryParams

from channels.parts import Parts, Wired
from channels.web.help_address import SEALED, opened, sealed
from channels.web.help_search import Search, Where, without_house
from channels.web.help_views import Card, Details
from channels.web.help_words import hear
from channels.web.keys import only_from_this_site
from channels.web.languages import noted
from channels.web.pages import pages
from knowledge.assessment.model import NEEDS
from knowledge.clock import LONDON
from knowledge.directory import Found, Query, describe, find
from knowledge.directory.person import read
from knowledge.directory.wording import words

router = APIRouter(prefix="/help", include_in_schema=False)

COUNTIES = ("hertfordshire", "cambridgeshire")
WHO = {
    "woman": noted("Women"),
    "man": noted("Men"),
    "lgbt": noted("LGBT+ people"),
    "deaf": noted("Deaf people"),
    "at_risk_adult": noted("Disabled people, or adults who need care"),
    "child": noted("Children and young people"),
    "older": noted("Older people"),
    "migrant": noted("People who came here from another country"),
    "muslim": noted("Muslim people"),
    "jewish": noted("Jewish people"),
}


@router.get("")
async def search(request: Request, parts: Wired) -> Response:
    """The search, and what it finds."""
    choices, token = _choices(parts), request.query_params.get(SEALED)
    given = request.query_params if token is None else opened(token, _now(parts))
    if given is None:
        return RedirectResponse("/help", status_code=303)
    asked = Search.read(given, choices)
    shorter = without_house(asked, parts.help)
    link = shorter.link if token is None else partial(sealed, shorter, _now(parts))
    if shorter != asked:
        return RedirectResponse(link(), status_code=303)
    shown = {
        "search": asked,
        "choices": choices,
        "crimes": parts.help.guidance.crimes,
        "link": link,
    }
    if asked.asks:
        shown |= _found(asked, parts)
    return pages.TemplateResponse(request, "help_search.html", shown)


@router.post("")
async def look(request: Request, parts: Wired) -> Response:
    """Look for what the form says; where it leads, nobody can read what that was."""
    only_from_this_site(request)
    fields = (await request.form()).multi_items()
    given = QueryParams([(name, said) for name, said in fields if isinstance(said, str)])
    asked = without_house(Search.read(given, _choices(parts)), parts.help)
    to = sealed(asked, _now(parts)) if asked.asks else "/help"
    return RedirectResponse(to, status_code=303)


@router.get("/services/{service_id}")
async def service(request: Request, service_id: str, parts: Wired) -> Response:
    """One service with all that may be shown of it."""
    found = describe(parts.help.services(), service_id, _now(parts))
    if found is None:
        return _not_found(request)
    shown = {"card": Card.of(found), "details": Details.of(found.service)}
    return pages.TemplateResponse(request, "help_service.html", shown)


@router.get("/crimes/{crime_type}")
async def crime(request: Request, crime_type: str, parts: Wired) -> Response:
    """What to expect after one kind of crime, the rights, and who helps."""
    page = parts.help.guidance.crimes.get(crime_type)
    if page is None:
        return _not_found(request)
    shown = {
        "crime": page,
        "cards": [Card.of(one) for one in _who_helps(page.type, parts)],
        "search": Search(crime=page.type),
    }
    return pages.TemplateResponse(request, "help_crime.html", shown)


@router.get("/pledge")
async def pledge(request: Request, parts: Wired) -> Response:
    """What people can expect, on one page."""
    shown = {"pledge": parts.help.guidance.pledge}
    return pages.TemplateResponse(request, "help_pledge.html", shown)


def _who_helps(crime_type: str, parts: Parts) -> list[Found]:
    """Three for readers from anywhere: the best of each county and of the whole country.

    The national one comes first where it is what people in both counties need first.
    """
    services, now, wish = parts.help.services(), _now(parts), Query(crime_type=crime_type)
    everywhere = find(services, wish, now, most=1)
    near = [find(services, replace(wish, county=county), now) for county in COUNTIES]
    best = [one for found in near if (one := _first_local(found))]
    is_first = all(found and not found[0].service.is_local for found in near)
    return [*everywhere, *best] if is_first else [*best, *everywhere]


def _first_local(found: list[Found]) -> Found | None:
    return next((one for one in found if one.service.is_local), None)


def _is_unread(query: Query, found: list[Found], parts: Parts) -> bool:
    """Whether the words told nothing, so that the same is found without them."""
    told = read(query).query
    if told.crime_type or told.need or hear(query.text).understood:
        return False
    plain = replace(query, text="")
    return found == find(parts.help.services(), plain, _now(parts), most=len(found))


def _found(asked: Search, parts: Parts) -> dict[str, Any]:
    where = Where.read(asked, parts.help)
    query = asked.query(parts.help, where.meaning)
    found = find(parts.help.services(), query, _now(parts), most=asked.show + 1)
    return {
        "unread": asked.hangs_on_words and _is_unread(query, found, parts),
        "where": where,
        "cards": [Card.of(one) for one in found[: asked.show]],
        "more": len(found) > asked.show,
        "nothing": not found or found[0].is_fallback,
        "about": parts.help.guidance.crimes.get(query.crime_type or ""),
    }


def _not_found(request: Request) -> Response:
    return pages.TemplateResponse(request, "help_not_found.html", status_code=404)


def _choices(parts: Parts) -> dict[str, dict[str, str]]:
    """The values of each filter with their words."""
    return {
        "crime": {one.type: one.title for one in parts.help.guidance.crimes.values()},
        "need": {need: words("needs")[need] for need in NEEDS},
        "who": WHO,
        "language": dict(sorted(words("languages").items(), key=lambda one: one[1])),
    }


def _now(parts: Parts) -> datetime:
    return parts.knowledge.clock().astimezone(LONDON)
