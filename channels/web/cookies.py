"""Our cookies: their names, in this one place, and how each is read, set and taken away.

With `WAYMARK_SECURE_COOKIES` a name begins with `__Host-`. A browser takes such a cookie over TLS
alone, from this very host and for all of it, so that no neighbouring host and nobody on the wire
can put one of their own in its place (RFC 6265bis, 4.1.3.2).
"""

import re
from typing import Literal

from fastapi import Request, Response
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from channels.settings import Settings

CHAT = "waymark"
DESK = "waymark_desk"
DEVICE = "waymark_desk_device"  # opens nothing: guesses of others do not hold it up
SIGN_IN = "waymark_flow"  # a sign-in that is on its way to the issuer and back

PREFIX = "__Host-"
IN_FRAME = "; Path=/; HttpOnly; Secure; SameSite=None; Partitioned"
DEVICE_KNOWN_FOR = 180 * 24 * 3600  # seconds
_PLAIN = re.compile(r"[\w.-]{1,300}", re.ASCII)  # all that we ever put into one
# Whoever was here before the prefix came still brings these without it, and loses nothing.
_KEPT: dict[str, int | None] = {CHAT: None, DESK: None, DEVICE: DEVICE_KNOWN_FOR}


def name_of(cookie: str, settings: Settings) -> str:
    """The name that a cookie has with these settings."""
    return f"{PREFIX}{cookie}" if settings.secure_cookies else cookie


def read(request: Request, cookie: str) -> str:
    """What a cookie holds; empty when there is none."""
    held = request.cookies.get(name_of(cookie, _settings(request)))
    if held is None and cookie in _KEPT:
        held = request.cookies.get(cookie)
    return held or ""


def put(
    response: Response,
    settings: Settings,
    cookie: str,
    value: str,
    *,
    seconds: int | None = None,
    site: Literal["strict", "lax"] = "strict",
) -> None:
    """Set a cookie that scripts can't read: for this session, unless ``seconds`` say how long."""
    response.set_cookie(
        name_of(cookie, settings),
        value,
        seconds,
        path="/",
        secure=settings.secure_cookies,
        httponly=True,
        samesite=site,
    )


def put_in_frame(response: Response, settings: Settings, cookie: str, value: str) -> None:
    """The same in a frame: the cookie is the site's around it (partitioned)."""
    made = f"{name_of(cookie, settings)}={value}{IN_FRAME}"
    response.headers.append("Set-Cookie", made)


def forget(response: Response, settings: Settings, cookie: str) -> None:
    """Let the browser drop a cookie, also the one of a frame, by all of its names."""
    for name in dict.fromkeys((name_of(cookie, settings), cookie)):
        response.delete_cookie(name, path="/", secure=settings.secure_cookies, httponly=True)
        if cookie == CHAT:
            response.headers.append("Set-Cookie", f'{name}=""; Max-Age=0{IN_FRAME}')


def in_frame(request: Request) -> bool:
    """Whether the browser says that this page stands in a frame, or the launcher does."""
    told = request.headers.get("sec-fetch-dest") == "iframe"
    return told or request.query_params.get("in") == "frame"


class NewNames:
    """Gives a cookie that still comes without the prefix its new name, at the next answer."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; what it brought by an old name goes back by the new one."""
        old = _old_ones(Request(scope)) if scope["type"] == "http" else {}

        async def renamed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if "no-store" in headers.get("cache-control", ""):  # else others may be given it
                    self._rename(Request(scope), headers, old)
            await send(message)

        await self._app(scope, receive, renamed if old else send)

    def _rename(self, request: Request, headers: MutableHeaders, old: dict[str, str]) -> None:
        framed = in_frame(request)
        said = {one.partition("=")[0] for one in headers.getlist("set-cookie")}
        for cookie, value in old.items():
            name, made = name_of(cookie, self._settings), Response()
            if name not in said and name not in request.cookies and _PLAIN.fullmatch(value):
                if framed:
                    put_in_frame(made, self._settings, cookie, value)
                else:
                    put(made, self._settings, cookie, value, seconds=_KEPT[cookie])
            if cookie not in said:
                ends = IN_FRAME if framed else "; Path=/; HttpOnly; Secure; SameSite=Strict"
                made.headers.append("Set-Cookie", f'{cookie}=""; Max-Age=0{ends}')
            for one in made.headers.getlist("set-cookie"):
                headers.append("Set-Cookie", one)


def _old_ones(request: Request) -> dict[str, str]:
    return {name: request.cookies[name] for name in _KEPT if name in request.cookies}


def _settings(request: Request) -> Settings:
    found: Settings = request.app.state.parts.settings
    return found
