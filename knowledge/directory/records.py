"""What the directory keeps about each entry, beside what is shown of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from .model import Service
from .reach import is_marked_doubtful, lacks_number
from .rows import Row

SEED, DESK = "seed", "desk"
STALE_AFTER = timedelta(days=183)  # over six months
_DATE = re.compile(r"\b(20\d\d)(?:-(\d\d))?(?:-(\d\d))?\b")


@dataclass(frozen=True)
class Entry:
    """A service with its row, where it came from, and who has looked after it.

    ``origin`` is ``seed``, ``desk`` or the address of the feed that it came from; ``contact``
    is whom to write to about it, and is never shown or exported.
    """

    service: Service
    row: Row
    origin: str = SEED
    source_id: str = ""
    is_retired: bool = False
    is_edited: bool = False
    contact: str = ""

    @property
    def id(self) -> str:
        """The id of the service."""
        return self.service.id

    @property
    def is_unconfirmed(self) -> bool:
        """Whether something of it is in doubt and therefore not shown as sure."""
        return bool(self.doubt)

    @property
    def doubt(self) -> str:
        """What of it is not confirmed; empty when nothing is."""
        if not self.service.is_confirmed:
            return "low confidence"
        if is_marked_doubtful(self.service):
            return "its notes say: check a number"
        if lacks_number(self.service):
            return "a hub without a confirmed number"
        return ""

    @property
    def source_year(self) -> int | None:
        """The year of what its source says; None when that is not known."""
        known = checked_on(replace(self.service, assured_on=None))
        return known.year if known else None

    def is_stale(self, today: date) -> bool:
        """Whether nobody checked it within six months."""
        checked = checked_on(self.service)
        return checked is None or today - checked > STALE_AFTER


class Deed(StrEnum):
    """What was done to an entry."""

    ADDED = "added"
    CORRECTED = "corrected"
    RETIRED = "retired"
    RESTORED = "restored"
    ASSURED = "assured"
    IMPORTED = "imported"


@dataclass(frozen=True)
class Change:
    """One line of an entry's history; ``before`` and ``after`` hold the fields that differ."""

    service: str
    at: datetime
    who: str
    deed: Deed
    before: Mapping[str, Any]
    after: Mapping[str, Any]


class State(StrEnum):
    """What became of a provider's answer."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"


@dataclass(frozen=True)
class Proposal:
    """What a provider says should change in its entry, until an editor decides."""

    id: str
    service: str
    at: datetime
    changed: Row
    note: str
    state: State = State.OPEN


def checked_on(service: Service) -> date | None:
    """The day on which the entry was last known to be right; None when that is not known."""
    if service.assured_on is not None:
        return service.assured_on
    days = [_first_day(*match.groups()) for match in _DATE.finditer(service.verified)]
    return max((day for day in days if day is not None), default=None)


def _first_day(year: str, month: str | None, day: str | None) -> date | None:
    try:
        return date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None


def differences(before: Row, after: Row) -> tuple[Row, Row]:
    """The fields in which two rows differ, as they were and as they are."""
    names = sorted(
        name for name in {*before, *after} if before.get(name, "") != after.get(name, "")
    )
    return (
        {name: before.get(name, "") for name in names},
        {name: after.get(name, "") for name in names},
    )


def change_of(before: Entry | None, after: Entry, at: datetime, who: str, deed: Deed) -> Change:
    """The line of history that says what became of an entry."""
    old, new = differences(_said(before) if before else {}, _said(after))
    return Change(after.id, at, who[:100], deed, old, new)


def _said(entry: Entry) -> Row:
    assured = entry.service.assured_on
    return {**entry.row, "assured_on": assured.isoformat() if assured else ""}
