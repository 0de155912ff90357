"""Answers travel compressed, so that the page is there soon on a bad line."""

from starlette.middleware.gzip import GZipMiddleware
from starlette.types import Receive, Scope, Send

# The desk's pages hold secrets beside words that others write: those are never compressed
# together, because lengths would tell (BREACH). A person's own pages hold no secret.
AS_THEY_ARE = ("/console", "/api/", "/provider")


class Lighter(GZipMiddleware):
    """Compresses a person's pages and what they are made of; streams pass as they come."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, compress its answer where that is right."""
        if scope["type"] == "http" and scope["path"].startswith(AS_THEY_ARE):
            await self.app(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)
