"""The desk after nobody used it for a while: a password opens it, and nothing typed is lost."""

import json
from typing import Annotated, Any

from fastapi import APIRouter, FastAPI, Form, HTTPException, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import TypeAdapter, ValidationError

from channels.attempts import tried
from channels.console import views
from channels.console.pages import pages, wait_words
from channels.console.sign_in import (
    MustEnrol,
    holder,
    session_of,
    still_signed_in,
    where,
)
from channels.parts import Parts, Wired
from channels.web.pages import path_of
from channels.web.problem import problem
from knowledge.audit.model import Actor, acting
from knowledge.conversations.model import Priority
from knowledge.coordinators.model import Right
from knowledge.errors import Locked, NotAllowed, NotYet

router = APIRouter(prefix="/console", include_in_schema=False)
HOME = "/console"
_LONGEST_KEPT = 60_000


def add_doors(app: FastAPI) -> None:
    """Lead whoever may not go on yet to the page that lets them."""
    app.add_exception_handler(Locked, _locked)
    app.add_exception_handler(MustEnrol, _must_enrol)


@router.post("/unlock")
async def unlock(
    request: Request,
    parts: Wired,
    password: Annotated[str, Form(max_length=200)] = "",
    kept_to: Annotated[str, Form(max_length=300)] = "",
    kept: Annotated[str, Form(max_length=_LONGEST_KEPT)] = "",
) -> Response:
    """Open the session again, and give back what was being written."""
    acting(Actor("", where(request, parts.settings)))
    try:
        await parts.knowledge.coordinators.unlock(session_of(request), password)
    except NotYet as error:
        tried("passwords")
        return await _ask(request, kept_to, kept, refused=wait_words(error))
    except NotAllowed:
        # The session itself may be over: then the way is through the front door.
        await _owner(request, parts)
        return await _ask(request, kept_to, kept, refused="This is not your password.")
    return await _give_back(request, parts, kept_to, kept)


@router.post("/lock")
async def lock(
    request: Request,
    parts: Wired,
    kept_to: Annotated[str, Form(max_length=300)] = "",
    kept: Annotated[str, Form(max_length=_LONGEST_KEPT)] = "",
) -> Response:
    """Ask for the password, from a page on which somebody was writing."""
    if await still_signed_in(request, parts):
        return await _give_back(request, parts, kept_to, kept)
    await _owner(request, parts)
    return await _ask(request, kept_to, kept)


async def _locked(request: Request, _error: Exception) -> Response:
    path = path_of(request)
    if path.startswith("/api/"):
        return problem(request, 423, "Nobody used the desk for a while. Please sign in again.")
    if request.method == "GET":
        return await _ask(request, path, "")
    form = await request.form()
    fields = {name: value for name, value in form.multi_items() if isinstance(value, str)}
    return await _ask(request, path, json.dumps(fields))


async def _must_enrol(request: Request, _error: Exception) -> Response:
    if path_of(request).startswith("/api/"):
        return problem(request, 403, "Please set up your second step at the desk first.")
    return RedirectResponse("/console/account/second-factor", status_code=303)


async def _ask(request: Request, kept_to: str, kept: str, refused: str = "") -> Response:
    parts: Parts = request.app.state.parts
    shown = {
        "kept_to": kept_to,
        "kept": kept,
        "refused": refused,
        **await _waiting(request, parts),
    }
    return pages.TemplateResponse(request, "account_unlock.html", shown, status_code=423)


async def _waiting(request: Request, parts: Parts) -> dict[str, Any]:
    """How many wait, without a word of theirs: a locked desk must not hide an emergency."""
    who = await _owner(request, parts)
    issuer = parts.settings.oidc_name if who.from_issuer and parts.issuer else None
    known = {"name": who.name, "issuer": issuer}
    if not who.may(Right.SEE_QUEUE):
        return {**known, "waiting": None}
    queue = [one for one in await views.queue(parts, who) if one["holder"] == "waiting"]
    emergencies = [one for one in queue if one["priority"] == Priority.EMERGENCY]
    return {**known, "waiting": len(queue), "emergencies": len(emergencies)}


async def _owner(request: Request, parts: Parts) -> Any:
    """Whose locked session it is. Raises NotAllowed, which leads to the sign-in page."""
    return await parts.knowledge.coordinators.signed_in(session_of(request), is_active=False)


async def _give_back(request: Request, parts: Parts, kept_to: str, kept: str) -> Response:
    is_ours = kept_to == HOME or kept_to.startswith(f"{HOME}/")
    if not kept:
        return RedirectResponse(kept_to if is_ours else HOME, status_code=303)
    fields = _fields(kept)
    if not is_ours or not fields:
        return RedirectResponse(HOME, status_code=303)
    shown = {"who": await holder(request, parts), "kept_to": kept_to, "fields": fields}
    return pages.TemplateResponse(request, "account_kept.html", shown)


def _fields(kept: str) -> dict[str, str]:
    try:
        return TypeAdapter(dict[str, str]).validate_json(kept)
    except ValidationError:
        raise HTTPException(422, "This is not what the desk keeps.") from None
