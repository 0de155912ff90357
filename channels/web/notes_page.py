"""What a person told us, on a plain page to read, keep or print. No script needed."""

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Annotated, Any
from uuid import uuid4

import yaml
from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from channels.floods import FILES, MESSAGES
from channels.parts import Parts, Wired
from channels.reception import Incoming
from channels.web.keys import only_from_this_site, reading_key, valid_key
from channels.web.languages import Translate, noted
from channels.web.notes_file import NoFile, as_file
from channels.web.pages import pages, translator, words_for
from channels.web.reading import messages, new_messages

router = APIRouter(include_in_schema=False)

WORDS: dict[str, dict[Any, str]] = yaml.safe_load(
    Path(__file__).with_name("notes_words.yml").read_text("utf-8")
)
Line = tuple[str, str]
CORRECTION = "No, I meant:"
PATIENCE = 4.0  # seconds that the page waits for the answer


@router.get("/notes")
async def notes(request: Request, parts: Wired) -> Response:
    """The record of this browser's conversation in plain words."""
    key = await reading_key(request, parts)
    if key is None:
        return RedirectResponse("/", status_code=303)
    shown = await _shown(request, parts, key.conversation)
    return pages.TemplateResponse(request, "notes.html", shown)


@router.post("/notes/file")
async def file(request: Request, parts: Wired) -> Response:
    """The same as an accessible PDF, asked for on purpose. Its name gives nothing away."""
    only_from_this_site(request)
    key = await valid_key(request, parts)
    if key is None:
        return RedirectResponse("/", status_code=303)
    await parts.floods.check(FILES, f"files {key.conversation}")
    shown = await _shown(request, parts, key.conversation)
    try:
        made = await as_file({**words_for(request), **shown})
    except NoFile:
        failed = {**shown, "no_file": True}
        return pages.TemplateResponse(request, "notes.html", failed, status_code=503)
    headers = {"Content-Disposition": 'attachment; filename="notes.pdf"'}
    return Response(made, media_type="application/pdf", headers=headers)


@router.post("/notes/correct")
async def correct(
    request: Request, parts: Wired, right: Annotated[str, Form(max_length=400)] = ""
) -> Response:
    """Say what is right. It goes into the chat as the person's words, and is answered there."""
    only_from_this_site(request)
    key = await valid_key(request, parts)
    if key is None or not right.strip():
        return RedirectResponse("/notes" if key else "/", status_code=303)
    dangerous = partial(parts.reception.tells_of_danger, right)
    await parts.floods.check_words(MESSAGES, key.conversation, dangerous)
    said = Incoming(
        conversation=key.conversation,
        message_id=str(uuid4()),
        text=f"{CORRECTION} {right.strip()}",
    )
    received = await parts.reception.receive(said)
    await new_messages(
        parts.knowledge.conversations, parts.bell, key.conversation, received.sequence, PATIENCE
    )
    return RedirectResponse("/#latest", status_code=303)


async def _shown(request: Request, parts: Parts, conversation: str) -> dict[str, Any]:
    knowledge, say = parts.knowledge, translator(request)
    record = await knowledge.assessments.read(conversation)
    thread = await messages(knowledge.conversations, conversation, after=0)
    return {
        "lines": [*told(record, say), *contact(record["contact"], say)],
        "more_rights": more_rights(record["enhanced_entitlement"], say),
        "asked_for_person": record["hand_off"]["wanted_or_needed"],
        "services": services_in(thread["messages"]),
    }


def told(record: Mapping[str, Any], say: Translate = str) -> Iterator[Line]:
    """What was told about what happened; what is unknown is left out."""
    yield from _worded(say(noted("What happened")), "crime_type", record, say)
    if also := [say(WORDS["crime_type"].get(one, _plain(one))) for one in record["also"]]:
        yield say(noted("Told as well")), "; ".join(also)
    yield from _worded(say(noted("Who it is about")), "role", record, say)
    for heading, field in ((noted("When"), "occurred"), (noted("Where"), "place")):
        if record[field]:
            yield say(heading), record[field]["as_said"]
    yield from _worded(say(noted("Before")), "repeated", record, say)
    yield from _worded(say(noted("The police")), "reported", record, say)
    if record["crime_reference"]:
        yield say(noted("Crime number")), str(record["crime_reference"])
    if needs := [say(WORDS["needs"][name]) for name, level in record["needs"].items() if level]:
        yield say(noted("How it affects you")), "; ".join(needs)


def contact(wishes: Mapping[str, Any], say: Translate = str) -> Iterator[Line]:
    """How the person wants to be reached, once they said so."""
    how = wishes["how"]
    if how:
        yield say(noted("How to reach you")), say(WORDS["how"].get(how, how))
    if how and wishes["safe_times"]:
        yield say(noted("Safe times")), str(wishes["safe_times"])
    if wishes["avoid"]:
        avoid = (say(WORDS["avoid"].get(one, _plain(one))) for one in wishes["avoid"])
        yield say(noted("Please avoid")), ", ".join(avoid)
    if care := wishes.get("care"):
        yield say(noted("What we must mind, in your words")), "; ".join(f"“{one}”" for one in care)
    if how:
        may = noted("Yes") if wishes["safe_to_leave_message"] else noted("No")
        yield say(noted("May we leave a message")), say(may)
    if wishes["adjustments"]:
        needed = (say(WORDS["adjustments"].get(one, _plain(one))) for one in wishes["adjustments"])
        yield say(noted("What you need")), "; ".join(needed)


def more_rights(entitlement: Mapping[str, Any], say: Translate = str) -> list[str]:
    """Why the person may have more rights under the Victims' Code; empty when nothing says so."""
    if not entitlement["eligible"]:
        return []
    grounds = entitlement["grounds"]
    return [say(WORDS["grounds"].get(ground, _plain(ground))) for ground in grounds]


def services_in(thread: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every service that was named in the chat, once, in the order first named."""
    named = [service for message in thread for service in message["services"]]
    return list({service["name"]: service for service in named}.values())


def _worded(heading: str, field: str, record: Mapping[str, Any], say: Translate) -> Iterator[Line]:
    if record[field] is not None:
        yield heading, say(WORDS[field].get(record[field], _plain(str(record[field]))))


def _plain(name: str) -> str:
    return name.replace("_", " ")
