"""The look a hub sets, as a stylesheet of its own: asked for only where there is one."""

from fastapi import APIRouter, Response

from channels.parts import Wired

router = APIRouter(include_in_schema=False)


@router.get("/theme.css")
async def theme(parts: Wired) -> Response:
    """The hub's colours; empty when it keeps ours."""
    return Response(parts.hub.css, media_type="text/css")
