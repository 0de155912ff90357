"""The chat API: conversations for anybody who holds their token."""

from functools import partial
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Header, HTTPException, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field, model_validator

from channels.floods import ALL_RETURNS, CONVERSATIONS, MESSAGES, RETURNS
from channels.message import LONGEST
from channels.parts import Parts, Wired
from channels.patience import patiently
from channels.reception import Incoming
from channels.senders import sender
from channels.streaming import Events
from channels.web.keys import Own, still_own
from channels.web.languages import noted
from channels.web.reading import LONGEST_WAIT, message_events, messages, new_messages
from channels.web.talk_api import Around, note, noting
from knowledge.conversations.model import Opened
from knowledge.errors import NotAllowed, NotFound
from knowledge.teamwork.model import PERSON, Mark

router = APIRouter(prefix="/api/conversations", tags=["chat"])

UNKNOWN_WORDS = noted("These words don't open a chat. Please check each one.")


class NewConversation(BaseModel):
    """A conversation and the secret that opens it again."""

    conversation: str
    token: str


class Said(BaseModel):
    """A message: a text of up to 4,000 characters, or the value of an offered choice."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    text: str | None = Field(None, max_length=LONGEST)
    choice: str | None = Field(None, max_length=300)

    @model_validator(mode="after")
    def _one_of_two(self) -> "Said":
        if (self.choice is None) == (not (self.text or "").strip()):
            raise ValueError("either a text or a choice")
        return self


class Phrase(BaseModel):
    """The words that open a conversation again."""

    model_config = ConfigDict(extra="forbid")

    phrase: str = Field(max_length=200)


class Kept(BaseModel):
    """Where the message stands in its thread."""

    sequence: int


@router.post("", status_code=201)
async def open_conversation(request: Request, parts: Wired) -> NewConversation:
    """Start a conversation. No name, address or account is asked for."""
    await parts.floods.check(CONVERSATIONS, address(request))
    opened = await parts.reception.open("web")
    return NewConversation(conversation=opened.conversation, token=opened.token)


@router.post("/return")
async def return_by_phrase(typed: Phrase, request: Request, parts: Wired) -> NewConversation:
    """Open a conversation again with its phrase. The token before is no longer good."""
    try:
        opened = await come_back(typed.phrase, request, parts)
    except NotFound:
        raise HTTPException(404, UNKNOWN_WORDS) from None
    return NewConversation(conversation=opened.conversation, token=opened.token)


@router.post("/{conversation}/phrase", status_code=201)
async def make_phrase(conversation: Own, parts: Wired) -> Phrase:
    """Make the words to come back with, in place of those before. They are shown only here."""
    return Phrase(phrase=await parts.returning.new_phrase(conversation))


@router.post("/{conversation}/messages", status_code=202)
async def send(said: Said, conversation: Own, parts: Wired) -> Kept:
    """Send a message. Answered once it is stored; the same id again changes nothing."""
    dangerous = partial(parts.reception.tells_of_danger, said.text or "")
    await parts.floods.check_words(MESSAGES, conversation, dangerous)
    parts.typing.stop(conversation, PERSON)
    received = await parts.reception.receive(
        Incoming(
            conversation=conversation,
            message_id=str(said.id),
            text=said.text or "",
            choice=said.choice,
        )
    )
    return Kept(sequence=received.sequence)


@router.get("/{conversation}/messages")
async def read(
    conversation: Own,
    parts: Wired,
    request: Request,
    after: Annotated[int, Query(ge=0)] = 0,
    wait: Annotated[float, Query(ge=0, le=LONGEST_WAIT)] = 0,
) -> dict[str, Any]:
    """The messages after a sequence; waits up to `wait` seconds for something new."""
    await parts.knowledge.presence.seen(conversation)
    kept = parts.knowledge.conversations
    if wait:
        with parts.floods.waiting(conversation, address(request)):
            found = await new_messages(kept, parts.bell, conversation, after, wait)
        if not await still_own(conversation, request, parts):
            raise NotAllowed(conversation)
    else:
        found = await messages(kept, conversation, after)
    if found["messages"]:
        await note(parts, conversation, Mark(found["messages"][-1]["sequence"]))
    return found


@router.get("/{conversation}/events")
async def stream(
    conversation: Own,
    parts: Wired,
    request: Request,
    after: Annotated[int, Query(ge=0)] = 0,
    last_event_id: Annotated[int | None, Header()] = None,
) -> Events:
    """The same messages as server-sent events; `Last-Event-ID` resumes."""
    start = after if last_event_id is None else last_event_id

    async def gone() -> bool:
        own = partial(still_own, conversation, request, parts)
        if await request.is_disconnected() or not await patiently(own):
            return True
        await parts.knowledge.presence.seen(conversation)
        return False

    beside = Around(parts, conversation)
    kept = parts.knowledge.conversations
    found = message_events(kept, parts.bell, conversation, start, gone, beside)
    events = noting(parts, conversation, found)
    return Events(parts.floods.stream(conversation, address(request), events))


@router.get("/{conversation}/assessment")
async def assessment(conversation: Own, parts: Wired) -> dict[str, Any]:
    """What is recorded about the person, each fact with where it came from."""
    return await parts.knowledge.assessments.read(conversation)


@router.delete(
    "/{conversation}",
    status_code=204,
    responses={
        202: {
            "description": "Deleted; the assistant forgets it within minutes, or when it is back."
        }
    },
)
async def erase(conversation: Own, parts: Wired) -> Response:
    """Delete the conversation and everything recorded in it."""
    return Response(status_code=204 if await parts.reception.erase(conversation) else 202)


async def come_back(phrase: str, request: Request, parts: Parts) -> Opened:
    """The conversation of a phrase, its door guarded against guessing.

    Raises Flooded and NotFound. A new conversation can be opened all the same.
    """
    await parts.floods.check(RETURNS, address(request))
    await parts.floods.check(ALL_RETURNS, "everybody")
    opened = await parts.returning.come_back(phrase)
    parts.bell.ring(opened.conversation)  # who listens with the key before hears no more
    return opened


def address(request: Request) -> str:
    """The sender as far as the network tells, for counting floods only. Never kept."""
    return sender(request.client.host) if request.client else "unknown"
