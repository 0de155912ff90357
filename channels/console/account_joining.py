"""Joining the team by a link: a name, a password, and one is in."""

from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from channels.console.pages import pages
from channels.console.sign_in import open_session, set_session, where
from channels.floods import SIGN_INS
from channels.parts import Parts, Wired
from channels.web.chat_api import address
from channels.web.keys import from_this_site
from knowledge.audit.model import Actor, acting
from knowledge.coordinators.model import Invitation
from knowledge.coordinators.passwords import PasswordRefused
from knowledge.errors import NotFound

router = APIRouter(prefix="/console/invitation", include_in_schema=False)


@router.get("/{secret}")
async def joining(secret: str, request: Request, parts: Wired) -> Response:
    """What somebody is invited to, and the form."""
    try:
        return _page(request, await parts.knowledge.team.invitation(secret))
    except NotFound:
        return _over(request)


@router.post("/{secret}")
async def join(
    secret: str,
    request: Request,
    parts: Wired,
    name: Annotated[str, Form(max_length=100)] = "",
    password: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    """Join the team, once, and sign in."""
    if not from_this_site(request):
        raise HTTPException(403, "The desk can only be used from its own site.")
    await parts.floods.check(SIGN_INS, address(request))
    try:
        invitation = await parts.knowledge.team.invitation(secret)
        return await _joined(request, parts, invitation, (secret, name.strip(), password))
    except NotFound:
        return _over(request)


async def _joined(
    request: Request, parts: Parts, invitation: Invitation, given: tuple[str, str, str]
) -> Response:
    secret, name, password = given
    if not name:
        return _page(request, invitation, problems={"name": "Please write a name."})
    acting(Actor("", where(request, parts.settings)))
    try:
        await parts.knowledge.team.accept(secret, name, password)
    except PasswordRefused as error:
        return _page(request, invitation, name, problems={"password": str(error)})
    opened = await open_session(request, parts, (invitation.email, password, ""))
    response = RedirectResponse("/console/account/second-factor", status_code=303)
    set_session(response, opened, parts.settings)
    return response


def _page(
    request: Request,
    invitation: Invitation,
    name: str = "",
    problems: dict[str, str] | None = None,
) -> Response:
    shown = {"invitation": invitation, "name": name, "problems": problems or {}}
    status = 422 if problems else 200
    return pages.TemplateResponse(request, "account_joining.html", shown, status_code=status)


def _over(request: Request) -> Response:
    shown = {"invitation": None}
    return pages.TemplateResponse(request, "account_joining.html", shown, status_code=404)
