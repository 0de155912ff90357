"""The supervisors' page of figures, the same as CSV and as API. It identifies nobody."""

import csv
import io
from collections.abc import Iterator
from dataclasses import asdict
from datetime import timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from channels.console.charts import bars
from channels.console.pages import pages
from channels.console.sign_in import SeesFigures
from channels.parts import Parts, Wired
from knowledge.audit.model import What
from knowledge.conversations.model import Priority
from knowledge.workload.model import HOURS, Figures

router = APIRouter()

Days = Annotated[int, Query(ge=1, le=366)]
SPANS = (1, 7, 28, 91)
FROM_THE_TOP = tuple(reversed(Priority))


@router.get("/api/console/figures", tags=["console"])
async def figures(_who: SeesFigures, parts: Wired, days: Days = 28) -> dict[str, Any]:
    """Acknowledgements, waits, hand-offs by level and hour, call-backs; and the load now."""
    found = await _figures(parts, days)
    span = {"start": found.start.isoformat(), "end": found.end.isoformat()}
    return {**asdict(found), **span, "now": await _load(parts)}


@router.get("/console/figures", include_in_schema=False)
async def page(request: Request, who: SeesFigures, parts: Wired, days: Days = 28) -> Response:
    """The same with charts."""
    found = await _figures(parts, days)
    hand_offs = [(str(one), found.hours[one]) for one in FROM_THE_TOP]
    shown = {
        "who": who,
        "days": days,
        "spans": SPANS,
        "figures": found,
        "load": await _load(parts),
        "levels": FROM_THE_TOP,
        "by_hour": bars(hand_offs),
        "taken": bars([("taken", found.taken)]),
    }
    return pages.TemplateResponse(request, "figures.html", shown)


@router.get("/console/figures.csv", include_in_schema=False)
async def as_csv(_who: SeesFigures, parts: Wired, days: Days = 28) -> Response:
    """The same as rows of level, hour (or all), measure and value."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(("level", "hour", "measure", "value"))
    writer.writerows(_rows(await _figures(parts, days)))
    name = f'attachment; filename="desk-figures-{days}-days.csv"'
    return Response(out.getvalue(), media_type="text/csv", headers={"Content-Disposition": name})


async def _load(parts: Parts) -> dict[str, int]:
    """How many wait and are talked with at this moment, and by how many of the team."""
    states = [one.state for one in await parts.knowledge.conversations.queue()]
    held = [one.held_by for one in states if one.held_by is not None]
    return {"waiting": len(states) - len(held), "held": len(held), "by": len(set(held))}


async def _figures(parts: Parts, days: int) -> Figures:
    await parts.knowledge.audit.looked(What.SAW_FIGURES)
    end = parts.knowledge.clock()
    start = end - timedelta(days=days)
    return await parts.knowledge.workload.figures(start, end, parts.settings.alarm_limits)


def _rows(found: Figures) -> Iterator[tuple[object, ...]]:
    for level, values in found.levels.items():
        for measure, value in asdict(values).items():
            yield level, "all", measure, "" if value is None else value
    for level, hours in found.hours.items():
        yield from ((level, hour, "hand_offs", hours[hour]) for hour in HOURS)
    yield from (("all", hour, "taken", found.taken[hour]) for hour in HOURS)
    for measure in ("false_alarms", "closed_with_outcome", "callbacks", "callbacks_kept"):
        yield "all", "all", measure, getattr(found, measure)
