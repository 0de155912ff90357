"""A service as one flat row, the form that people edit and files hold, read into a Service."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from .hours import NotHours, OpeningHours
from .model import Eligibility, Role, Service
from .phones import is_number
from .taxonomies import codes
from .wording import group

Row = dict[str, str]

OWN_COLUMNS = (
    "id", "name", "organisation", "description", "phone", "text", "email", "url", "webchat",
    "opening_hours", "area", "districts", "eligibility", "crime_types", "needs", "languages",
    "access", "cost", "source", "verified", "confidence", "notes",
)  # fmt: skip
FIT_COLUMNS = (
    "role", "groups", "gender", "min_age", "max_age", "limits", "bill", "needs_only",
)  # fmt: skip
COLUMNS = (*OWN_COLUMNS, *FIT_COLUMNS)
AREAS = ("national", "hertfordshire", "cambridgeshire-peterborough", "district")
LEVELS = ("high", "medium", "low")
GENDERS = ("", "man", "woman")
BILLS = ("", "hidden", "shows")
REQUIRED = ("id", "name", "area", "crime_types", "needs", "confidence")
LONGEST = {"name": 200, "organisation": 200, "description": 2000, "notes": 2000}
LONGEST_CELL = 1000
# Refuge and SARC addresses are never published; a postcode in shown words is an address, and so
# is a number before the name of a street.
_STREET = re.compile(
    r"\b\d{1,4}[A-Za-z]?,? (?:[A-Z][\w'’.-]* ){1,3}(?:Street|St|Road|Rd|Lane|Avenue|Ave|Close"
    r"|Drive|Way|Gardens|Crescent|Place|Square|Terrace|Hill|Row|Walk|Court|Grove|Park|Green|Parade|Mews)\b"
)
# In small letters only what is a street whatever stands around it: `12 weeks at court` is none.
_STREET_SMALL = re.compile(
    r"(?<![\d:.,/-])\b\d{1,4}[a-z]?,? (?:(?!(?:hours?|hrs?|days?|weeks?|months?|years?|minutes?"
    r"|mins?|miles?|am|pm|to|and|or|of|on|in|at|for|from|by|our|the|an?|per|people|men|women"
    r"|children|times|staff|plus|over|under|with|who|are|is)\b)[a-z'’.-]+ ){1,3}"
    r"(?:street|st|road|rd|lane|avenue|ave|crescent|mews)\b(?! (?:work|outreach|team|sleep|home"
    r"|harass|crime|light|safety|traffic|user|death|collision))",
    re.IGNORECASE,
)
_SHOWN = ("name", "organisation", "description", "eligibility", "cost", "languages")
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[ABD-HJLNP-UW-Z]{2}\b", re.IGNORECASE)
_HOURS_CHECK = re.compile(r"hours[^.;]*(check|20\d\d)", re.IGNORECASE)
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_PAGES = ("new", "answers")  # pages of the desk stand at these names
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_URL = re.compile(r"https?://[^\s/]+\.[^\s]+")


class NotUsable(ValueError):
    """A row cannot be used; ``problems`` tells for each field why, in words for the editor."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__("; ".join(problems.values()))
        self.problems = dict(problems)


def read_row(row: Mapping[str, str]) -> Service:
    """The service that a row describes. Raises NotUsable with every problem it has."""
    if problems := dict(_problems(row)):
        raise NotUsable(problems)
    notes = row.get("notes", "")
    plain: Any = {name: row.get(name, "") for name in _PLAIN}
    return Service(
        **plain,
        id=row["id"],
        hours=_hours(row.get("opening_hours", ""), notes),
        hours_as_written=row.get("opening_hours", ""),
        districts=frozenset(map(slug, parts(row.get("districts", "")))),
        eligible=_eligible(row),
        role=Role(row.get("role") or Role.SUPPORT),
        needs_only=bool(row.get("needs_only")),
        crime_types=tuple(parts(row["crime_types"])),
        needs=frozenset(parts(row["needs"])),
        languages=tuple(parts(row.get("languages", ""), ";")),
        report_needed="reported_not_required=false" in row.get("access", ""),
        notes=notes,
    )


_PLAIN = (
    "name", "organisation", "description", "area", "phone", "text", "email", "url", "webchat",
    "eligibility", "cost", "bill", "source", "verified", "confidence",
)  # fmt: skip


def parts(cell: str, mark: str = "|") -> list[str]:
    """What a cell lists."""
    return [part.strip() for part in cell.split(mark) if part.strip()]


def slug(name: str) -> str:
    """A name as ids are written: ``East Hertfordshire`` -> ``east-hertfordshire``."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


@cache
def districts() -> dict[str, str]:
    """The districts of both counties: slug -> name."""
    return {slug(name): name for name in group("districts")}


_NAMES = {"crime_types": "the kind of crime", "needs": "what it helps with"}


def _problems(row: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for column in REQUIRED:
        if not row.get(column) and (column != "id" or row.get("name")):  # an id is made of it
            yield column, f"{_NAMES.get(column, column)} is missing"
    for column, value in row.items():
        if len(value) > LONGEST.get(column, LONGEST_CELL):
            yield column, f"{column.replace('_', ' ')} is too long"
    yield from _wrong_area(row)
    yield from _wrong_choices(row)
    yield from _wrong_contacts(row)
    yield from _wrong_words(row)
    yield from _wrong_ages(row)
    try:
        OpeningHours.read(row.get("opening_hours", ""))
    except NotHours:
        yield "opening_hours", f"opening hours {row['opening_hours']!r} cannot be read"


def _wrong_area(row: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    area = row.get("area", "")
    if area and area not in AREAS:
        yield "area", f"area {area!r} is not one we know"
    if area == "district" and not row.get("districts"):
        yield "districts", "a district service names no district"
    for name in parts(row.get("districts", "")):
        if slug(name) not in districts():
            yield "districts", f"{name!r} is not one of our districts"


def _wrong_choices(row: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for column, allowed in (("confidence", LEVELS), ("gender", GENDERS), ("bill", BILLS)):
        value = row.get(column, "")
        if value and value not in allowed:
            yield column, f"{column} {value!r} is not one we know"
    if row.get("role") and row["role"] not in list(Role):
        yield "role", f"role {row['role']!r} is not one we know"
    for column, taxonomy in _TERMS.items():
        for term in parts(row.get(column, "")):
            if term not in codes(taxonomy):
                yield column, f"{term!r} is not one of the {taxonomy}"


_TERMS = {"crime_types": "crimes", "needs": "needs", "groups": "people", "limits": "limits"}


def _wrong_contacts(row: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    if not any(row.get(channel) for channel in ("phone", "text", "email", "url")):
        yield "url", "there is no way to reach it"
    if row.get("phone") and not is_number(row["phone"]):
        yield "phone", f"{row['phone']!r} is not a phone number of this country"
    if row.get("email") and not _EMAIL.fullmatch(row["email"]):
        yield "email", f"{row['email']!r} is not an e-mail address"
    if row.get("url") and not _URL.fullmatch(row["url"]):
        yield "url", f"{row['url']!r} is not a web address that starts with https://"


def _wrong_words(row: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    if row.get("id") in _PAGES:
        yield "id", f"{row['id']!r} is no name for an entry"
    if row.get("id") and not _ID.fullmatch(row["id"]):
        yield "id", "the id may hold small letters, digits and hyphens only"
    for column in _SHOWN:
        said = row.get(column, "")
        if any(form.search(said) for form in (_POSTCODE, _STREET, _STREET_SMALL)):
            yield column, "it shows an address, and addresses are not published"


def _wrong_ages(row: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    ages = {column: row.get(column) or "" for column in ("min_age", "max_age")}
    for column, age in ages.items():
        if age and not (age.isascii() and age.isdigit() and int(age) <= 120):
            yield column, "an age is a whole number up to 120"
            return
    if all(ages.values()) and int(ages["min_age"]) > int(ages["max_age"]):
        yield "max_age", "the oldest age is below the youngest"


def _hours(said: str, notes: str) -> OpeningHours:
    return _hours_once(said, bool(_HOURS_CHECK.search(notes)))


@cache
def _hours_once(said: str, is_doubtful: bool) -> OpeningHours:
    """The same words give the same object: finding looks at each only once."""
    hours = OpeningHours.read(said)
    return replace(hours, confirmed=False) if is_doubtful else hours


def _eligible(row: Mapping[str, str]) -> Eligibility:
    return Eligibility(
        groups=frozenset(parts(row.get("groups", ""))),
        gender=row.get("gender") or None,
        min_age=int(row.get("min_age") or 0),
        max_age=int(row.get("max_age") or 120),
        limits=tuple(parts(row.get("limits", ""))),
    )
