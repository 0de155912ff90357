"""The page for coming back without an account: get the words, or type them. No script needed."""

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from channels.floods import Flooded
from channels.parts import Parts, Wired
from channels.web.chat_api import come_back
from channels.web.keys import only_from_this_site, set_key, valid_key
from channels.web.languages import noted
from channels.web.pages import pages
from knowledge.errors import NotFound
from knowledge.retention.model import Kind, rules

router = APIRouter(include_in_schema=False)

UNKNOWN = noted(
    "These words don't open a chat. Please check each one. You can also start a new chat."
)
TOO_MANY = noted(
    "That was a lot of tries. Please wait a minute. You can also start a new chat now."
)


# How long the words open a chat: as long as it is kept.
HOW_LONG = (Kind.ABANDONED, Kind.SIGNPOSTING, Kind.CASE)


@router.get("/come-back")
async def return_page(request: Request, parts: Wired) -> Response:
    """Where somebody gets words to come back with, or types them."""
    return await _page(request, parts)


@router.post("/come-back/words")
async def new_words(request: Request, parts: Wired) -> Response:
    """Make the words and show them, this once. They stand in no thread and in no log."""
    only_from_this_site(request)
    key = await valid_key(request, parts)
    if key is None:
        return RedirectResponse("/come-back", status_code=303)
    phrase = await parts.returning.new_phrase(key.conversation)
    return await _page(request, parts, phrase=phrase)


@router.post("/come-back")
async def return_by_form(
    request: Request,
    parts: Wired,
    phrase: Annotated[str, Form(max_length=200)] = "",
    framed: Annotated[bool, Form()] = False,
) -> Response:
    """Open the conversation of these words on this browser."""
    only_from_this_site(request)
    try:
        opened = await come_back(phrase, request, parts)
    except NotFound:
        return await _page(request, parts, status=404, wrong=UNKNOWN, typed=phrase)
    except Flooded:
        return await _page(request, parts, status=429, wrong=TOO_MANY, typed=phrase)
    response = RedirectResponse("/#latest", status_code=303)
    set_key(response, request, opened, framed=framed)
    return response


async def _page(request: Request, parts: Parts, status: int = 200, **words: str) -> Response:
    known = await valid_key(request, parts) is not None
    shown = {"has_chat": known, "how_long": [rules()[kind] for kind in HOW_LONG], **words}
    return pages.TemplateResponse(request, "come_back.html", shown, status_code=status)
