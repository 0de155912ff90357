"""An entry as rows of the tables, and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Table

from . import tables
from .ids import key_of
from .records import Entry
from .rows import COLUMNS, Row, districts, parts, read_row, slug
from .schedules import Schedule, said_of, schedules_of

NATION, COUNTY, DISTRICT = "nation", "county", "district"
CHILDREN = (
    tables.phones,
    tables.schedules,
    tables.service_areas,
    tables.languages,
    tables.cost_options,
    tables.contacts,
    tables.attributes,
)
# link type -> (column of the row, taxonomy)
TERMS = {
    "crime": ("crime_types", "crimes"),
    "need": ("needs", "needs"),
    "group": ("groups", "people"),
    "gender": ("gender", "people"),
    "limit": ("limits", "limits"),
}
Values = dict[str, Any]
Lists = Mapping[str, Sequence[Mapping[str, Any]]]


def normal(row: Mapping[str, str]) -> Row:
    """A row with every column, in the form in which it is kept."""
    full = {name: " ".join(row.get(name, "").split()) for name in COLUMNS}
    full |= {name: row.get(name, "").strip() for name in ("description", "notes")}
    for name in ("crime_types", "needs", "groups", "limits"):
        full[name] = "|".join(dict.fromkeys(parts(full[name])))
    full["needs_only"] = "true" if full["needs_only"] else ""
    full["districts"] = "|".join(
        districts().get(slug(name), name) for name in parts(full["districts"])
    )
    full["languages"] = "; ".join(parts(full["languages"], ";"))
    full["opening_hours"] = said_of(schedules_of(full["opening_hours"]))
    full["role"] = full["role"] or "support"
    return full


def service_values(entry: Entry, at: datetime) -> Values:
    """The row of the table of services."""
    row, service = entry.row, entry.service
    return {
        "id": entry.id,
        "organization": key_of("organization", row["organisation"]),
        **{name: row[name] for name in _SAME},
        "status": "inactive" if entry.is_retired else "active",
        "eligibility_description": row["eligibility"],
        "minimum_age": int(row["min_age"]) if row["min_age"] else None,
        "maximum_age": int(row["max_age"]) if row["max_age"] else None,
        "needs_only": bool(row["needs_only"]),
        "assured_date": service.assured_on,
        "assurer": service.assurer,
        "origin": entry.origin,
        "source_id": entry.source_id,
        "edited": entry.is_edited,
        "last_modified": at,
    }


_SAME = (
    "name", "description", "url", "email", "webchat", "access", "role", "bill", "notes",
    "verified", "source", "confidence",
)  # fmt: skip


def child_values(entry: Entry) -> Iterator[tuple[Table, Values]]:
    """The rows of the lists that belong to a service."""
    for table, items in _lists(entry).items():
        for position, item in enumerate(items):
            yield table, {**item, "service": entry.id, "position": position, **origin_of(entry)}


def origin_of(entry: Entry) -> Values:
    """Where an entry's facts are from and how sure they are."""
    return {"source": entry.row["source"], "confidence": entry.row["confidence"]}


def _lists(entry: Entry) -> dict[Table, list[Values]]:
    row = entry.row
    return {
        tables.phones: [
            {"type": kind, "number": row[column]}
            for kind, column in (("voice", "phone"), ("text", "text"))
            if row[column]
        ],
        tables.schedules: [vars(one) for one in schedules_of(row["opening_hours"])],
        tables.service_areas: list(_areas(row)),
        tables.languages: [{"name": name} for name in parts(row["languages"], ";")],
        tables.cost_options: [{"option": row["cost"]}] if row["cost"] else [],
        tables.contacts: [{"email": entry.contact}] if entry.contact else [],
        tables.attributes: [
            {"link_type": kind, "taxonomy_term": f"{taxonomy}/{code}"}
            for kind, (column, taxonomy) in TERMS.items()
            for code in parts(row[column])
        ],
    }


def _areas(row: Row) -> Iterator[Values]:
    if row["area"] == "national":
        yield {"extent_type": NATION, "name": row["area"]}
    elif row["area"] != DISTRICT:
        yield {"extent_type": COUNTY, "name": row["area"]}
    for name in parts(row["districts"]):
        yield {"extent_type": DISTRICT, "name": name}


def entry_of(kept: Mapping[str, Any], lists: Lists) -> Entry:
    """The entry that rows of the tables describe. Raises NotUsable when it cannot be read."""
    row = _row(kept, lists)
    service = replace(
        read_row(row),
        assured_on=kept["assured_date"],
        assurer=kept["assurer"],
        changed_at=kept["last_modified"],
    )
    return Entry(
        service=service,
        row=row,
        origin=kept["origin"],
        source_id=kept["source_id"],
        is_retired=kept["status"] != "active",
        is_edited=kept["edited"],
        contact=next((one["email"] for one in lists.get("contacts", ())), ""),
    )


def _row(kept: Mapping[str, Any], lists: Lists) -> Row:
    areas = lists.get("service_areas", ())
    numbers = {one["type"]: one["number"] for one in lists.get("phones", ())}
    schedules = [
        Schedule(one["byday"], one["opens_at"], one["closes_at"], one["description"])
        for one in lists.get("schedules", ())
    ]
    found = {
        "id": kept["id"],
        "organisation": kept["organization_name"],
        **{name: kept[name] for name in _SAME},
        "eligibility": kept["eligibility_description"],
        "min_age": _age(kept["minimum_age"]),
        "max_age": _age(kept["maximum_age"]),
        "needs_only": "true" if kept["needs_only"] else "",
        "phone": numbers.get("voice", ""),
        "text": numbers.get("text", ""),
        "opening_hours": said_of(schedules),
        "area": next((one["name"] for one in areas if one["extent_type"] != DISTRICT), DISTRICT),
        "districts": "|".join(one["name"] for one in areas if one["extent_type"] == DISTRICT),
        "languages": "; ".join(one["name"] for one in lists.get("languages", ())),
        "cost": "; ".join(one["option"] for one in lists.get("cost_options", ())),
        **_terms(lists.get("attributes", ())),
    }
    return {name: found[name] for name in COLUMNS}


def _terms(attributes: Iterable[Mapping[str, Any]]) -> Row:
    codes: dict[str, list[str]] = {column: [] for column, _ in TERMS.values()}
    for one in attributes:
        codes[TERMS[one["link_type"]][0]].append(one["taxonomy_term"].partition("/")[2])
    return {column: "|".join(found) for column, found in codes.items()}


def _age(age: int | None) -> str:
    return "" if age is None else str(age)
