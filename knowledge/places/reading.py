"""The data files of this room, read into values."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .model import Place

HERE = Path(__file__).parent
COUNTY_OF_AREA = {
    "hertfordshire": "hertfordshire",
    "cambridgeshire-peterborough": "cambridgeshire",
}
AREA_OF_COUNTY = {county: area for area, county in COUNTY_OF_AREA.items()}
_SHARE = re.compile(r"^(?P<name>.+?)\s+(?P<share>[\d.]+)%$")


@dataclass(frozen=True)
class Outcode:
    """An outward code: the districts it covers with their share of its land, and the rest."""

    code: str
    districts: tuple[tuple[str, float], ...]
    others: tuple[str, ...]
    straddles: str
    edge_only: bool


def slug(name: str) -> str:
    """ "East Hertfordshire" -> "east-hertfordshire"."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one data file of this room."""
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def town_names() -> tuple[str, ...]:
    """The towns and villages of both counties by name, to be suggested."""
    return tuple(sorted({row["name"] for row in rows("places.csv") if row["kind"] == "place"}))


def words_by_use() -> dict[str, frozenset[str]]:
    """Small words that decide whether a name is a place, by what they tell."""
    return {row["use"]: frozenset(row["words"].split()) for row in rows("cue_words.csv")}


def districts(facts: list[dict[str, str]]) -> dict[str, Place]:
    """The sixteen districts by slug."""
    found = (row for row in facts if row["kind"] == "district")
    return {
        slug(row["name"]): Place(
            name=row["name"],
            kind="district",
            district=slug(row["name"]),
            county=COUNTY_OF_AREA[row["county"]],
            area=row["county"],
        )
        for row in found
    }


def towns(facts: list[dict[str, str]], known: Mapping[str, Place]) -> list[tuple[str, Place]]:
    """Towns and villages, each with the outward code its centre lies in."""
    found = (row for row in facts if row["kind"] == "place")
    return [(row["outcode"], _within(known[slug(row["district"])], row["name"])) for row in found]


def _within(district: Place, name: str) -> Place:
    return Place(name, "place", "", district.district, district.county, district.area)


def more_places(
    known: Mapping[str, Place], named: Mapping[str, Place]
) -> Iterator[tuple[str, Place]]:
    """Villages and everyday names the main list lacks, each with its place ("Hemel", "Herts")."""
    for row in rows("more_places.csv"):
        yield row["name"], _another(row, known, named)


def _another(
    row: Mapping[str, str], known: Mapping[str, Place], named: Mapping[str, Place]
) -> Place:
    kind, name, target = row["kind"], row["name"], row["district"]
    if kind == "county":
        return Place(target.title(), "county", county=target, area=AREA_OF_COUNTY[target])
    if kind == "also":
        return named[target]
    district = known[slug(target)]
    return _within(district, name) if kind == "village" else district


def outside(kind: str) -> list[tuple[str, str]]:
    """Names of one kind outside both counties, each with where it is."""
    return [(row["name"], row["where"]) for row in rows("outside.csv") if row["kind"] == kind]


def outcodes(facts: list[dict[str, str]]) -> dict[str, Outcode]:
    """Outward codes that touch either county."""
    found = (row for row in facts if row["kind"] == "outcode")
    return {row["outcode"]: _outcode(row) for row in found}


def _outcode(row: Mapping[str, str]) -> Outcode:
    shares = tuple(_shares(row["district"]))
    return Outcode(
        code=row["outcode"],
        districts=shares,
        others=tuple(name for name, _ in _shares(row["other_areas"])),
        straddles=row["straddles"],
        edge_only="sliver only" in row["note"],
    )


def _shares(cell: str) -> Iterator[tuple[str, float]]:
    for part in filter(None, (piece.strip() for piece in cell.split("|"))):
        match = _SHARE.match(part)
        if match:
            yield match["name"], float(match["share"])
