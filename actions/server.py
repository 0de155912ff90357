"""The action server's one route, in the form that Rasa calls it."""

import hmac
import json
import zlib
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from typing import Any

from rasa_sdk.executor import ActionExecutor
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from actions.base import TurnFailed, WaymarkAction
from knowledge.garbage import settle_down

Lasting = Callable[[], AbstractAsyncContextManager[None]]


def create_server(
    actions: Sequence[WaymarkAction], token: str, while_serving: Lasting = nullcontext
) -> Starlette:
    """An application that runs these actions for whoever knows the token.

    ``while_serving`` is entered when it starts and left when it stops.
    A failed action answers 500 with the action's name alone: the SDK's own server would send
    the whole conversation back, and Rasa would write it to its log.
    """
    executor = ActionExecutor()
    for action in actions:
        executor.register_action(action)

    @asynccontextmanager
    async def lifespan(_server: Starlette) -> AsyncIterator[None]:
        async with while_serving():
            settle_down()
            yield

    async def health(_request: Request) -> JSONResponse:
        return JSONResponse({"status": "ok"})

    async def webhook(request: Request) -> JSONResponse:
        given = request.query_params.get("token", "")
        if not hmac.compare_digest(given.encode(), token.encode()):
            return JSONResponse({"error": "token"}, status_code=401)
        call = _call(await request.body(), request.headers.get("content-encoding"))
        try:
            result = await executor.run(call)
        except TurnFailed as error:
            return JSONResponse({"error": str(error)}, status_code=500)
        return JSONResponse(result.model_dump() if result else None)

    routes = [
        Route("/webhook", webhook, methods=["POST"]),
        Route("/health", health, methods=["GET"]),
    ]
    return Starlette(routes=routes, lifespan=lifespan)


def _call(body: bytes, encoding: str | None) -> dict[str, Any]:
    call = json.loads(zlib.decompress(body) if encoding == "deflate" else body)
    return {"domain": {}, **call}  # Rasa leaves it out (bot/endpoints.yml), the SDK asks for one
