"""Who is at the desk: a session by cookie or bearer token, and what it may do."""

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Depends, HTTPException, Request, Response

from channels.parts import Wired
from channels.settings import Settings
from channels.web.keys import from_this_site
from knowledge.coordinators.model import Coordinator, Right, SignIn
from knowledge.errors import NotFound

COOKIE = "waymark_desk"


def session_of(request: Request) -> str:
    """The session's secret as the request carries it; empty when it carries none.

    Answers 403 when a page of another site tries to act with the cookie.
    """
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return token
    if request.method not in ("GET", "HEAD") and not from_this_site(request):
        raise HTTPException(403, "The desk can only be used from its own site.")
    return request.cookies.get(COOKIE, "")


async def signed_in(request: Request, parts: Wired) -> Coordinator:
    """The co-ordinator who asks. Raises NotAllowed (401)."""
    return await parts.knowledge.coordinators.signed_in(session_of(request))


SignedIn = Annotated[Coordinator, Depends(signed_in)]


def allowed(right: Right) -> Callable[[Coordinator], Awaitable[Coordinator]]:
    """The co-ordinator who asks, if the table of rights allows it; else 404, as if not there."""

    async def check(coordinator: SignedIn) -> Coordinator:
        if not coordinator.may(right):
            raise NotFound(right)
        return coordinator

    return check


Sees = Annotated[Coordinator, Depends(allowed(Right.SEE_QUEUE))]
Reads = Annotated[Coordinator, Depends(allowed(Right.READ_CONVERSATION))]
Takes = Annotated[Coordinator, Depends(allowed(Right.TAKE_CONVERSATION))]
Notes = Annotated[Coordinator, Depends(allowed(Right.WRITE_NOTE))]
Edits = Annotated[Coordinator, Depends(allowed(Right.EDIT_DIRECTORY))]


def set_session(response: Response, sign_in: SignIn, settings: Settings) -> None:
    """Keep the session in a cookie that scripts can't read."""
    response.set_cookie(
        COOKIE,
        sign_in.session,
        httponly=True,
        samesite="strict",
        secure=settings.secure_cookies,
        path="/",
    )
