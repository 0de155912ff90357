"""The page where a person writes. It works with a form and a reload; a script makes it live."""

import uuid
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Form, HTTPException, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse

from channels.floods import CONVERSATIONS, MESSAGES
from channels.message import LONGEST, taken_together
from channels.parts import Parts, Wired
from channels.reception import Incoming
from channels.web.chat_api import address
from channels.web.keys import only_from_this_site, reading_key, set_key, valid_key
from channels.web.opening import opening_words
from channels.web.pages import pages, translator
from channels.web.problem import TOO_LONG
from channels.web.reading import messages, new_messages
from channels.web.styles import first_styles
from channels.web.talk_api import note
from channels.web.understood import so_far
from channels.words import Say, Words
from knowledge.conversations.model import Opened
from knowledge.places.reading import town_names
from knowledge.teamwork.model import PERSON, Mark

router = APIRouter(include_in_schema=False)
welcome = Words.load().reply(Say.WELCOME)

PATIENCE_OF_A_RELOAD = 4.0  # seconds that a page without script waits for the answer


@router.get("/")
async def chat(request: Request, parts: Wired) -> Response:
    """The conversation so far, or the greeting."""
    key = await reading_key(request, parts)
    return await shown(request, parts, key, _opening(request, parts) if key is None else "")


async def shown(request: Request, parts: Parts, key: Opened | None, written: str) -> Response:
    """The page, with these words in its box."""
    thread = await _thread(parts, key)
    return pages.TemplateResponse(
        request,
        "chat.html",
        {
            "conversation": key.conversation if key else "",
            "holder": thread["holder"],
            "messages": thread["messages"],
            "after": max((one["sequence"] for one in thread["messages"]), default=0),
            "message_id": uuid.uuid4(),
            "longest": LONGEST,
            "opening": written,
            "towns": town_names,
            "first_styles": first_styles() if key is None else "",
            "understood": await so_far(
                parts, key.conversation if key else None, translator(request)
            ),
        },
    )


@router.get("/towns")
async def suggested() -> list[str]:
    """The names that the box for a place suggests, all at once: nobody is told what is typed."""
    return list(town_names())


@router.get("/say")
async def see() -> Response:
    """What is new, for a page without script: a link to where it already stands loads nothing."""
    return RedirectResponse("/#latest", status_code=303)


@router.post("/say")
async def say(
    request: Request,
    parts: Wired,
    id: Annotated[uuid.UUID, Form()],
    text: Annotated[str, Form()] = "",
    choice: Annotated[
        list[Annotated[str, Form(max_length=300)]] | None, Form(max_length=12)
    ] = None,
    framed: Annotated[bool, Form()] = False,
) -> Response:
    """Keep a message from the page; the first one opens the conversation."""
    only_from_this_site(request)
    text = text.replace("\r\n", "\n")
    request.state.unsaid = {"id": id, "text": text}  # shown again when it is not taken
    if len(text) > LONGEST:
        raise HTTPException(413, TOO_LONG)
    key = await valid_key(request, parts)
    chosen = taken_together(choice or ())
    if not text.strip() and chosen is None:
        return RedirectResponse("/", status_code=303)
    dangerous = partial(parts.reception.tells_of_danger, text)
    if key is None:
        await parts.floods.check_words(CONVERSATIONS, address(request), dangerous)
    opened = key or await parts.reception.open("web")
    # A form that was filled in again after "Back" carries its old id, but other words.
    live = "application/json" in request.headers.get("accept", "")
    await parts.floods.check_words(MESSAGES, opened.conversation, dangerous)
    parts.typing.stop(opened.conversation, PERSON)
    received = await parts.reception.receive(
        Incoming(
            conversation=opened.conversation,
            message_id=str(id if live else uuid.uuid5(id, chosen or text)),
            text=text,
            choice=chosen,
        )
    )
    response = await _said(parts, opened, received.sequence, live=live)
    if key is None:
        set_key(response, request, opened, framed=framed)
    return response


async def _said(parts: Parts, opened: Opened, sequence: int, *, live: bool) -> Response:
    if live:
        body = {"conversation": opened.conversation, "sequence": sequence}
        return JSONResponse(body, status_code=202)
    conversations = parts.knowledge.conversations
    await new_messages(
        conversations, parts.bell, opened.conversation, sequence, PATIENCE_OF_A_RELOAD
    )
    return RedirectResponse("/#latest", status_code=303)


def _opening(request: Request, parts: Parts) -> str:
    return opening_words(request.query_params, parts.help.guidance, parts.help.places) or ""


async def _thread(parts: Parts, key: Opened | None) -> dict[str, Any]:
    if key is not None:
        await parts.knowledge.presence.seen(key.conversation)
        found = await messages(parts.knowledge.conversations, key.conversation, after=0)
        last = found["messages"][-1]["sequence"]
        await note(parts, key.conversation, Mark(last, last))
        return found
    greeting = {
        "sequence": 1,  # as it will stand in the thread once there is one
        "from": "assistant",
        "text": welcome.text,
        "choices": [],
        "services": [],
    }
    return {"holder": "assistant", "messages": [greeting]}
