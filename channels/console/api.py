"""The desk's API, for signed-in co-ordinators."""

import json
from collections.abc import AsyncIterator
from functools import partial
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, HTTPException, Request, Response
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from channels.bell import QUEUE
from channels.console import talk_views, views
from channels.console.inserting import MOST_SERVICES, cards, outcome_of
from channels.console.sign_in import (
    LONGEST_CODE,
    Holds,
    Notes,
    Reads,
    Sees,
    Takes,
    forget_session,
    open_session,
    session_of,
    set_session,
    still_signed_in,
)
from channels.console.streams import thread_events
from channels.floods import SIGN_INS
from channels.message import LONGEST
from channels.parts import Parts, Wired
from channels.patience import patiently
from channels.streaming import Events
from channels.web.chat_api import address
from knowledge.audit.model import What
from knowledge.coordinators.model import Coordinator
from knowledge.errors import Conflict

router = APIRouter(prefix="/api/console", tags=["console"])

LOOK_EVERY = 2.0  # seconds; another process may have written


class SignIn(BaseModel):
    """Address, password and, where it is set up, a code of the second factor."""

    model_config = ConfigDict(extra="forbid")

    email: str = Field(max_length=254)
    password: str = Field(max_length=200)
    code: str = Field("", max_length=LONGEST_CODE)


class Words(BaseModel):
    """Words to a person, or a note. The same ``id`` again sends nothing twice."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(min_length=1, max_length=LONGEST)
    id: UUID | None = None
    services: list[Annotated[str, Field(max_length=80)]] = Field(
        default_factory=list, max_length=MOST_SERVICES
    )


class Closing(BaseModel):
    """How a conversation ended: a key (or title) of `GET /api/console/outcomes`."""

    model_config = ConfigDict(extra="forbid")

    outcome: Annotated[str, Field(max_length=200), AfterValidator(outcome_of)]


@router.post("/sessions", status_code=201)
async def sign_in(
    given: SignIn, request: Request, response: Response, parts: Wired
) -> dict[str, Any]:
    """Sign in: sets the session's cookie; the token does the same as `Authorization: Bearer`.

    `made_room`: another session was ended for this one, because there were too many.
    """
    await parts.floods.check(SIGN_INS, address(request))
    opened = await open_session(request, parts, (given.email, given.password, given.code))
    set_session(response, opened, parts.settings)
    who = opened.coordinator
    named = {"id": who.id, "name": who.name}
    return {"token": opened.session, "coordinator": named, "made_room": opened.made_room}


@router.delete("/sessions", status_code=204)
async def sign_out(_who: Holds, request: Request, parts: Wired) -> Response:
    """Sign out."""
    await parts.knowledge.coordinators.sign_out(session_of(request))
    response = Response(status_code=204)
    forget_session(response, parts.settings)
    return response


@router.get("/queue")
async def queue(who: Sees, parts: Wired) -> dict[str, Any]:
    """The conversations that need or have a co-ordinator, the most urgent first; call-backs."""
    await parts.knowledge.audit.looked(What.SAW_QUEUE)
    return await views.desk(parts, who)


@router.get("/conversations/{conversation}")
async def conversation(conversation: str, who: Reads, parts: Wired) -> dict[str, Any]:
    """The whole thread, what was told, and the risk with its evidence."""
    shown = await talk_views.whole(parts, conversation, who)
    await parts.knowledge.audit.looked(What.READ_CONVERSATION, conversation)
    return shown


@router.post("/conversations/{conversation}/take", status_code=204)
async def take(conversation: str, who: Takes, parts: Wired) -> None:
    """Take the conversation. 409 when somebody else holds it."""
    await parts.reception.take(conversation, who)


@router.post("/conversations/{conversation}/messages", status_code=202)
async def say(conversation: str, words: Words, who: Takes, parts: Wired) -> dict[str, int]:
    """Say something to the person. 409 unless you hold the conversation."""
    message_id = str(words.id) if words.id else None
    shown = cards(parts, words.services)
    received = await parts.reception.say(conversation, who, words.text, message_id, shown)
    parts.typing.stop(conversation, who.id)
    return {"sequence": received.sequence}


@router.post("/conversations/{conversation}/notes", status_code=202)
async def note(conversation: str, words: Words, who: Notes, parts: Wired) -> dict[str, int]:
    """Write a note that the person never sees."""
    return {"sequence": (await parts.reception.note(conversation, who, words.text)).sequence}


@router.post("/conversations/{conversation}/give-back", status_code=204)
async def give_back(conversation: str, who: Takes, parts: Wired) -> None:
    """Let the assistant answer again. 409 unless you hold the conversation."""
    await parts.reception.give_back(conversation, who)


@router.post("/conversations/{conversation}/close", status_code=204)
async def close(
    conversation: str, who: Takes, parts: Wired, closing: Closing | None = None
) -> None:
    """End the conversation, with how it ended (422 without). 409 unless you hold it."""
    state, _, _ = await parts.knowledge.teamwork.here(conversation)
    if state.held_by != who.id:
        raise Conflict("you do not hold this conversation")
    if closing is None:
        raise HTTPException(422, "Please say how it ended: `GET /api/console/outcomes`.")
    await parts.reception.close(conversation, who, closing.outcome)


@router.get("/events")
async def events(who: Sees, parts: Wired, request: Request) -> Events:
    """Server-sent events: `queue` with the whole queue, at the start and whenever it changes."""
    return Events(parts.floods.stream_at_desk(who.id, _queue_events(parts, request, who)))


@router.get("/conversations/{conversation}/events")
async def conversation_events(
    conversation: str, who: Reads, parts: Wired, request: Request
) -> Events:
    """Server-sent events: `changed` with the latest sequence whenever the thread grows.

    `around` tells who types, how far the person has read, and what else one has open; `alarms`
    that somewhere at the desk one rings or was heard.
    """
    await parts.knowledge.teamwork.here(conversation)  # 404 before the stream starts
    there = partial(_is_there, parts, request)
    heard = thread_events(parts, conversation, who, there)
    return Events(parts.floods.stream_at_desk(who.id, heard))


async def _queue_events(
    parts: Parts, request: Request, who: Coordinator
) -> AsyncIterator[dict[str, str]]:
    shown = None
    with parts.bell.listening(QUEUE) as ear:
        while await patiently(partial(_is_there, parts, request)):
            now = json.dumps(await patiently(partial(views.desk, parts, who)))
            if now != shown:
                await patiently(partial(parts.knowledge.audit.looked, What.SAW_QUEUE))
                shown = now
                yield {"event": "queue", "data": now}
            await ear.wait(LOOK_EVERY)


async def _is_there(parts: Parts, request: Request) -> bool:
    return not await request.is_disconnected() and await still_signed_in(request, parts)
