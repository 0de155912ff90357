"""What a query tells about a person, with what follows from it and from their words."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, cached_property

from .model import Query
from .wording import table

ADULT, OLDEST = 18, 120
AGES = {"child": (0, 17), "young": (0, 25), "older": (60, OLDEST)}
GENDERS = frozenset({"man", "woman", "nonbinary"})
AREA_OF_COUNTY = {
    "hertfordshire": "hertfordshire",
    "cambridgeshire": "cambridgeshire-peterborough",
    "cambridgeshire-peterborough": "cambridgeshire-peterborough",
}


@dataclass(frozen=True)
class Person:
    """A query read for fitting: directory terms, groups, the span of ages, the area.

    ``own_groups`` are those the person named; ``groups`` also those their crime implies.
    """

    query: Query
    terms: frozenset[str]
    groups: frozenset[str]
    own_groups: frozenset[str]
    ages: tuple[int, int]
    area: str | None
    roles: frozenset[str]

    @cached_property
    def genders(self) -> frozenset[str]:
        """What is known of gender; empty when nothing is."""
        return self.query.audience & GENDERS


@cache
def _terms() -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    return {
        row["crime_type"]: (_set(row["terms"]), _set(row["groups"]))
        for row in table("taxonomy.csv")
    }


@cache
def _topics() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    return tuple(
        (re.compile(row["pattern"], re.IGNORECASE), row["fills"], row["value"])
        for row in table("topics.csv")
    )


def read(query: Query) -> Person:
    """The person behind a query; their own words fill only what is not known yet."""
    heard = [(fills, value) for pattern, fills, value in _topics() if pattern.search(query.text)]
    full = _filled(query, heard)
    terms, also = _terms().get(full.crime_type or "", (_set(full.crime_type or ""), frozenset()))
    own = full.audience | _groups_of_age(full)
    return Person(
        query=full,
        terms=terms,
        groups=own | also,
        own_groups=own,
        ages=_ages(full),
        area=AREA_OF_COUNTY.get(full.county or ""),
        roles=frozenset(value for fills, value in heard if fills == "role"),
    )


def _filled(query: Query, heard: list[tuple[str, str]]) -> Query:
    first: dict[str, str] = {}
    for fills, value in heard:
        first.setdefault(fills, value)
    crime = query.crime_type if query.crime_type not in {None, "other"} else None
    said = frozenset(value for fills, value in heard if fills == "audience")
    if query.audience & GENDERS:
        said -= GENDERS
    return replace(
        query,
        need=query.need or first.get("need"),
        crime_type=crime or first.get("crime_type"),
        audience=query.audience | said,
    )


def _groups_of_age(query: Query) -> frozenset[str]:
    if query.age is None:
        return frozenset()
    wide = {"child": query.age < ADULT, "young": query.age <= 25, "older": query.age >= 60}
    return frozenset(group for group, fits in wide.items() if fits)


def _ages(query: Query) -> tuple[int, int]:
    if query.age is not None:
        return (query.age, query.age)
    return next((AGES[group] for group in AGES if group in query.audience), (0, OLDEST))


def _set(cell: str) -> frozenset[str]:
    return frozenset(filter(None, cell.split("|")))
