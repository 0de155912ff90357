"""A hold for safeguarding: a supervisor says why a conversation must not be deleted."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, ConfigDict, Field

from channels.console.sign_in import allowed
from channels.message import clean
from channels.parts import Parts, Wired
from knowledge.coordinators.model import Coordinator, Right
from knowledge.errors import NotFound

router = APIRouter()
MayHold = Annotated[Coordinator, Depends(allowed(Right.HOLD_CONVERSATION))]
LONGEST_REASON = 500


class Reason(BaseModel):
    """Why a conversation must stay."""

    model_config = ConfigDict(extra="forbid")

    reason: str = Field(min_length=3, max_length=LONGEST_REASON)


@router.post("/api/console/conversations/{conversation}/hold", status_code=204, tags=["console"])
async def hold(conversation: str, why: Reason, who: MayHold, parts: Wired) -> None:
    """Keep the conversation, whatever the rules or the person ask, until it is released."""
    await parts.knowledge.retention.hold(conversation, who.id, clean(why.reason))


@router.post(
    "/api/console/conversations/{conversation}/release", status_code=204, tags=["console"]
)
async def release(conversation: str, who: MayHold, parts: Wired) -> None:
    """End the hold. 404 when there is none."""
    await parts.knowledge.retention.release(conversation, who.id)


@router.post("/console/conversations/{conversation}/hold", include_in_schema=False)
async def hold_page(
    conversation: str,
    who: MayHold,
    parts: Wired,
    reason: Annotated[str, Form(min_length=3, max_length=LONGEST_REASON)],
) -> RedirectResponse:
    """The same from the desk's page."""
    await hold(conversation, Reason(reason=reason), who, parts)
    return RedirectResponse(f"/console/conversations/{conversation}", status_code=303)


@router.post("/console/conversations/{conversation}/release", include_in_schema=False)
async def release_page(conversation: str, who: MayHold, parts: Wired) -> RedirectResponse:
    """The same from the desk's page."""
    await release(conversation, who, parts)
    return RedirectResponse(f"/console/conversations/{conversation}", status_code=303)


async def hold_shown(parts: Parts, conversation: str) -> dict[str, Any] | None:
    """The hold as the desk shows it: why, who, since when."""
    found = await parts.knowledge.retention.hold_of(conversation)
    if found is None:
        return None
    try:
        name = (await parts.knowledge.coordinators.get(found.by)).name
    except NotFound:  # left the team since
        name = "A colleague"
    return {"reason": found.reason, "by": name, "at": found.at.isoformat()}
