"""The choice of a language for the fixed parts of the pages. No script needed."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse
from limits import parse
from pydantic import BaseModel, Field

from channels.parts import Parts, Wired
from channels.web import languages
from channels.web.chat_page import shown
from channels.web.keys import only_from_this_site, set_language, valid_key
from knowledge.conversations.model import Opened

router = APIRouter(include_in_schema=False)

SHOWN_ONCE = parse("1 per 30 days")


@router.get("/language")
async def again() -> Response:
    """Somebody went back to a page that came in answer to a form."""
    return RedirectResponse("/", status_code=303)


class Choice(BaseModel):
    """What the form says: the language, where to go on, and what stood in the chat's box."""

    lang: str = Field("", max_length=35)
    back: str = Field("/", max_length=2000)
    framed: bool = False
    id: UUID | None = None
    text: str = ""


@router.post("/language")
async def choose(request: Request, parts: Wired, form: Annotated[Choice, Form()]) -> Response:
    """Keep the language in the page's only cookie, and show the same page again in it.

    Words that stood in the chat's box stand there again; they are kept nowhere. Each form shows
    them once: Back and "send again" of a browser bring them to nobody else's eyes.
    A language that we have no catalogue for changes nothing.
    """
    only_from_this_site(request)
    key = await valid_key(request, parts)
    known = form.lang in languages.languages()
    request.state.language = form.lang if known else None
    response = await _drafted(request, parts, key, form)
    if known:
        set_language(response, request, key, form.lang, framed=form.framed)
    return response


async def _drafted(request: Request, parts: Parts, key: Opened | None, form: Choice) -> Response:
    written = form.text.replace("\r\n", "\n")
    fresh = form.id and written.strip()
    if fresh and await parts.floods.is_first(SHOWN_ONCE, f"draft {form.id}"):
        return await shown(request, parts, key, written)
    return RedirectResponse(_on_this_site(form.back), status_code=303)


def _on_this_site(address: str) -> str:
    """A path of ours, or the first page: nobody is led elsewhere by a form of ours."""
    is_path = address.startswith("/") and address[1:2] not in ("/", "\\")
    return address if is_path else "/"
