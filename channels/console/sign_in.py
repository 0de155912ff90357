"""Who is at the desk: a session by cookie or bearer token, and what it may do."""

import hashlib
import hmac
import re
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Annotated

from fastapi import Depends, HTTPException, Request, Response

from channels.attempts import tried
from channels.console.areas import check_area, refuse
from channels.parts import Parts, Wired
from channels.settings import Settings
from channels.web import cookies
from channels.web.chat_api import address
from channels.web.keys import from_this_site
from knowledge.audit.model import Actor, acting
from knowledge.coordinators.model import Coordinator, Right, SignIn
from knowledge.coordinators.operations import same
from knowledge.errors import NotAllowed, NotYet

LONGEST_CODE = 40  # of the phone, or a recovery code as somebody copies it
_BROWSERS = (("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
_SYSTEMS = ("Windows", "Android", "iPhone", "iPad", "Mac", "Linux")


class MustEnrol(Exception):
    """The desk asks everybody for a second factor, and this person has none yet."""


def session_of(request: Request) -> str:
    """The session's secret as the request carries it; empty when it carries none.

    Answers 403 when a page of another site tries to act with the cookie.
    """
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return token
    if request.method not in ("GET", "HEAD") and not from_this_site(request):
        raise HTTPException(403, "The desk can only be used from its own site.")
    return cookies.read(request, cookies.DESK)


async def open_session(request: Request, parts: Parts, given: tuple[str, str, str]) -> SignIn:
    """Sign somebody in with address, password and code. Raises NotAllowed, NotYet."""
    acting(Actor("", where(request, parts.settings)))
    shown = cookies.read(request, cookies.DEVICE)
    known = hmac.compare_digest(shown.encode(), _mark(given[0], parts.settings).encode())
    try:
        return await parts.knowledge.coordinators.sign_in(
            *given, device=device_of(request), known=known
        )
    except NotYet:
        tried("passwords")
        raise


def _mark(email: str, settings: Settings) -> str:
    """What a device of an account carries after it signed in."""
    said = f"{cookies.DEVICE} {same(email)}"
    return hmac.new(settings.link_secret.encode(), said.encode(), hashlib.sha256).hexdigest()


def where(request: Request, settings: Settings) -> str:
    """The address a request comes from, as the log keeps it: the same, and never readable."""
    key = settings.link_secret.encode()
    return hmac.new(key, address(request).encode(), hashlib.sha256).hexdigest()[:16]


async def holder(request: Request, parts: Wired) -> Coordinator:
    """Whose session it is, also before they set their second factor up.

    Raises NotAllowed (401) and, when it was idle, Locked.
    """
    acting(Actor("", where(request, parts.settings)))
    who = await parts.knowledge.coordinators.signed_in(
        session_of(request),
        lock_after=timedelta(minutes=parts.settings.idle_lock),
        is_active=not _is_a_refresh(request),
    )
    acting(Actor(who.id, where(request, parts.settings)))
    return who


async def still_signed_in(request: Request, parts: Parts) -> bool:
    """Whether a stream may go on: it ends when its session does, or is locked."""
    lock_after = timedelta(minutes=parts.settings.idle_lock)
    try:
        await parts.knowledge.coordinators.signed_in(
            session_of(request), lock_after=lock_after, is_active=False
        )
    except NotAllowed:
        return False
    return True


Holds = Annotated[Coordinator, Depends(holder)]


async def signed_in(who: Holds, parts: Wired) -> Coordinator:
    """The person of the team who asks. Raises NotAllowed (401), Locked, MustEnrol."""
    has_one = who.has_second_factor or who.from_issuer
    if parts.settings.second_factor == "required" and not has_one:
        raise MustEnrol
    return who


SignedIn = Annotated[Coordinator, Depends(signed_in)]


def allowed(right: Right) -> Callable[[Coordinator, Request, Parts], Awaitable[Coordinator]]:
    """Who asks, if the table of rights and their area allow it; else 404, as if not there.

    What is refused is noted in the trace (V16.3.2 in docs/security.md).
    """

    async def check(coordinator: SignedIn, request: Request, parts: Wired) -> Coordinator:
        conversation = request.path_params.get("conversation", "")
        if not coordinator.may(right):
            await refuse(parts, right, conversation)
        if conversation:
            await check_area(parts, coordinator, conversation)
        return coordinator

    return check


Sees = Annotated[Coordinator, Depends(allowed(Right.SEE_QUEUE))]
Reads = Annotated[Coordinator, Depends(allowed(Right.READ_CONVERSATION))]
Takes = Annotated[Coordinator, Depends(allowed(Right.TAKE_CONVERSATION))]
Notes = Annotated[Coordinator, Depends(allowed(Right.WRITE_NOTE))]
Joins = Annotated[Coordinator, Depends(allowed(Right.JOIN_CONVERSATION))]
Corrects = Annotated[Coordinator, Depends(allowed(Right.CORRECT_FACTS))]
MarksAlarms = Annotated[Coordinator, Depends(allowed(Right.MARK_ALARM))]
Hears = Annotated[Coordinator, Depends(allowed(Right.ACKNOWLEDGE))]
SeesFigures = Annotated[Coordinator, Depends(allowed(Right.SEE_FIGURES))]
Edits = Annotated[Coordinator, Depends(allowed(Right.EDIT_DIRECTORY))]
Manages = Annotated[Coordinator, Depends(allowed(Right.MANAGE_PEOPLE))]
Audits = Annotated[Coordinator, Depends(allowed(Right.READ_TRACE))]


def set_session(response: Response, sign_in: SignIn, settings: Settings) -> None:
    """Keep the session in a cookie that scripts can't read, and that the device is known."""
    mark = _mark(sign_in.coordinator.email, settings)
    cookies.put(response, settings, cookies.DESK, sign_in.session)
    known_for = cookies.DEVICE_KNOWN_FOR
    cookies.put(response, settings, cookies.DEVICE, mark, seconds=known_for)


def forget_session(response: Response, settings: Settings) -> None:
    """Leave nothing of it in the browser."""
    for cookie in (cookies.DESK, cookies.DEVICE):
        cookies.forget(response, settings, cookie)


def _is_a_refresh(request: Request) -> bool:
    """Whether a page's script asks for news: nobody needs to be there for that."""
    return request.method == "GET" and request.headers.get("sec-fetch-dest") == "empty"


def device_of(request: Request) -> str:
    """What somebody signs in with, as the list of devices names it."""
    agent = request.headers.get("user-agent", "")
    browser = next((name for sign, name in _BROWSERS if f"{sign}/" in agent), "A program")
    system = next((name for name in _SYSTEMS if re.search(name, agent)), "")
    return f"{browser} on {system}" if system else browser
