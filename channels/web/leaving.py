"""Leaving fast, and the page about the traces that stay."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, ConfigDict, Field

from channels.bell import QUEUE
from channels.floods import CONVERSATIONS, MESSAGES
from channels.message import LONGEST
from channels.parts import Parts, Wired
from channels.reception import Incoming, UnknownChoice
from channels.web.chat_api import address
from channels.web.keys import forget_key, from_this_site, only_from_this_site, valid_key
from channels.web.pages import pages
from knowledge.conversations.model import Opened
from knowledge.errors import NotFound

router = APIRouter(include_in_schema=False)

EVERYTHING = '"cache", "cookies", "storage"'


class Unsent(BaseModel):
    """A message that was sent on the page but had not arrived when the person left."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    text: str = Field("", max_length=LONGEST)
    choice: str | None = Field(None, max_length=300)


class Left(BaseModel):
    """What the page hands over as it goes."""

    model_config = ConfigDict(extra="forbid")

    unsent: Annotated[list[Unsent], Field(max_length=20)] = []


@router.get("/leave")
async def leave(request: Request, parts: Wired) -> Response:
    """Leave without a script: forget the key, clear what this site left, go somewhere harmless.

    A blank page comes first. Chromium keeps the page that was left as it was, with its words, for
    Back; it gives it up only when it is told to clear after the next page has come (`/gone`).
    """
    if from_this_site(request):
        await _mark(parts, await valid_key(request, parts))
    return _cleared(pages.TemplateResponse(request, "leave.html"))


@router.get("/gone")
async def go(parts: Wired) -> Response:
    """The last step of leaving without a script."""
    return _cleared(RedirectResponse(parts.settings.exit_url, status_code=303))


@router.post("/left")
async def left(gone: Left, request: Request, parts: Wired) -> Response:
    """The same, told by the page's script while it is already going to the harmless site.

    Words that were sent but had not arrived are kept: no message is lost.
    """
    only_from_this_site(request)
    key = await valid_key(request, parts)
    if key is None and gone.unsent:
        await parts.floods.check(CONVERSATIONS, address(request))
        key = await parts.reception.open("web")
    for one in gone.unsent if key else ():
        await _keep(parts, key, one)
    await _mark(parts, key)
    return _cleared(Response(status_code=204))


@router.get("/traces")
async def traces(request: Request) -> Response:
    """What leaving clears, and what it can't."""
    return pages.TemplateResponse(request, "traces.html")


async def _keep(parts: Parts, key: Opened | None, one: Unsent) -> None:
    if key is None or not (one.text.strip() or one.choice):
        return
    await parts.floods.check(MESSAGES, key.conversation)
    said = Incoming(
        conversation=key.conversation, message_id=str(one.id), text=one.text, choice=one.choice
    )
    try:
        await parts.reception.receive(said)
    except UnknownChoice:  # nothing that this conversation offered: no word of the person's
        return


async def _mark(parts: Parts, key: Opened | None) -> None:
    if key is None:
        return
    try:
        await parts.returning.leave(key.conversation)
    except NotFound:  # deleted a moment ago: nothing is left to mark
        return
    parts.bell.ring(key.conversation, QUEUE)


def _cleared(response: Response) -> Response:
    forget_key(response)
    response.headers["Clear-Site-Data"] = EVERYTHING
    return response
