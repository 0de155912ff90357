"""The last words name numbers that the directory has, and lines that are always open."""

import csv
from pathlib import Path
from typing import Any

import pytest
import yaml

from channels import lifelines
from channels.lifelines import Lifelines
from knowledge.directory import load

SERVICES = Path(__file__).parents[2] / "knowledge" / "directory" / "services.csv"
LINES: list[dict[str, str]] = yaml.safe_load(lifelines.FILE.read_text("utf-8"))["lines"]

ALWAYS = "Mo-Su 00:00-24:00"


@pytest.mark.parametrize("line", LINES, ids=lambda line: line["id"])
def test_each_number_is_the_directorys(line: dict[str, str]) -> None:
    assert line["phone"] == _row(line["id"])["phone"]


@pytest.mark.parametrize("line", LINES, ids=lambda line: line["id"])
def test_each_line_is_open_round_the_clock_for_the_whole_country(line: dict[str, str]) -> None:
    row = _row(line["id"])
    assert row["opening_hours"] == ALWAYS
    assert row["area"] == "national"
    assert row["confidence"] == "high"


@pytest.mark.parametrize("line", LINES, ids=lambda line: line["id"])
def test_each_line_is_one_that_the_finder_would_name(line: dict[str, str]) -> None:
    assert line["id"] in {service.id for service in load().services}


def test_999_comes_first_and_every_line_follows() -> None:
    words = Lifelines.load().last_words.text
    assert words.startswith("If you are in danger now, call 999.")
    assert all(f"{line['name']}: {line['phone']}" in words for line in LINES)
    assert len(LINES) >= 2


def test_the_shorter_words_begin_with_999_too() -> None:
    assert Lifelines.load().again.text.startswith("If you are in danger now, call 999.")


def _row(id_: str) -> dict[str, Any]:
    with SERVICES.open(newline="", encoding="utf-8") as file:
        return next(row for row in csv.DictReader(file) if row["id"] == id_)
