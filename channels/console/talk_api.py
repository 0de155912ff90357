"""The desk's API of working together in one conversation."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, HTTPException, Query
from pydantic import BaseModel, ConfigDict, Field

from channels.console import deeds, inserting, talk_views
from channels.console.readable import as_given, plain
from channels.console.sign_in import Corrects, Joins, MarksAlarms, Reads, Sees, Takes
from channels.message import LONGEST
from channels.parts import Parts, Wired
from knowledge.audit.model import What
from knowledge.conversations.model import Priority
from knowledge.coordinators.model import Coordinator
from knowledge.marks.model import Verdict
from knowledge.sealing.ring import NotOpened

router = APIRouter(prefix="/api/console", tags=["console"])

NOT_OPENED = (
    "What is recorded of this person can't be opened now, so nothing in it was changed. "
    "What you wrote is kept as a note for the team. Please tell your administrator."
)


class _Given(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Transfer(_Given):
    """To whom (an id of `GET colleagues`, or nobody: whoever is free), with what note."""

    to: str | None = Field(default=None, max_length=32)
    note: str = Field(default="", max_length=LONGEST)


class Fact(_Given):
    """A fact put right, in the form of the assessment."""

    field: str = Field(max_length=40)
    value: Any


class Mark(_Given):
    """An alarm as right or wrong, or a message in which risk was missed."""

    verdict: Verdict
    alarm: int | None = None
    message: int | None = None
    disposition: Literal["urgent", "emergency"] | None = None
    categories: list[Annotated[str, Field(max_length=40)]] = Field(
        default_factory=list, max_length=13
    )


class ReadUpto(_Given):
    """The last sequence that stands on the screen."""

    upto: int = Field(ge=0, lt=2**31)


@router.get("/mine")
async def mine(who: Sees, parts: Wired) -> dict[str, Any]:
    """What you hold, joined or were handed, each with the number of unread messages."""
    await parts.knowledge.audit.looked(What.SAW_QUEUE)
    return {"mine": await talk_views.mine(parts, who)}


@router.get("/colleagues")
async def colleagues(who: Sees, parts: Wired) -> dict[str, Any]:
    """To whom you can pass a conversation on."""
    found = await deeds.colleagues(parts, who)
    return {"colleagues": [{"id": one.id, "name": one.name} for one in found]}


@router.get("/outcomes")
async def outcomes(_who: Sees) -> dict[str, Any]:
    """How a conversation can end."""
    return {"outcomes": [{"key": key, "title": one} for key, one in inserting.outcomes().items()]}


@router.get("/conversations/{conversation}/sentences")
async def sentences(conversation: str, who: Reads, parts: Wired) -> dict[str, Any]:
    """Sentences by topic, in the person's own wording."""
    await parts.knowledge.audit.looked(What.READ_CONVERSATION, conversation)
    record = await parts.knowledge.assessments.read(conversation)
    return {"sentences": inserting.canned(record, who.name)}


@router.get("/conversations/{conversation}/services")
async def services(
    conversation: str,
    _who: Reads,
    parts: Wired,
    q: Annotated[str, Query(max_length=200)] = "",
) -> dict[str, Any]:
    """Services for some words, or for what the person told; send them by their `id`."""
    await parts.knowledge.audit.looked(What.READ_CONVERSATION, conversation)
    record = await parts.knowledge.assessments.read(conversation)
    return {"services": inserting.search(parts, q, record)}


@router.post("/conversations/{conversation}/transfer", status_code=204)
async def transfer(
    conversation: str, who: Takes, parts: Wired, given: Transfer | None = None
) -> None:
    """Pass it on with a note; it waits in the queue. 409 unless you hold it."""
    given = given or Transfer(to=None, note="")
    await deeds.transfer(parts, conversation, who, given.to, given.note)


@router.post("/conversations/{conversation}/join", status_code=204)
async def join(conversation: str, who: Joins, parts: Wired) -> None:
    """Come in beside the colleague who holds it. 409 when nobody does."""
    await deeds.join(parts, conversation, who)


@router.post("/conversations/{conversation}/leave", status_code=204)
async def leave(conversation: str, who: Joins, parts: Wired) -> None:
    """Go again after having joined. 409 otherwise."""
    await deeds.leave(parts, conversation, who)


@router.post("/conversations/{conversation}/take-over", status_code=204)
async def take_over(conversation: str, who: Joins, parts: Wired) -> None:
    """Take it from the colleague who holds it. 409 when nobody does."""
    await deeds.take_over(parts, conversation, who)


@router.post("/conversations/{conversation}/typing", status_code=204)
async def typing(conversation: str, who: Takes, parts: Wired) -> None:
    """Say that you are writing now; it is kept nowhere and gone after some seconds."""
    if await may_speak(parts, conversation, who) and parts.typing.note(conversation, who.id):
        parts.bell.ring(conversation)


@router.post("/conversations/{conversation}/read", status_code=204)
async def read(conversation: str, given: ReadUpto, who: Reads, parts: Wired) -> None:
    """Say how far you have read."""
    await talk_views.note_read(parts, conversation, who, given.upto)
    parts.bell.ring(conversation)


@router.post("/conversations/{conversation}/facts", status_code=204)
async def correct(conversation: str, given: Fact, who: Corrects, parts: Wired) -> None:
    """Put a fact right, or add one. Who, when and what it was before stay in the thread."""
    await set_fact(parts, conversation, who, given.field, given.value)


@router.post("/conversations/{conversation}/marks", status_code=204)
async def mark(conversation: str, given: Mark, who: MarksAlarms, parts: Wired) -> None:
    """Mark an alarm right or wrong, or a message as `missed`: that raises the alarm now."""
    await set_mark(parts, conversation, who, given)


@router.post("/conversations/{conversation}/ask-learning", status_code=204)
async def ask_learning(conversation: str, who: Takes, parts: Wired) -> None:
    """Ask the person whether we may learn from their words. 409 unless you hold it."""
    await deeds.ask_learning(parts, conversation, who)


async def set_fact(
    parts: Parts, conversation: str, who: Coordinator, field: str, value: Any
) -> None:
    """Put one fact right. Raises NotFound, and answers 422 for what fits no field.

    Where the record can't be opened nothing in it is changed: what was to stand there is kept as a
    note for the team, and 409 says so.
    """
    try:
        await parts.knowledge.assessments.correct(conversation, who.id, field, value)
    except NotOpened:
        said = (
            f"Not kept in the facts, they can't be opened now. {plain(field)}: {as_given(value)}"
        )
        await parts.reception.note(conversation, who, said[:LONGEST])
        raise HTTPException(409, NOT_OPENED) from None
    except (ValueError, TypeError, AttributeError):
        raise HTTPException(422, "This is not a value that this fact can have.") from None
    parts.bell.ring(conversation)


async def set_mark(parts: Parts, conversation: str, who: Coordinator, given: Mark) -> None:
    """Keep one mark. Raises NotFound, and answers 422 for a mark that says nothing."""
    marks = parts.knowledge.marks
    try:
        if given.verdict is Verdict.MISSED:
            level = Priority(given.disposition or "")
            about = given.message or 0
            await marks.missed(conversation, who.id, about, level, given.categories)
        else:
            await marks.mark(conversation, who.id, given.alarm or 0, given.verdict)
    except ValueError:
        words = "A missed risk needs its message, how urgent it is, and at least one kind."
        raise HTTPException(422, words) from None
    parts.bell.ring(conversation, "queue")


async def may_speak(parts: Parts, conversation: str, who: Coordinator) -> bool:
    """Whether somebody holds the conversation or has joined it."""
    state, _, _ = await parts.knowledge.teamwork.here(conversation)
    guests = await parts.knowledge.teamwork.guests(conversation)
    return state.held_by is not None and who.id in (state.held_by, *guests)
