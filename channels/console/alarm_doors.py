"""Acknowledging alarms: API and pages."""

from typing import Annotated

from fastapi import APIRouter, Form, Response

from channels.bell import QUEUE
from channels.console import views
from channels.console.pages import then_back
from channels.console.sign_in import Hears, Sees
from channels.parts import Wired
from knowledge.alarms.model import Clock

router = APIRouter(prefix="/api/console", tags=["console"])
pages_router = APIRouter(prefix="/console", include_in_schema=False)


@router.get("/alarms")
async def alarms(who: Sees, parts: Wired) -> dict[str, int]:
    """How many alarms that somebody may see stand how. For sounds: it names nobody."""
    counts = dict.fromkeys(map(str, Clock), 0)
    for item in await views.queue(parts, who):
        if item["alarm"]:
            counts[item["alarm"]["clock"]] += 1
    return counts


@router.post("/conversations/{conversation}/acknowledge", status_code=204)
async def acknowledge(conversation: str, who: Hears, parts: Wired) -> None:
    """Say that you have seen the alarm. 409 when none rings: somebody else was first."""
    await parts.knowledge.alarms.acknowledge(conversation, who.id)
    parts.bell.ring(conversation, QUEUE)


@pages_router.post("/conversations/{conversation}/acknowledge")
async def acknowledge_page(
    conversation: str, who: Hears, parts: Wired, back: Annotated[str, Form(max_length=10)] = ""
) -> Response:
    """Acknowledge, and stay on the page."""
    to = "/console" if back == "queue" else ""
    return await then_back(conversation, acknowledge(conversation, who, parts), to)
