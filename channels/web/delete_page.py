"""Deleting everything, in two steps that work at once. No script needed."""

from fastapi import APIRouter, Request, Response

from channels.parts import Wired
from channels.web.keys import forget_key, only_from_this_site, valid_key
from channels.web.pages import pages
from knowledge.conversations.model import Holder, Reader
from knowledge.errors import Held, NotFound, Unavailable

router = APIRouter(include_in_schema=False)


@router.get("/delete")
async def ask(request: Request, parts: Wired) -> Response:
    """The first step: what goes, what stays and why."""
    key = await valid_key(request, parts)
    if key is None:
        return _page(request, "nothing")
    state, _ = await parts.knowledge.conversations.thread(key.conversation, reader=Reader.PERSON)
    return _page(request, "ask", waiting=state.holder in (Holder.WAITING, Holder.COORDINATOR))


@router.post("/delete")
async def delete(request: Request, parts: Wired) -> Response:
    """The second step. It says so honestly when it could not be done."""
    only_from_this_site(request)
    key = await valid_key(request, parts)
    if key is None:
        return _page(request, "nothing")
    step = "done"
    try:
        if not await parts.reception.erase(key.conversation):
            step = "nearly"
    except Held:
        return _page(request, "held", status=409)
    except Unavailable:
        return _page(request, "later", status=503)
    except NotFound:  # deleted by another page of the same person: done is done
        pass
    response = _page(request, step)
    forget_key(response, parts)
    return response


def _page(request: Request, step: str, *, waiting: bool = False, status: int = 200) -> Response:
    shown = {"step": step, "waiting": waiting}
    return pages.TemplateResponse(request, "delete.html", shown, status_code=status)
