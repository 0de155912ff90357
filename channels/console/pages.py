"""The desk's pages. They work with forms and reloads; a script keeps them up to date."""

from collections.abc import Awaitable
from math import ceil
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request, Response
from fastapi.responses import RedirectResponse
from fastapi.templating import Jinja2Templates

from channels.console import views
from channels.console.readable import filters
from channels.console.sign_in import (
    LONGEST_CODE,
    Notes,
    SignedIn,
    Takes,
    forget_session,
    open_session,
    session_of,
    set_session,
)
from channels.floods import SIGN_INS, Flooded
from channels.message import LONGEST
from channels.parts import Parts, Wired
from channels.web.chat_api import address
from channels.web.keys import from_this_site
from knowledge.audit.model import What
from knowledge.coordinators.model import Coordinator, Right, SignIn
from knowledge.coordinators.operations import MOST_SESSIONS
from knowledge.errors import Conflict, NotAllowed, NotYet, Refused

HOME = "/console"
ACCOUNT = "/console/account"
router = APIRouter(prefix=HOME, include_in_schema=False)
pages = Jinja2Templates(Path(__file__).parent / "templates")
pages.env.filters.update(filters())
WRONG = "Address, password and code do not fit. Please try again."
# What a new session is told when an older one was ended for it.
ROOM = (
    f"You were signed in on {MOST_SESSIONS} devices already. The one that was used longest "
    "ago is signed out."
)
# Why a session is over, where its owner should know.
ENDED = {
    "room": (
        f"You signed in on more than {MOST_SESSIONS} devices, so this one was signed out. "
        "If that was not you, change your password now."
    )
}


@router.get("/sign-in")
async def sign_in_page(request: Request, ended: str = "") -> Response:
    """Address and password, or the force's own directory; ``ended`` says why one is here."""
    return refused_sign_in(request, ENDED.get(ended, ""), 200)


@router.post("/sign-in")
async def sign_in(
    request: Request,
    parts: Wired,
    email: Annotated[str, Form(max_length=254)] = "",
    password: Annotated[str, Form(max_length=200)] = "",
    code: Annotated[str, Form(max_length=LONGEST_CODE)] = "",
) -> Response:
    """Open a session, or say that address, password and code do not fit."""
    if not from_this_site(request):
        raise HTTPException(403, "The desk can only be used from its own site.")
    try:
        await parts.floods.check(SIGN_INS, address(request))
        opened = await open_session(request, parts, (email, password, code))
    except NotAllowed:
        return refused_sign_in(request, WRONG, 401)
    except NotYet as error:
        return refused_sign_in(request, wait_words(error), 429)
    except Flooded:
        return refused_sign_in(request, "Too many tries. Please wait a minute.", 429)
    response = RedirectResponse(beginning_of(opened), status_code=303)
    set_session(response, opened, parts.settings)
    return response


@router.post("/sign-out")
async def sign_out(request: Request, parts: Wired) -> Response:
    """Close the session."""
    await parts.knowledge.coordinators.sign_out(session_of(request))
    response = RedirectResponse("/console/sign-in", status_code=303)
    forget_session(response, parts.settings)
    return response


@router.get("")
async def queue(request: Request, who: SignedIn, parts: Wired, said: str = "") -> Response:
    """The queue, the most urgent first; who may not see it is led to their own work."""
    if not who.may(Right.SEE_QUEUE):
        return RedirectResponse(home_of(who), status_code=303)
    await parts.knowledge.audit.looked(What.SAW_QUEUE)
    shown = {"who": who, "now": parts.knowledge.clock(), "said": ROOM if said == "room" else ""}
    shown |= await views.desk(parts, who)
    return pages.TemplateResponse(request, "queue.html", shown)


@router.post("/conversations/{conversation}/take")
async def take(conversation: str, who: Takes, parts: Wired) -> Response:
    """Take it."""
    return await then_back(conversation, parts.reception.take(conversation, who))


@router.post("/conversations/{conversation}/notes")
async def note(
    conversation: str,
    who: Notes,
    parts: Wired,
    text: Annotated[str, Form(min_length=1, max_length=LONGEST)],
) -> Response:
    """Write a note that the person never sees."""
    return await then_back(conversation, parts.reception.note(conversation, who, text))


@router.post("/conversations/{conversation}/give-back")
async def give_back(conversation: str, who: Takes, parts: Wired) -> Response:
    """Let the assistant answer again."""
    return await then_back(conversation, parts.reception.give_back(conversation, who))


async def then_back(conversation: str, deed: Awaitable[object], to: str = "") -> Response:
    """Do it, then lead back to the conversation, which says so when somebody was faster."""
    here = f"/console/conversations/{conversation}"
    try:
        await deed
    except Refused as error:
        return RedirectResponse(f"{here}?refused={error.why}", status_code=303)
    except Conflict:
        return RedirectResponse(f"{here}?refused=taken", status_code=303)
    return RedirectResponse(to or f"{here}#latest", status_code=303)


def problem_page(request: Request, status: int, detail: str) -> Response:
    """What went wrong, on a page with a way on."""
    shown = {"detail": detail}
    return pages.TemplateResponse(request, "problem.html", shown, status_code=status)


def wait_words(error: NotYet) -> str:
    """How long somebody is held back after too many tries, in words."""
    minutes = ceil(error.wait.total_seconds() / 60)
    return f"Too many tries. Please wait {minutes} minute{'s' if minutes > 1 else ''}."


def home_of(who: Coordinator) -> str:
    """Where somebody's work is."""
    if who.may(Right.SEE_QUEUE):
        return HOME
    if who.may(Right.EDIT_DIRECTORY):
        return "/console/directory"
    return "/console/trace" if who.may(Right.READ_TRACE) else ACCOUNT


def beginning_of(opened: SignIn) -> str:
    """Where a new session begins: at the work, which says so when another device made room."""
    home = home_of(opened.coordinator)
    if not opened.made_room:
        return home
    return f"{home if home == HOME else ACCOUNT}?said=room"


def refused_sign_in(request: Request, why: str, status: int) -> Response:
    """The door, and why somebody was not let in."""
    parts: Parts = request.app.state.parts
    shown = {"refused": why, "issuer": parts.issuer and parts.settings.oidc_name}
    return pages.TemplateResponse(request, "sign_in.html", shown, status_code=status)
