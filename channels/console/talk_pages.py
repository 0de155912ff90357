"""The page of one conversation, and what its forms do. It works without a script."""

from dataclasses import dataclass
from typing import Annotated, Any
from uuid import NAMESPACE_OID as NAMESPACE
from uuid import UUID, uuid4, uuid5

from fastapi import APIRouter, Depends, Form, HTTPException, Query, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import ValidationError

from channels.console import (
    api,
    callback_doors,
    deeds,
    inserting,
    readable,
    talk_api,
    talk_forms,
    talk_views,
)
from channels.console.pages import pages, then_back
from channels.console.sign_in import Corrects, Joins, MarksAlarms, Reads, Takes
from channels.letters import letters
from channels.mail import can_send
from channels.message import LONGEST
from channels.parts import Parts, Wired
from knowledge.assessment.model import NEEDS
from knowledge.audit.model import What
from knowledge.errors import NotFound
from knowledge.marks.model import CATEGORIES

router = APIRouter(prefix="/console/conversations", include_in_schema=False)
SAID = {
    "taken": "You don't hold this conversation, or somebody else took it first.",
    "outcome": "Please choose how it ended before you close it.",
    "fact": "This fact could not be kept. Please look at it again.",
    "sealed": talk_api.NOT_OPENED,
    "place": "This place is not known. Please write a town, village or postcode area.",
    "which": "This name may mean several places. Please write a town or village.",
    "when": "Please write when it was.",
    "empty": "Please write or choose something.",
    "time": callback_doors.NOT_A_TIME,
    "address": "Please write the address.",
    "mail": "The e-mail was not sent: mail to people is not set up, or the server is away.",
    "mark": "Please choose the message, how urgent it is, and at least one kind of risk.",
}
# The gate's reasons: what the person said about being reached stands above all else.
SAID |= {why: f"Kept back. {words}" for why, words in readable.refusals().items()}


@dataclass(frozen=True)
class Asked:
    """What the address of the page asks for beside the conversation."""

    after: Annotated[int, Query(ge=0)] = 0
    all: bool = False
    find: Annotated[str, Query(max_length=200)] = ""
    say: Annotated[str, Query(max_length=80)] = ""
    service: Annotated[list[str] | None, Query(max_length=10)] = None
    refused: str = ""


@router.get("/{conversation}")
async def conversation(
    conversation: str,
    request: Request,
    who: Reads,
    parts: Wired,
    asked: Annotated[Asked, Depends()],
) -> Response:
    """One conversation: thread, facts, risk, and what can be done."""
    seen = await talk_views.page(parts, conversation, who, asked.after, asked.all)
    shown: dict[str, Any] = {
        "who": who,
        "refused": SAID.get(asked.refused),
        "message_id": uuid4(),
        # The same until the thread grows: pressing twice sends once.
        "email_id": uuid5(NAMESPACE, f"email {conversation} {seen['last']}"),
        "letter_id": uuid5(NAMESPACE, f"letter {conversation} {seen['last']}"),
        "longest": LONGEST,
        "now": parts.knowledge.clock(),
        "letters": letters().values(),
        "can_mail": can_send(parts.settings) and bool(parts.settings.quiet_mail_from),
        "facts": talk_forms.fields(seen["assessment"], seen["risk"]),
        "forms": talk_forms,
        "needs": NEEDS,
        "categories": CATEGORIES,
        **_inserted(parts, asked, seen),
        **seen,
    }
    await talk_views.note_read(parts, conversation, who, seen["last"])
    await parts.knowledge.audit.looked(What.READ_CONVERSATION, conversation)
    return pages.TemplateResponse(request, "conversation.html", shown)


@router.post("/{conversation}/messages")
async def say(
    conversation: str,
    who: Takes,
    parts: Wired,
    text: Annotated[str, Form(min_length=1, max_length=LONGEST)],
    id: Annotated[UUID | None, Form()] = None,
    service: Annotated[list[str] | None, Form(max_length=inserting.MOST_SERVICES)] = None,
) -> Response:
    """Say something to the person, with cards of services."""
    words = api.Words(text=text.replace("\r\n", "\n"), id=id, services=service or [])
    return await then_back(conversation, api.say(conversation, words, who, parts))


@router.post("/{conversation}/close")
async def close(
    conversation: str,
    who: Takes,
    parts: Wired,
    outcome: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    """End the conversation; how it ended must be said."""
    try:
        closing = api.Closing(outcome=outcome)
    except ValidationError:
        return _refused(conversation, "outcome")
    return await then_back(conversation, api.close(conversation, who, parts, closing), "/console")


@router.post("/{conversation}/transfer")
async def transfer(
    conversation: str,
    who: Takes,
    parts: Wired,
    to: Annotated[str, Form(max_length=32)] = "",
    note: Annotated[str, Form(max_length=LONGEST)] = "",
) -> Response:
    """Pass it on with a note."""
    deed = deeds.transfer(parts, conversation, who, to or None, note.replace("\r\n", "\n"))
    return await then_back(conversation, deed, "/console")


@router.post("/{conversation}/join")
async def join(conversation: str, who: Joins, parts: Wired) -> Response:
    """Come in beside the colleague who holds it."""
    return await then_back(conversation, deeds.join(parts, conversation, who))


@router.post("/{conversation}/leave")
async def leave(conversation: str, who: Joins, parts: Wired) -> Response:
    """Go again."""
    return await then_back(conversation, deeds.leave(parts, conversation, who))


@router.post("/{conversation}/take-over")
async def take_over(conversation: str, who: Joins, parts: Wired) -> Response:
    """Take it from the colleague who holds it."""
    return await then_back(conversation, deeds.take_over(parts, conversation, who))


@router.post("/{conversation}/ask-learning")
async def ask_learning(conversation: str, who: Takes, parts: Wired) -> Response:
    """Ask whether we may learn from their words."""
    return await then_back(conversation, deeds.ask_learning(parts, conversation, who))


@router.post("/{conversation}/facts")
async def correct(conversation: str, request: Request, who: Corrects, parts: Wired) -> Response:
    """Put a fact right, or add one."""
    form = await request.form()
    field = str(form.get("field", ""))
    try:
        value = talk_forms.value_of(field, form, parts.help)
        await talk_api.set_fact(parts, conversation, who, field, value)
    except talk_forms.Unclear as error:
        return _refused(conversation, str(error))
    except HTTPException as error:
        return _refused(conversation, "sealed" if error.status_code == 409 else "fact")
    return RedirectResponse(f"/console/conversations/{conversation}#facts", status_code=303)


@router.post("/{conversation}/marks")
async def mark(conversation: str, request: Request, who: MarksAlarms, parts: Wired) -> Response:
    """Mark an alarm, or a message in which risk was missed."""
    form = await request.form()
    given = {
        key: form[key] for key in ("verdict", "alarm", "message", "disposition") if form.get(key)
    }
    try:
        said = talk_api.Mark.model_validate({**given, "categories": form.getlist("categories")})
        await talk_api.set_mark(parts, conversation, who, said)
    except (ValidationError, HTTPException):
        return _refused(conversation, "mark")
    return RedirectResponse(f"/console/conversations/{conversation}#risk", status_code=303)


def _inserted(parts: Parts, asked: Asked, seen: dict[str, Any]) -> dict[str, Any]:
    """What was searched and chosen to go into the message, without a script."""
    try:
        chosen = inserting.cards(parts, (asked.service or [])[: inserting.MOST_SERVICES])
    except NotFound:
        chosen = []
    sentences = {key: text for topic in seen["canned"].values() for key, text in topic.items()}
    return {
        "find": asked.find,
        "found": inserting.search(parts, asked.find, seen["assessment"]) if asked.find else [],
        "chosen": chosen,
        "prefilled": sentences.get(asked.say, ""),
    }


def _refused(conversation: str, refused: str) -> Response:
    here = f"/console/conversations/{conversation}"
    return RedirectResponse(f"{here}?refused={refused}", status_code=303)
