"""Headers of every answer: nothing kept, nothing framed, nothing from elsewhere."""

import logging

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from channels.telegram.updates import WEBHOOK
from channels.web.languages import noted
from channels.web.problem import TOO_LONG, unexpected
from channels.web.styles import allowed

log = logging.getLogger(__name__)

HEADERS = {
    "Content-Security-Policy": (
        f"default-src 'none'; script-src 'self'; style-src 'self' {allowed()}; img-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
HTTPS = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}
STORED = ("/static/",)
NEVER_FRAMED = ("/console", "/api/console", "/provider", "/docs")
OPEN_DATA = ("/api/directory",)  # any page may read it: the standard asks for that
LARGEST_BODY = 64 * 1024  # bytes; a message is at most 4,000 characters
# One of Telegram's holds what it answers, too, and takes six bytes for each letter beyond English.
# What is refused comes again and again, and keeps all that comes after it waiting.
LARGEST_UPDATE = 256 * 1024


class SafeHeaders:
    """Adds the headers, and refuses bodies that no door here needs."""

    def __init__(self, app: ASGIApp, framed_by: str = "", *, https: bool = False) -> None:
        self._app = app
        self._always = {**HEADERS, **(HTTPS if https else {})}
        self._framed_by = framed_by

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, add the headers to its answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        stored = scope["path"].startswith(STORED)

        started = False

        async def with_headers(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                for name, value in {**self._always, **self._frames(scope["path"])}.items():
                    headers.setdefault(name, value)
                if scope["path"].startswith(OPEN_DATA):
                    headers["Access-Control-Allow-Origin"] = "*"
                headers.setdefault("Cache-Control", "max-age=3600" if stored else "no-store")
            await send(message)

        try:
            await self._app(scope, _bounded(receive, scope), with_headers)
        except Exception as error:  # no trace may reach a log or a reader
            log.error("unexpected: %s", type(error).__name__)
            if not started:
                await unexpected(Request(scope))(scope, receive, with_headers)

    def _frames(self, path: str) -> dict[str, str]:
        """Who may frame this page: nobody, or for a person's pages the sites that a hub names."""
        policy = HEADERS["Content-Security-Policy"]
        if self._framed_by and not path.startswith(NEVER_FRAMED):
            allowed = f"{policy}; frame-ancestors {self._framed_by}"
            return {"Content-Security-Policy": allowed}
        return {
            "Content-Security-Policy": f"{policy}; frame-ancestors 'none'",
            "X-Frame-Options": "DENY",
        }


def _is_packed(scope: Scope) -> bool:
    """Whether a body would have to be unpacked: none is, so none can turn out huge."""
    return any(
        name == b"content-encoding" and value.lower() != b"identity"
        for name, value in scope["headers"]
    )


class BodyTooLarge(HTTPException):
    """The body is larger than anything that belongs here."""

    def __init__(self) -> None:
        super().__init__(413, TOO_LONG)


def _bounded(receive: Receive, scope: Scope) -> Receive:
    size, packed = 0, _is_packed(scope)
    largest = LARGEST_UPDATE if scope["path"] == WEBHOOK else LARGEST_BODY

    async def bounded() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if packed and size:
            raise HTTPException(415, noted("Please send this without compression."))
        if size > largest:
            raise BodyTooLarge
        return message

    return bounded
