"""The desk on a host of its own (WAYMARK_DESK_URL): no page of the chat shares its origin."""

from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from channels.web.pages import path_of
from channels.web.problem import NOT_HERE, problem

DESK = ("/console", "/api/console")
BOTH = ("/static/", "/healthz", "/readyz", "/metrics", "/openapi.json", "/docs")


class Hosts:
    """Answers the desk's doors on the desk's host alone, and all others on any other."""

    def __init__(self, app: ASGIApp, desk_url: str) -> None:
        self._app = app
        self._desk = (urlsplit(desk_url).hostname or "").lower()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what belongs to the host that was asked; the rest is not there."""
        if scope["type"] == "http" and (away := self._misplaced(Request(scope))):
            await away(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _misplaced(self, request: Request) -> ASGIApp | None:
        """What answers instead when a door is asked for on the other host."""
        path = path_of(request)
        if path.startswith(BOTH):
            return None
        asked = request.headers.get("host", "").partition(":")[0]
        at_desk = asked.lower() == self._desk
        if at_desk and path == "/":
            return RedirectResponse("/console", status_code=303)
        if at_desk is path.startswith(DESK):
            return None
        return problem(request, 404, NOT_HERE)
