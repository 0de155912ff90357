"""The form of a directory entry: its fields, their words, and what was written into them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import FormData

from knowledge.directory.model import Role
from knowledge.directory.rows import AREAS, BILLS, GENDERS, LEVELS, Row, districts, parts
from knowledge.directory.taxonomies import terms
from knowledge.directory.wording import word


@dataclass(frozen=True)
class Field:
    """One field: how it is asked for. ``choices`` are (value, words)."""

    name: str
    label: str
    hint: str = ""
    kind: str = "line"  # line, text, choice, many
    choices: tuple[tuple[str, str], ...] = ()


def _of(taxonomy: str) -> tuple[tuple[str, str], ...]:
    return tuple((term.code, term.name) for term in terms() if term.taxonomy == taxonomy)


_GROUPS = tuple(one for one in _of("people") if one[0] not in GENDERS)
_AREAS = {"national": "all of England", "district": "some districts"}
_BILLS = {"": "not known", "hidden": "no, it does not show", "shows": "yes, it shows"}
_SURE = {
    "high": "high: checked, may be shown",
    "medium": "medium: likely right, may be shown",
    "low": "low: in doubt, numbers are not shown",
}


AREA_WORDS = {area: _AREAS.get(area) or word("places", area) for area in AREAS}


# What a provider may correct comes first, in this order.
OPEN_FIELDS = (
    Field("name", "Name"),
    Field("description", "What it does", "One or two plain sentences. No address.", "text"),
    Field("phone", "Phone number", "As people dial it, like 01632 960000."),
    Field("text", "Number for text messages"),
    Field("email", "E-mail address"),
    Field("url", "Web address", "It starts with https://"),
    Field(
        "opening_hours",
        "Opening hours",
        "Like: Mo-Fr 09:00-17:00; Sa 10:00-12:00. PH off means closed on bank holidays. "
        "Mo-Su 00:00-24:00 means always.",
    ),
    Field("eligibility", "Who it is for, in words"),
    Field("languages", "Languages", "With a semicolon between them: English; Polish"),
    Field("cost", "Cost", "Like: free"),
)
OUR_FIELDS = (
    Field("organisation", "Organisation"),
    Field("area", "Area", kind="choice", choices=tuple(AREA_WORDS.items())),
    Field(
        "districts",
        "Districts",
        "None chosen means the whole area. With the area “some districts”, choose them.",
        "many",
        tuple((name, name) for name in districts().values()),
    ),
    Field("crime_types", "Kinds of crime", "", "many", _of("crimes")),
    Field("needs", "Needs it helps with", "", "many", _of("needs")),
    Field("groups", "Only for these people", "None chosen means anybody.", "many", _GROUPS),
    Field(
        "gender",
        "Only for women or men",
        kind="choice",
        choices=tuple((one, word("people", one or "anyone")) for one in GENDERS),
    ),
    Field("min_age", "Youngest age", "Empty means no limit."),
    Field("max_age", "Oldest age", "Empty means no limit."),
    Field("limits", "What must be said with it", "", "many", _of("limits")),
    Field("role", "What it is", kind="choice", choices=tuple((str(r), str(r)) for r in Role)),
    Field(
        "bill",
        "Does the number show on a phone bill?",
        kind="choice",
        choices=tuple((one, _BILLS[one]) for one in BILLS),
    ),
    Field("webchat", "Web chat", "true, or empty"),
    Field(
        "access",
        "Does a person have to tell the police first?",
        kind="choice",
        choices=(("reported_not_required=true", "no"), ("reported_not_required=false", "yes")),
    ),
    Field(
        "needs_only",
        "Offer it only when one of its needs is asked for?",
        kind="choice",
        choices=(("", "no"), ("true", "yes")),
    ),
    Field("source", "Where we know it from"),
    Field("verified", "When the source said so", "Like: 2026-11-24"),
    Field(
        "confidence",
        "How sure we are",
        kind="choice",
        choices=tuple((level, _SURE[level]) for level in LEVELS),
    ),
    Field(
        "notes",
        "Notes for editors",
        "Never shown. A note like “number: check” keeps the number hidden.",
        "text",
    ),
)
FIELDS = (*OPEN_FIELDS, *OUR_FIELDS)


def written(form: FormData, fields: Sequence[Field], before: Mapping[str, str]) -> Row:
    """What somebody wrote, as cells of a row; a field that was not sent stays as it was."""
    row = {
        field.name: _many(form, field, before) if field.kind == "many" else _one(form, field)
        for field in fields
        if field.kind == "many" or field.name in form
    }
    return dict(before) | row


def shown(fields: Sequence[Field], row: Mapping[str, str]) -> list[dict[str, Any]]:
    """The fields with their values, for the page."""
    return [
        {
            "field": field,
            "value": row.get(field.name, ""),
            "chosen": parts(row.get(field.name, "")),
        }
        for field in fields
    ]


def _one(form: FormData, field: Field) -> str:
    value = form.get(field.name)
    return value.replace("\x00", "").strip() if isinstance(value, str) else ""


def _many(form: FormData, field: Field, before: Mapping[str, str]) -> str:
    """The choices in the order they had: the main kind of crime stays the first."""
    chosen = [one for one in form.getlist(field.name) if isinstance(one, str)]
    old = [one for one in parts(before.get(field.name, "")) if one in chosen]
    return "|".join(dict.fromkeys([*old, *chosen]))
