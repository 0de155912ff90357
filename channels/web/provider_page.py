"""The page behind a provider's link: look at the own entry, say it is right, or correct it."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, HTTPException, Request, Response

from channels.console.entry_form import OPEN_FIELDS, shown, written
from channels.console.pages import pages
from channels.floods import PROVIDERS
from channels.message import clean
from channels.parts import Parts, Wired
from channels.provider_links import Link, LinkExpired, LinkRefused, ProviderLinks
from channels.web.chat_api import address
from channels.web.keys import from_this_site
from knowledge.directory.records import Entry, Proposal, differences
from knowledge.directory.rows import NotUsable
from knowledge.errors import Conflict, NotFound

router = APIRouter(prefix="/provider", include_in_schema=False)
LONGEST_NOTE = 1000
OLD = "This link has run out. Please ask the person who sent it for a new one."
BAD = "This link does not work. Please open it again from the letter, in one piece."
USED = "Thank you. You have answered this letter already."
THANKS = "Thank you. Your answer is with our editors. You can close this page."


@router.get("/{token}")
async def look(token: str, request: Request, parts: Wired) -> Response:
    """The entry as we have it."""
    link, entry = await _opened(token, request, parts)
    if await parts.knowledge.editing.is_answered(link.id):
        return _page(request, said=USED)
    return _page(request, entry=entry, fields=shown(OPEN_FIELDS, entry.row))


@router.post("/{token}")
async def answer(
    token: str,
    request: Request,
    parts: Wired,
    right: Annotated[str, Form()] = "",
    note: Annotated[str, Form(max_length=LONGEST_NOTE)] = "",
) -> Response:
    """Keep the answer. A correction waits until an editor agrees."""
    if not from_this_site(request):
        raise HTTPException(403, "This page can only be used from its own site.")
    link, entry = await _opened(token, request, parts)
    form = await request.form()
    row = entry.row if right else written(form, OPEN_FIELDS, entry.row)
    _, changed = differences(entry.row, row)
    said = Proposal(
        link.id, entry.id, parts.knowledge.clock(), changed, "" if right else clean(note).strip()
    )
    try:
        await parts.knowledge.editing.propose(said)
    except NotUsable as error:
        return _page(
            request, 422, entry=entry, note=note, problems=error.problems,
            fields=shown(OPEN_FIELDS, row),
        )  # fmt: skip
    except Conflict:
        return _page(request, said=USED)
    return _page(request, said=THANKS)


async def _opened(token: str, request: Request, parts: Parts) -> tuple[Link, Entry]:
    """What the link stands for. Answers 404 or 410 when it stands for nothing any more."""
    await parts.floods.check(PROVIDERS, address(request))
    try:
        link = ProviderLinks(parts.settings.link_secret, parts.knowledge.clock).read(token)
        entry = await parts.knowledge.editing.entry(link.service)
    except LinkExpired:
        raise Closed(OLD, 410) from None
    except (LinkRefused, NotFound):
        raise Closed(BAD, 404) from None
    return link, entry


class Closed(Exception):
    """A link that opens nothing; the message tells the reader what to do."""

    def __init__(self, said: str, status: int) -> None:
        super().__init__(said)
        self.status = status


async def closed(request: Request, error: Exception) -> Response:
    """The page for a link that opens nothing."""
    status = error.status if isinstance(error, Closed) else 404
    return _page(request, status, said=str(error))


def _page(request: Request, status: int = 200, **context: Any) -> Response:
    filled = {"entry": None, "said": "", "note": "", "problems": {}, "fields": [], **context}
    return pages.TemplateResponse(request, "provider.html", filled, status_code=status)
