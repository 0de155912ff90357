"""Leaving fast, and the page about the traces that stay.

The browser is let go first, and cleared, whatever is away: what is kept is kept after that.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.background import BackgroundTask

from channels.bell import QUEUE
from channels.floods import CONVERSATIONS, MESSAGES
from channels.message import LONGEST
from channels.parts import Parts, Wired
from channels.patience import patiently
from channels.reception import Incoming
from channels.web.chat_api import address
from channels.web.keys import forget_key, from_this_site, only_from_this_site, valid_key
from channels.web.pages import pages
from knowledge.conversations.model import Opened

log = logging.getLogger(__name__)
router = APIRouter(include_in_schema=False)

EVERYTHING = '"cache", "cookies", "storage"'
PATIENCE = 30.0  # seconds that a database which is away is waited for


class Unsent(BaseModel):
    """A message that was sent on the page but had not arrived when the person left."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    text: str = Field("", max_length=LONGEST)
    choice: str | None = Field(None, max_length=300)


class Left(BaseModel):
    """What the page hands over as it goes."""

    model_config = ConfigDict(extra="forbid")

    unsent: Annotated[list[Unsent], Field(max_length=200)] = []


@router.get("/leave")
async def leave(request: Request, parts: Wired) -> Response:
    """Leave without a script: forget the key, clear what this site left, go somewhere harmless.

    A blank page comes first. Chromium keeps the page that was left as it was, with its words, for
    Back; it gives it up only when it is told to clear after the next page has come (`/gone`).
    """
    after = BackgroundTask(_let_go, request, parts) if from_this_site(request) else None
    return _cleared(pages.TemplateResponse(request, "leave.html", background=after), parts)


@router.get("/gone")
async def go(parts: Wired) -> Response:
    """The last step of leaving without a script."""
    return _cleared(RedirectResponse(parts.settings.exit_url, status_code=303), parts)


@router.post("/left")
async def left(gone: Left, request: Request, parts: Wired) -> Response:
    """The same, told by the page's script while it is already going to the harmless site.

    Words that were sent but had not arrived are kept: no message is lost.
    """
    only_from_this_site(request)
    after = BackgroundTask(_let_go, request, parts, gone.unsent)
    return _cleared(Response(status_code=204, background=after), parts)


@router.get("/traces")
async def traces(request: Request) -> Response:
    """What leaving clears, and what it can't."""
    return pages.TemplateResponse(request, "traces.html")


async def _let_go(request: Request, parts: Parts, unsent: Sequence[Unsent] = ()) -> None:
    """Keep what was sent, mark the thread and end the key: each, also when another failed."""
    by = asyncio.get_running_loop().time() + PATIENCE
    key = await _tried(by, partial(patiently, partial(valid_key, request, parts)))
    words = [one for one in unsent if one.text.strip() or one.choice]
    if key is None and words:
        key = await _tried(by, partial(_open, request, parts, words))
    if key is None:
        return
    for one in words:
        await _tried(by, partial(_keep, parts, key, one))
    await _tried(by + PATIENCE, partial(_mark, parts, key))


async def _tried[T](by: float, step: Callable[[], Awaitable[T]]) -> T | None:
    """What a step gives; None when it failed or was not done by then. Nobody is there to tell."""
    try:
        async with asyncio.timeout_at(by):
            return await step()
    except Exception as error:
        log.warning("leaving: %s", type(error).__name__)
        return None


async def _open(request: Request, parts: Parts, words: Sequence[Unsent]) -> Opened:
    async def dangerous() -> bool:
        for one in words:
            if await parts.reception.tells_of_danger(one.text):
                return True
        return False

    await parts.floods.check_words(CONVERSATIONS, address(request), dangerous)
    return await patiently(partial(parts.reception.open, "web"))


async def _keep(parts: Parts, key: Opened, one: Unsent) -> None:
    dangerous = partial(parts.reception.tells_of_danger, one.text)
    await parts.floods.check_words(MESSAGES, key.conversation, dangerous)
    said = Incoming(
        conversation=key.conversation, message_id=str(one.id), text=one.text, choice=one.choice
    )
    await patiently(partial(parts.reception.receive, said))


async def _mark(parts: Parts, key: Opened) -> None:
    await patiently(partial(parts.returning.leave, key.conversation))
    parts.bell.ring(key.conversation, QUEUE)


def _cleared(response: Response, parts: Parts) -> Response:
    forget_key(response, parts)
    response.headers["Clear-Site-Data"] = EVERYTHING
    return response
