"""The services file: what is read, what is refused and why."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.directory import DirectoryError, load
from knowledge.directory.load import read_rows
from knowledge.directory.wording import HERE, table

from .builders import a_row

LOADED = load()


def test_every_service_of_ours_is_read() -> None:
    assert len(LOADED.services) == 152
    assert LOADED.refused == ()


def test_provenance_stands_on_every_service() -> None:
    assert all(service.source and service.confidence for service in LOADED.services)


def test_every_row_about_who_a_service_is_for_names_a_service() -> None:
    ids = {service.id for service in LOADED.services}

    assert {row["id"] for row in table("fits.csv")} <= ids


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"name": ""}, "name is missing"),
        ({"id": ""}, "id is missing"),
        ({"area": "wales"}, "area"),
        ({"area": "district"}, "names no district"),
        ({"confidence": "sure"}, "confidence"),
        ({"crime_types": "piracy"}, "piracy"),
        ({"needs": "luck"}, "luck"),
        ({"phone": ""}, "no way to reach it"),
        ({"opening_hours": "whenever"}, "cannot be read"),
        ({"description": "Refuge at 1 High St, SG1 4AB"}, "address"),
        ({"description": "The refuge is at 14 Hill View Road, Hitchin."}, "address"),
        ({"organisation": "Safe House, 2b Mill Lane"}, "address"),
        ({"cost": "pay at 110 St. Peter's Street"}, "address"),
        ({"description": "the refuge is at 12 high street"}, "address"),
        ({"description": "come to 4a, old mill lane, hitchin"}, "address"),
    ],
)
def test_a_row_that_cannot_be_used_is_refused_with_the_reason(
    change: dict[str, str], why: str
) -> None:
    loaded = read_rows([a_row(id="good"), a_row(**{"id": "bad", **change})])

    assert [service.id for service in loaded.services] == ["good"]
    assert loaded.refused[0].line == 3
    assert why in loaded.refused[0].why


@pytest.mark.parametrize(
    "said",
    [
        "Open 24 hours a day",
        "For 16 to 25 year olds",
        "We have 3 Street Workers",
        "5 Ways to Well",
        "24 hour street outreach",
        "We have 3 young street workers",
        "20 minutes on the road from Ware",
        "For 2 people after a fatal road collision",
    ],
)
def test_a_number_that_is_no_address_is_no_reason_to_refuse(said: str) -> None:
    assert read_rows([a_row(description=said)]).refused == ()


def test_a_second_row_with_the_same_id_is_refused() -> None:
    loaded = read_rows([a_row(), a_row(name="Another")])

    assert loaded.services[0].name == "A row"
    assert "earlier row" in loaded.refused[0].why


def test_a_file_without_one_usable_service_is_an_error(tmp_path: Path) -> None:
    empty = tmp_path / "services.csv"
    empty.write_text("id,name\nx,\n", encoding="utf-8")

    with pytest.raises(DirectoryError):
        load(empty)
    with pytest.raises(DirectoryError):
        load(tmp_path / "missing.csv")
    with pytest.raises(DirectoryError):
        load(HERE / "words.yml")
