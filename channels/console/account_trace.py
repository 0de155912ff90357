"""The auditors' page: who did what with what, the latest first."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from channels.console.pages import pages
from channels.console.sign_in import Audits
from channels.parts import Wired
from knowledge.audit.model import Wanted, What
from knowledge.audit.operations import ON_A_PAGE

router = APIRouter(prefix="/console/trace", include_in_schema=False)


@dataclass(frozen=True)
class Asked:
    """Which rows the page shows."""

    person: Annotated[str, Query(max_length=32)] = ""
    what: Annotated[str, Query(max_length=32)] = ""
    subject: Annotated[str, Query(max_length=64)] = ""
    before: Annotated[int | None, Query(ge=1, lt=2**62)] = None


@router.get("")
async def trace(
    request: Request, who: Audits, parts: Wired, asked: Annotated[Asked, Depends()]
) -> Response:
    """One page of the log, filtered by person, deed, conversation or entry."""
    wanted = Wanted(
        who=asked.person, what=asked.what, subject=asked.subject.strip(), before=asked.before
    )
    rows = await parts.knowledge.audit.rows(wanted)
    people = await parts.knowledge.coordinators.everyone()
    shown = {
        "who": who,
        "rows": rows,
        "wanted": wanted,
        "people": people,
        "names": {one.id: one.name for one in people},
        "whats": What,
        "older": rows[-1].sequence if len(rows) == ON_A_PAGE else None,
    }
    await parts.knowledge.audit.looked(What.READ_TRACE)
    return pages.TemplateResponse(request, "account_trace.html", shown)
