"""Every name in the data, and the ways people misspell them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from knowledge.places import Gazetteer, reading

GAZETTEER = Gazetteer.load()
FACTS = reading.rows("places.csv")
NAMED = [row for row in FACTS if row["kind"] != "outcode"]


# The second list was written by somebody who had not seen the code; nothing was tuned to it.
MISSPELT = pytest.mark.parametrize("file", ["misspelt.csv", "misspelt_again.csv"])


def misspelt(name: str) -> list[dict[str, str]]:
    with (Path(__file__).parent / name).open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) > 100
    return rows


@pytest.mark.parametrize("row", NAMED, ids=lambda row: row["name"])
def test_every_name_in_the_data_resolves_to_its_district(row: dict[str, str]) -> None:
    place = GAZETTEER.resolve(row["name"]).one()

    assert place.district == reading.slug(row["district"])
    assert place.area == row["county"]


@pytest.mark.parametrize("wrap", ["i live in {}", "near {}", "{}, herts or cambs"])
def test_every_name_is_found_in_a_sentence(wrap: str) -> None:
    missed = [row["name"] for row in NAMED if not GAZETTEER.mentions(wrap.format(row["name"]))]

    assert missed == []


def test_lower_and_upper_case_mean_the_same() -> None:
    for row in NAMED:
        low, high = (
            GAZETTEER.resolve(name) for name in (row["name"].lower(), row["name"].upper())
        )
        assert low.one().district == high.one().district


@MISSPELT
def test_at_least_95_in_100_misspelt_towns_are_understood_and_none_as_another(file: str) -> None:
    answers = [(row["district"], GAZETTEER.resolve(row["said"])) for row in misspelt(file)]
    right = [a.place is not None and a.place.district == wanted for wanted, a in answers]
    wrong = [a for wanted, a in answers if a.place and a.place.district != wanted]

    assert wrong == []
    assert sum(right) / len(right) >= 0.95


@MISSPELT
def test_misspelt_towns_are_understood_in_a_sentence(file: str) -> None:
    found = [
        (row["district"], GAZETTEER.mentions(f"someone broke in at my house in {row['said']}"))
        for row in misspelt(file)
    ]
    right = [
        any(m.resolution.place and m.resolution.place.district == wanted for m in mentions)
        for wanted, mentions in found
    ]

    assert sum(right) / len(right) >= 0.9


ELSEWHERE = (
    "Luton|bedford|Harlow|Enfield|barnet|Newmarket|london|E17 4QR|M1 1AE|st ives cornwall|"
    "Cornwall|"
    "Watford, Northants|birmingham|Saffron Walden|Camborne, Cornwall|sutton, london|harrow"
)
NOWHERE = "|  |dunno|at home|my house|aswell|?!|AL77|she is called ashley"


@pytest.mark.parametrize("said", ELSEWHERE.split("|"))
def test_places_elsewhere_are_outside(said: str) -> None:
    answer = GAZETTEER.resolve(said)

    assert answer.outside
    assert answer.place is None


@pytest.mark.parametrize(
    "said", ["", "  ", "dunno", "at home", "my house", "aswell", "?!", "AL77"]
)
def test_what_is_no_place_stays_unknown(said: str) -> None:
    assert not GAZETTEER.resolve(said).known
