"""Asking the gate, and agreeing on, beginning and ending call-backs: API and pages."""

from datetime import datetime, timedelta
from typing import Annotated, Any
from uuid import uuid4

from fastapi import APIRouter, Form, HTTPException, Response
from fastapi.responses import RedirectResponse
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, NaiveDatetime

from channels.bell import QUEUE
from channels.console import views
from channels.console.pages import then_back
from channels.console.sign_in import Sees, Takes
from channels.parts import Parts, Wired
from knowledge.audit.model import What
from knowledge.callbacks.model import Callback, Outcome
from knowledge.clock import LONDON
from knowledge.contact.model import Approach, Way, Why
from knowledge.coordinators.model import Coordinator
from knowledge.errors import NotFound, Refused

router = APIRouter(prefix="/api/console", tags=["console"])
pages_router = APIRouter(prefix="/console", include_in_schema=False)
ASKING = timedelta(minutes=1)  # the clock goes on while the gate is asked
NOT_A_TIME = "Please give a time that is still to come, within one day and the next 60 days."


class _Given(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Contacting(_Given):
    """By which way somebody wants to reach a person, and whether words stay behind."""

    way: Way
    leaves_a_message: bool = False


class Planned(_Given):
    """What was agreed with the person: by which way, from when until when."""

    way: Way
    from_: AwareDatetime = Field(alias="from")
    until: AwareDatetime


class Became(_Given):
    """What became of a call-back; ``begun`` asks the gate before you reach out."""

    outcome: Outcome


@router.post("/conversations/{conversation}/contact")
async def contact(
    conversation: str, asked: Contacting, who: Takes, parts: Wired
) -> dict[str, Any]:
    """Ask whether the person may be reached in this way. A refusal is noted, with its reason."""
    approach = Approach(way=asked.way, leaves_a_message=asked.leaves_a_message, is_a_letter=True)
    why = await _ask(parts, conversation, approach, who)
    return {"allowed": why is None, "why": why and str(why)}


@router.get("/callbacks")
async def callbacks(who: Sees, parts: Wired) -> dict[str, Any]:
    """The call-backs that are due, the earliest first."""
    await parts.knowledge.audit.looked(What.SAW_QUEUE)
    return {"callbacks": await views.callbacks(parts, who)}


@router.post("/conversations/{conversation}/callbacks", status_code=201)
async def plan(conversation: str, given: Planned, who: Takes, parts: Wired) -> dict[str, Any]:
    """Keep a call-back that you agreed on with the person; the one before is called off.

    409 with the reason when the person must not be reached by this way.
    """
    made = await _plan(parts, who, conversation, (given.way, given.from_, given.until))
    return views.callback(made)


@router.post("/conversations/{conversation}/callbacks/{callback}", status_code=204)
async def finish(
    conversation: str, callback: str, became: Became, who: Takes, parts: Wired
) -> None:
    """Begin a call-back, or say what became of it. 409 when it is noted already.

    409 with the reason, too, when the person must not be reached so, or not now. What was begun
    in its time may be ended later.
    """
    await _finish(parts, who, (conversation, callback), became.outcome)


@pages_router.post("/conversations/{conversation}/callbacks")
async def plan_page(
    conversation: str,
    who: Takes,
    parts: Wired,
    way: Annotated[Way, Form()],
    start: Annotated[NaiveDatetime, Form()],
    until: Annotated[NaiveDatetime, Form()],
) -> Response:
    """Keep a call-back that was agreed; its times are London's."""
    agreed = (way, start.replace(tzinfo=LONDON), until.replace(tzinfo=LONDON))
    try:
        return await then_back(conversation, _plan(parts, who, conversation, agreed))
    except HTTPException:
        here = f"/console/conversations/{conversation}?refused=time"
        return RedirectResponse(here, status_code=303)


@pages_router.post("/conversations/{conversation}/callbacks/{callback}")
async def finish_page(
    conversation: str,
    callback: str,
    who: Takes,
    parts: Wired,
    outcome: Annotated[Outcome, Form()],
) -> Response:
    """Begin a call-back, or say what became of it."""
    return await then_back(conversation, _finish(parts, who, (conversation, callback), outcome))


async def _plan(
    parts: Parts, who: Coordinator, conversation: str, agreed: tuple[Way, datetime, datetime]
) -> Callback:
    way, start, until = agreed
    now = parts.knowledge.clock()
    # Whether the time is safe was just agreed; whether the way is, the gate says now as well.
    why = await _ask(parts, conversation, Approach(way=way, agreed=(now, now + ASKING)), who)
    if why is not None:
        raise Refused(why)
    try:
        made = await parts.knowledge.callbacks.plan(conversation, way, (start, until), who.id)
    except ValueError:
        raise HTTPException(422, NOT_A_TIME) from None
    parts.bell.ring(conversation, QUEUE)
    return made


async def _finish(
    parts: Parts, who: Coordinator, which: tuple[str, str], outcome: Outcome
) -> None:
    conversation, callback = which
    agreed = await parts.knowledge.callbacks.get(callback)
    if agreed.conversation != conversation:
        raise NotFound(callback)
    if outcome is Outcome.OPEN:
        raise HTTPException(422, "A call-back that is over can't be opened again.")
    reaches_out = outcome is Outcome.BEGUN or (outcome is Outcome.KEPT and not agreed.begun_at)
    if reaches_out and agreed.is_ahead:
        approach = Approach(way=agreed.way, agreed=(agreed.start, agreed.end))
        if why := await _ask(parts, conversation, approach, who):
            raise Refused(why)
    await parts.knowledge.callbacks.finish(callback, outcome, who.id)
    parts.bell.ring(conversation, QUEUE)


async def _ask(
    parts: Parts, conversation: str, approach: Approach, who: Coordinator
) -> Why | None:
    """Ask the gate; each refusal is noted by itself, and heard on every page of the desk."""
    why = await parts.knowledge.gate.ask(conversation, approach, uuid4().hex, who.id)
    if why is not None:
        parts.bell.ring(conversation)
    return why
