"""The way to the issuer and back."""

import logging
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from channels.console.pages import beginning_of, pages, refused_sign_in
from channels.console.sign_in import device_of, set_session, where
from channels.floods import SIGN_INS, Flooded
from channels.issuer import Issuer, IssuerAway, IssuerRefused
from channels.parts import Parts, Wired
from channels.web import cookies
from channels.web.chat_api import address
from knowledge.audit.model import Actor, acting
from knowledge.coordinators.model import SignIn
from knowledge.errors import NotAllowed, NotFound
from knowledge.issuer.operations import ON_THE_WAY

log = logging.getLogger(__name__)
router = APIRouter(prefix="/console/oidc", include_in_schema=False)
AWAY = "That sign-in can't be reached now. Please try again, or use a password."
REFUSED = "This did not let you in. Please ask an administrator of the desk to invite you."


@router.get("/start")
async def start(request: Request, parts: Wired) -> Response:
    """Go to the issuer; a cookie ties the way back to this browser."""
    issuer = _issuer(parts)
    try:
        await parts.floods.check(SIGN_INS, address(request))
        flow = await parts.knowledge.issued.begin()
        response = RedirectResponse(await issuer.address(flow), status_code=303)
    except Flooded:
        return refused_sign_in(request, "Too many tries. Please wait a minute.", 429)
    except IssuerAway as error:
        log.error("the issuer is away: %s", error)
        return refused_sign_in(request, AWAY, 503)
    cookies.put(
        response,
        parts.settings,
        cookies.SIGN_IN,
        flow.browser,
        seconds=int(ON_THE_WAY.total_seconds()),
        site="lax",  # the way back starts at another site
    )
    return response


@router.get("/callback")
async def callback(
    request: Request,
    parts: Wired,
    code: Annotated[str, Query(max_length=4000)] = "",
    state: Annotated[str, Query(max_length=200)] = "",
    iss: Annotated[str | None, Query(max_length=300)] = None,
) -> Response:
    """Come back from the issuer, once."""
    issuer = _issuer(parts)
    acting(Actor("", where(request, parts.settings)))
    try:
        flow = await parts.knowledge.issued.back(state, cookies.read(request, cookies.SIGN_IN))
        if not code:
            raise IssuerRefused("no code")
        claimed = await issuer.claimed(code, flow, iss)
        device = f"{device_of(request)}, {parts.settings.oidc_name}"
        opened = await parts.knowledge.issued.sign_in(claimed, device)
    except IssuerAway as error:
        log.error("the issuer is away: %s", error)
        return _without_flow(refused_sign_in(request, AWAY, 503), parts)
    except (IssuerRefused, NotAllowed):
        await parts.knowledge.issued.refused()
        return _without_flow(refused_sign_in(request, REFUSED, 401), parts)
    return _without_flow(_in(request, parts, opened), parts)


def _in(request: Request, parts: Parts, opened: SignIn) -> Response:
    """A page of our own that goes on: a redirect from the issuer would not carry our cookie."""
    shown = {"home": beginning_of(opened)}
    response = pages.TemplateResponse(request, "account_signed_in.html", shown)
    set_session(response, opened, parts.settings)
    return response


def _without_flow(response: Response, parts: Parts) -> Response:
    cookies.forget(response, parts.settings, cookies.SIGN_IN)
    return response


def _issuer(parts: Parts) -> Issuer:
    if parts.issuer is None:
        raise NotFound("issuer")
    return parts.issuer
