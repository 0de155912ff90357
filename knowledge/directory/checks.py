"""What is not right, or not known to be right, in the directory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .model import Role
from .records import Entry
from .rows import NotUsable, read_row


class Kind(StrEnum):
    """What is the matter with an entry."""

    FORMAT = "format"
    STALE = "stale"
    UNCONFIRMED = "unconfirmed"
    HOURS_UNKNOWN = "hours unknown"
    LINK = "link"


@dataclass(frozen=True)
class Finding:
    """One thing that somebody should look at."""

    id: str
    kind: Kind
    what: str


def check(entries: Iterable[Entry], today: date) -> list[Finding]:
    """All findings on entries that are shown: formats first, then what was not checked."""
    shown = [entry for entry in entries if not entry.is_retired]
    found = [one for entry in shown for one in _findings(entry, today)]
    return sorted(found, key=lambda one: (list(Kind).index(one.kind), one.id))


def _findings(entry: Entry, today: date) -> Iterator[Finding]:
    try:
        read_row(entry.row)
    except NotUsable as error:
        for column, why in error.problems.items():
            yield Finding(entry.id, Kind.FORMAT, f"{column}: {why}")
    if entry.is_stale(today):
        said = entry.row["verified"] or "never"
        yield Finding(entry.id, Kind.STALE, f"not checked for six months (last: {said})")
    if entry.doubt:
        yield Finding(entry.id, Kind.UNCONFIRMED, entry.doubt)
    if entry.service.hours.kind == "unknown" and entry.service.phone and _answers(entry):
        yield Finding(entry.id, Kind.HOURS_UNKNOWN, "it has a number, but no opening hours")


def _answers(entry: Entry) -> bool:
    return entry.service.role is not Role.NEVER
