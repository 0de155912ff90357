"""What is kept about people, made of the rules that the code itself goes by."""

from fastapi import APIRouter, Request, Response

from channels.web.languages import noted
from channels.web.pages import pages
from knowledge.coordinators.model import Role
from knowledge.retention.holdings import holdings
from knowledge.retention.model import rules

router = APIRouter(include_in_schema=False)

ROLES = {
    Role.COORDINATOR: noted("coordinator"),
    Role.SUPERVISOR: noted("supervisor"),
    Role.EDITOR: noted("editor"),
    Role.ADMINISTRATOR: noted("administrator"),
    Role.AUDITOR: noted("auditor"),
}


@router.get("/privacy")
async def privacy(request: Request) -> Response:
    """In plain words first, then every kind of data."""
    shown = {"rules": rules().values(), "holdings": holdings().values(), "roles": ROLES}
    return pages.TemplateResponse(request, "privacy.html", shown)
