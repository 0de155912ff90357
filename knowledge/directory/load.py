"""Reads the services file; reports each row it refused and why."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import KnowledgeError

from .hours import NotHours, OpeningHours
from .model import Eligibility, Role, Service
from .wording import HERE, has, table

AREAS = frozenset({"national", "hertfordshire", "cambridgeshire-peterborough", "district"})
LEVELS = frozenset({"high", "medium", "low"})
# Refuge and SARC addresses are never published; a postcode in shown words is an address.
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[ABD-HJLNP-UW-Z]{2}\b")
_HOURS_CHECK = re.compile(r"hours[^.;]*(check|20\d\d)", re.IGNORECASE)


class DirectoryError(KnowledgeError):
    """Not one usable service could be read."""


class _Refusal(ValueError):
    """Why a row cannot be used, in words for the editor."""


@dataclass(frozen=True)
class Refused:
    """A row that was left out: its line, its id if it had one, and why."""

    line: int
    id: str
    why: str


@dataclass(frozen=True)
class Loaded:
    """What came of a services file: services in file order, and what was refused."""

    services: tuple[Service, ...]
    refused: tuple[Refused, ...]


def load(path: Path | None = None) -> Loaded:
    """The services of a CSV file (ours unless told); DirectoryError if none is usable."""
    try:
        with (path or HERE / "services.csv").open(encoding="utf-8-sig", newline="") as file:
            loaded = read_rows(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DirectoryError("the services file cannot be read") from error
    if not loaded.services:
        raise DirectoryError("the services file holds no usable service")
    return loaded


def read_rows(rows: Iterable[Mapping[str, str | None]]) -> Loaded:
    """Services from rows; a row that cannot be used is refused, the others stay."""
    fits = {row["id"]: row for row in table("fits.csv")}
    services: dict[str, Service] = {}
    refused: list[Refused] = []
    for line, cells in enumerate(rows, start=2):
        row = {key: (value or "").strip() for key, value in cells.items() if isinstance(key, str)}
        try:
            service = _service(row, fits.get(row.get("id", ""), {}))
            _check_new(service, services)
        except _Refusal as reason:
            refused.append(Refused(line, row.get("id", ""), str(reason)))
        else:
            services[service.id] = service
    return Loaded(tuple(services.values()), tuple(refused))


def _check_new(service: Service, known: Mapping[str, Service]) -> None:
    if service.id in known:
        raise _Refusal("the same id stands in an earlier row")


def _service(row: Mapping[str, str], fit: Mapping[str, str]) -> Service:
    _check(row)
    notes = row.get("notes", "")
    return Service(
        id=row["id"],
        name=row["name"],
        organisation=row.get("organisation", ""),
        description=row.get("description", ""),
        area=row["area"],
        hours=_hours(row.get("opening_hours", ""), notes),
        phone=row.get("phone", ""),
        text=row.get("text", ""),
        email=row.get("email", ""),
        url=row.get("url", ""),
        webchat=row.get("webchat", ""),
        districts=frozenset(map(_slug, _list(row.get("districts", "")))),
        eligible=_eligible(fit),
        role=Role(fit.get("role") or Role.SUPPORT),
        needs_only=bool(fit.get("needs_only")),
        eligibility=row.get("eligibility", ""),
        crime_types=tuple(_list(row["crime_types"])),
        needs=frozenset(_list(row["needs"])),
        languages=tuple(_list(row.get("languages", ""), ";")),
        report_needed="reported_not_required=false" in row.get("access", ""),
        cost=row.get("cost", ""),
        bill=fit.get("bill", ""),
        source=row.get("source", ""),
        verified=row.get("verified", ""),
        confidence=row["confidence"],
        notes=notes,
    )


def _check(row: Mapping[str, str]) -> None:
    for column in ("id", "name", "area", "crime_types", "needs", "confidence"):
        if not row.get(column):
            raise _Refusal(f"{column} is missing")
    if row["area"] not in AREAS:
        raise _Refusal(f"area {row['area']!r} is not one we know")
    if row["area"] == "district" and not row.get("districts"):
        raise _Refusal("a district service names no district")
    if row["confidence"] not in LEVELS:
        raise _Refusal(f"confidence {row['confidence']!r} is not one we know")
    _check_terms("crimes", row["crime_types"], extra="any")
    _check_terms("needs", row["needs"])
    if not any(row.get(channel) for channel in ("phone", "text", "email", "url")):
        raise _Refusal("there is no way to reach it")
    if _POSTCODE.search(f"{row['name']} {row.get('description', '')}".upper()):
        raise _Refusal("it shows an address, and addresses are not published")


def _check_terms(group: str, cell: str, extra: str = "") -> None:
    for term in _list(cell):
        if term != extra and not has(group, term):
            raise _Refusal(f"{term!r} is not one of the {group}")


def _hours(said: str, notes: str) -> OpeningHours:
    try:
        hours = OpeningHours.read(said)
    except NotHours as error:
        raise _Refusal(f"opening hours {said!r} cannot be read") from error
    if not _HOURS_CHECK.search(notes):
        return hours
    return OpeningHours(hours.kind, hours.week, hours.holiday, False, hours.online_always)


def _eligible(fit: Mapping[str, str]) -> Eligibility:
    return Eligibility(
        groups=frozenset(_list(fit.get("groups", ""))),
        gender=fit.get("gender") or None,
        min_age=int(fit.get("min_age") or 0),
        max_age=int(fit.get("max_age") or 120),
        limits=tuple(_list(fit.get("limits", ""))),
    )


def _list(cell: str, mark: str = "|") -> list[str]:
    return [part.strip() for part in cell.split(mark) if part.strip()]


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
