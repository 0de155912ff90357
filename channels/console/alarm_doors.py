"""Acknowledging alarms, asking the gate, and what became of call-backs: API and pages."""

from typing import Annotated, Any

from fastapi import APIRouter, Form, HTTPException, Response
from pydantic import BaseModel, ConfigDict

from channels.bell import QUEUE
from channels.console import views
from channels.console.pages import then_back
from channels.console.sign_in import Hears, Sees, Takes
from channels.parts import Parts, Wired
from knowledge.alarms.model import Clock
from knowledge.callbacks.model import Outcome
from knowledge.contact.model import Approach, Way
from knowledge.coordinators.model import Coordinator
from knowledge.errors import Conflict, NotFound

router = APIRouter(prefix="/api/console", tags=["console"])
pages_router = APIRouter(prefix="/console", include_in_schema=False)


class Contacting(BaseModel):
    """By which way somebody wants to reach a person, and whether words stay behind."""

    model_config = ConfigDict(extra="forbid")

    way: Way
    leaves_a_message: bool = False


class Became(BaseModel):
    """What became of a call-back."""

    model_config = ConfigDict(extra="forbid")

    outcome: Outcome


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


@router.post("/conversations/{conversation}/contact")
async def contact(
    conversation: str, asked: Contacting, who: Takes, parts: Wired
) -> dict[str, Any]:
    """Ask whether the person may be reached in this way. A refusal is noted, with its reason."""
    approach = Approach(way=asked.way, leaves_a_message=asked.leaves_a_message)
    why = await parts.knowledge.gate.ask(conversation, approach, f"by hand {who.id}", who.id)
    parts.bell.ring(conversation)
    return {"allowed": why is None, "why": why and str(why)}


@router.get("/callbacks")
async def callbacks(who: Sees, parts: Wired) -> dict[str, Any]:
    """The call-backs that are due, the earliest first."""
    return {"callbacks": await views.callbacks(parts, who)}


@router.post("/conversations/{conversation}/callbacks/{callback}", status_code=204)
async def finish(
    conversation: str, callback: str, became: Became, who: Takes, parts: Wired
) -> None:
    """Say what became of a call-back. 409 when it is noted already, or was ruled out since."""
    await _finish(parts, who, (conversation, callback), became.outcome)


@pages_router.post("/conversations/{conversation}/acknowledge")
async def acknowledge_page(
    conversation: str, who: Hears, parts: Wired, back: Annotated[str, Form(max_length=10)] = ""
) -> Response:
    """Acknowledge, and stay on the page."""
    to = "/console" if back == "queue" else ""
    return await then_back(conversation, acknowledge(conversation, who, parts), to)


@pages_router.post("/conversations/{conversation}/callbacks/{callback}")
async def finish_page(
    conversation: str,
    callback: str,
    who: Takes,
    parts: Wired,
    outcome: Annotated[Outcome, Form()],
) -> Response:
    """Say what became of a call-back."""
    return await then_back(conversation, _finish(parts, who, (conversation, callback), outcome))


async def _finish(
    parts: Parts, who: Coordinator, which: tuple[str, str], outcome: Outcome
) -> None:
    conversation, callback = which
    agreed = await parts.knowledge.callbacks.get(callback)
    if agreed.conversation != conversation:
        raise NotFound(callback)
    if outcome is Outcome.OPEN:
        raise HTTPException(422, "A call-back that is over can't be opened again.")
    if outcome is Outcome.KEPT:
        why = await parts.knowledge.gate.ask(
            conversation, Approach(way=agreed.way), callback, who.id
        )
        if why is not None:
            raise Conflict(f"the person must not be reached: {why}")
    await parts.knowledge.callbacks.finish(callback, outcome, who.id)
    parts.bell.ring(conversation, QUEUE)
