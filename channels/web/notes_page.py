"""What a person told us, on a plain page to read, keep or print. No script needed."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from fastapi.templating import Jinja2Templates

from channels.parts import Wired
from channels.web.keys import valid_key
from channels.web.reading import messages

router = APIRouter(include_in_schema=False)
pages = Jinja2Templates(Path(__file__).parent / "templates")

WORDS: dict[str, dict[Any, str]] = yaml.safe_load(
    Path(__file__).with_name("notes_words.yml").read_text("utf-8")
)
Line = tuple[str, str]


@router.get("/notes")
async def notes(request: Request, parts: Wired) -> Response:
    """The record of this browser's conversation in plain words."""
    key = await valid_key(request, parts)
    if key is None:
        return RedirectResponse("/", status_code=303)
    knowledge = parts.knowledge
    record = await knowledge.assessments.read(key.conversation)
    thread = await messages(knowledge.conversations, key.conversation, after=0)
    shown = {
        "lines": [*told(record), *contact(record["contact"])],
        "more_rights": more_rights(record["enhanced_entitlement"]),
        "asked_for_person": record["hand_off"]["wanted_or_needed"],
        "services": services_in(thread["messages"]),
    }
    return pages.TemplateResponse(request, "notes.html", shown)


def told(record: Mapping[str, Any]) -> Iterator[Line]:
    """What was told about what happened; what is unknown is left out."""
    yield from _worded("What happened", "crime_type", record)
    yield from _worded("Who it is about", "role", record)
    for heading, field in (("When", "occurred"), ("Where", "place")):
        if record[field]:
            yield heading, record[field]["as_said"]
    yield from _worded("Before", "repeated", record)
    yield from _worded("The police", "reported", record)
    if record["crime_reference"]:
        yield "Crime number", str(record["crime_reference"])
    if needs := [WORDS["needs"][name] for name, level in record["needs"].items() if level]:
        yield "How it affects you", "; ".join(needs)


def contact(wishes: Mapping[str, Any]) -> Iterator[Line]:
    """How the person wants to be reached, once they said so."""
    if wishes["how"] is None:
        return
    yield "How to reach you", WORDS["how"].get(wishes["how"], wishes["how"])
    if wishes["safe_times"]:
        yield "Safe times", str(wishes["safe_times"])
    if wishes["avoid"]:
        yield "Please avoid", ", ".join(_plain(one) for one in wishes["avoid"])
    may = "Yes" if wishes["safe_to_leave_message"] else "No"
    yield "May we leave a message", may


def more_rights(entitlement: Mapping[str, Any]) -> list[str]:
    """Why the person may have more rights under the Victims' Code; empty when nothing says so."""
    if not entitlement["eligible"]:
        return []
    return [WORDS["grounds"].get(ground, _plain(ground)) for ground in entitlement["grounds"]]


def services_in(thread: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every service that was named in the chat, once, in the order first named."""
    named = [service for message in thread for service in message["services"]]
    return list({service["name"]: service for service in named}.values())


def _worded(heading: str, field: str, record: Mapping[str, Any]) -> Iterator[Line]:
    if record[field] is not None:
        yield heading, WORDS[field].get(record[field], _plain(str(record[field])))


def _plain(name: str) -> str:
    return name.replace("_", " ")
