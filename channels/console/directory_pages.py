"""The editors' pages: every entry, what is stale or unsure, its form, its history."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from io import StringIO
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Form, Query, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import TypeAdapter, ValidationError
from pydantic.networks import validate_email

from channels.console.entry_form import AREA_WORDS, FIELDS, shown, written
from channels.console.pages import pages
from channels.console.sign_in import Edits
from channels.mail import MailFailed, can_send, send
from channels.parts import Parts, Wired
from channels.provider_links import GOOD_FOR, ProviderLinks
from knowledge.clock import LONDON
from knowledge.coordinators.model import Coordinator
from knowledge.directory.files import write_csv
from knowledge.directory.records import Entry
from knowledge.directory.rows import NotUsable
from knowledge.errors import Conflict

HOME = "/console/directory"
router = APIRouter(prefix=HOME, include_in_schema=False)
ON_A_PAGE = 100
NEW = {
    "area": "hertfordshire",
    "confidence": "medium",
    "role": "support",
    "access": "reported_not_required=true",
}
SAID = {
    "kept": "Kept. People see it now.",
    "assured": "Thank you. It says that you checked it today.",
    "retired": "Taken out. Nobody is shown it any more.",
    "restored": "It is shown again.",
    "sent": "The letter is on its way.",
    "decided": "Done.",
}
_MOMENT = TypeAdapter(datetime)


@dataclass(frozen=True)
class Wanted:
    """Which entries the list shows."""

    show: Literal["all", "stale", "unconfirmed", "retired"] = "all"
    search: Annotated[str, Query(max_length=100)] = ""
    page: Annotated[int, Query(ge=1, le=100_000)] = 1


@router.get("")
async def entries(
    request: Request,
    who: Edits,
    parts: Wired,
    wanted: Annotated[Wanted, Depends()],
    said: str = "",
) -> Response:
    """The list, filtered; and providers' corrections that wait."""
    today = parts.knowledge.clock().astimezone(LONDON).date()
    everything = await parts.knowledge.editing.entries()
    kinds = {
        "all": [one for one in everything if not one.is_retired],
        "stale": [one for one in everything if not one.is_retired and one.is_stale(today)],
        "unconfirmed": [one for one in everything if not one.is_retired and one.is_unconfirmed],
        "retired": [one for one in everything if one.is_retired],
    }
    found = [one for one in kinds[wanted.show] if _says(one, wanted.search.lower().split())]
    start = (wanted.page - 1) * ON_A_PAGE
    context = {
        "who": who,
        "kinds": {kind: len(those) for kind, those in kinds.items()},
        **vars(wanted),
        "total": len(found),
        "more": len(found) > start + ON_A_PAGE,
        "entries": found[start : start + ON_A_PAGE],
        "today": today,
        "waiting": await parts.knowledge.editing.proposals(),
        "by_id": {one.id: one for one in everything},
        "areas": AREA_WORDS,
        "said": SAID.get(said, ""),
    }
    return pages.TemplateResponse(request, "services.html", context)


@router.get("/new")
async def new(request: Request, who: Edits) -> Response:
    """An empty form."""
    return _form_page(request, who, NEW)


@router.post("/new")
async def add(request: Request, who: Edits, parts: Wired) -> Response:
    """Keep a new entry, or say for each field what is wrong."""
    row = written(await request.form(), FIELDS, NEW)
    row |= {"source": row.get("source") or f"entered by {who.name}"}
    try:
        entry = await parts.knowledge.editing.add(row, who.name)
    except NotUsable as error:
        return _form_page(request, who, row, problems=error.problems)
    return _back(entry.id, "kept")


@router.get("/services.csv")
async def file(_: Edits, parts: Wired) -> Response:
    """All that is shown, as a file that can be edited and imported again."""
    written = StringIO()
    write_csv(await parts.knowledge.editing.entries(), written)
    named = {"Content-Disposition": 'attachment; filename="services.csv"'}
    return Response(written.getvalue(), media_type="text/csv; charset=utf-8", headers=named)


@router.get("/{id}")
async def entry(id: str, request: Request, who: Edits, parts: Wired, said: str = "") -> Response:
    """One entry: form, who assured it, history, the letter to its provider."""
    found = await parts.knowledge.editing.entry(id)
    return await _entry_page(request, who, parts, found, said=SAID.get(said, ""))


@router.post("/{id}")
async def correct(id: str, request: Request, who: Edits, parts: Wired) -> Response:
    """Keep a correction. What somebody wrote is never lost, also when it can't be kept."""
    form = await request.form()
    before = await parts.knowledge.editing.entry(id)
    row = written(form, FIELDS, before.row)
    problems: Mapping[str, str]
    try:
        seen = _MOMENT.validate_python(form.get("seen"))
        await parts.knowledge.editing.correct(id, row, who.name, seen=seen)
    except (NotUsable, ValidationError) as error:
        problems = error.problems if isinstance(error, NotUsable) else {"": "Please try again."}
    except Conflict:
        problems = {"": "Somebody else changed this entry while you wrote. Look at the history "
                        "below, then press Keep again to keep yours."}  # fmt: skip
    else:
        return _back(id, "kept")
    return await _entry_page(request, who, parts, before, row=row, problems=problems)


@router.post("/{id}/assure")
async def assure(id: str, who: Edits, parts: Wired) -> Response:
    """The editor checked the whole entry today."""
    await parts.knowledge.editing.assure(id, who.name)
    return _back(id, "assured")


@router.post("/{id}/retire")
async def retire(id: str, who: Edits, parts: Wired) -> Response:
    """Show it to nobody any more."""
    await parts.knowledge.editing.retire(id, who.name)
    return _back(id, "retired")


@router.post("/{id}/restore")
async def restore(id: str, who: Edits, parts: Wired) -> Response:
    """Show it again."""
    await parts.knowledge.editing.restore(id, who.name)
    return _back(id, "restored")


@router.post("/{id}/letter")
async def letter(
    id: str,
    request: Request,
    who: Edits,
    parts: Wired,
    to: Annotated[str, Form(max_length=254)] = "",
) -> Response:
    """Send its provider a link to confirm or correct the entry."""
    found = await parts.knowledge.editing.entry(id)
    try:
        address = validate_email(to.strip())[1]
        await send(parts.settings, address, *_letter(parts, found))
    except MailFailed as error:
        problem = str(error)
    except ValueError:
        problem = "This is not an e-mail address."
    else:
        await parts.knowledge.editing.remember_contact(id, address)
        return _back(id, "sent")
    return await _entry_page(request, who, parts, found, problems={"to": problem}, to=to)


@router.post("/answers/{answer}/{decision}")
async def decide(answer: str, decision: str, who: Edits, parts: Wired) -> Response:
    """Take a provider's correction over, or leave the entry as it is."""
    deed = parts.knowledge.editing.decide(answer, who.name, accept=decision == "accept")
    return await _decided(deed)


async def _decided(deed: Awaitable[None]) -> Response:
    with suppress(Conflict):  # another editor was faster; the list shows how it is now
        await deed
    return RedirectResponse(f"{HOME}?said=decided", status_code=303)


def _letter(parts: Parts, entry: Entry) -> tuple[str, str]:
    links = ProviderLinks(parts.settings.link_secret, parts.knowledge.clock)
    address = f"{parts.settings.site}/provider/{links.make(entry.id)}"
    text = pages.get_template("letter.txt").render(
        name=entry.service.name, address=address, days=GOOD_FOR.days
    )
    return f"Please check your entry: {entry.service.name}", text


def _says(entry: Entry, words: list[str]) -> bool:
    said = f"{entry.id} {entry.service.name} {entry.service.organisation}".lower()
    return all(word in said for word in words)


async def _entry_page(
    request: Request, who: Coordinator, parts: Parts, found: Entry, **more: Any
) -> Response:
    context = {
        "entry": found,
        "history": await parts.knowledge.editing.history(found.id),
        "can_send": can_send(parts.settings),
        "to": found.contact,
        **more,
    }
    return _form_page(request, who, context.pop("row", found.row), **context)


def _form_page(
    request: Request, who: Coordinator, row: Mapping[str, str], **more: Any
) -> Response:
    context = {"who": who, "entry": None, "problems": {}, "fields": shown(FIELDS, row), **more}
    status = 422 if context["problems"] else 200
    return pages.TemplateResponse(request, "service.html", context, status_code=status)


def _back(id_: str, said: str) -> Response:
    return RedirectResponse(f"{HOME}/{id_}?said={said}", status_code=303)
