"""What is kept about people, made of the rules that the code itself goes by; and deleting it."""

from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse
from fastapi.templating import Jinja2Templates

from channels.parts import Wired
from channels.web.keys import COOKIE, only_from_this_site, valid_key
from channels.web.problems import PROBLEMS
from knowledge.errors import Held, Unavailable
from knowledge.retention.holdings import holdings
from knowledge.retention.model import rules

router = APIRouter(include_in_schema=False)
pages = Jinja2Templates(Path(__file__).parent / "templates")
OUTCOMES = {
    "deleted": "Your chat is deleted.",
    "held": PROBLEMS[Held][1],
    "failed": "We could not delete it just now. Please try again in a few minutes.",
    "unsure": "Please tick the box first. Nothing was deleted.",
}


@router.get("/privacy")
async def privacy(request: Request, parts: Wired, outcome: str = "") -> Response:
    """In plain words first, then every kind of data."""
    shown = {
        "rules": rules().values(),
        "holdings": holdings().values(),
        "has_chat": await valid_key(request, parts) is not None,
        "outcome": OUTCOMES.get(outcome, ""),
    }
    return pages.TemplateResponse(request, "privacy.html", shown)


@router.post("/privacy/delete")
async def delete(
    request: Request, parts: Wired, sure: Annotated[str, Form(max_length=10)] = ""
) -> Response:
    """Delete this browser's chat, once the box is ticked."""
    only_from_this_site(request)
    key = await valid_key(request, parts)
    outcome = "deleted" if key else ""
    if key and not sure:
        outcome = "unsure"
    elif key:
        try:
            await parts.reception.erase(key.conversation)
        except Held:
            outcome = "held"
        except Unavailable:
            outcome = "failed"
    response = RedirectResponse(f"/privacy?outcome={outcome}#delete", status_code=303)
    if outcome == "deleted":
        response.delete_cookie(COOKIE, path="/")
    return response
