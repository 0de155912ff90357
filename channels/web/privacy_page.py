"""What is kept about people, made of the rules that the code itself goes by."""

from fastapi import APIRouter, Request, Response

from channels.web.pages import pages
from knowledge.retention.holdings import holdings
from knowledge.retention.model import rules

router = APIRouter(include_in_schema=False)


@router.get("/privacy")
async def privacy(request: Request) -> Response:
    """In plain words first, then every kind of data."""
    shown = {"rules": rules().values(), "holdings": holdings().values()}
    return pages.TemplateResponse(request, "privacy.html", shown)
