"""In a wish for help no word is read as a place that is none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.nlu.facts.table import facts

TABLE: list[dict[str, Any]] = yaml.safe_load(Path("tests/places_searched.yml").read_text("utf-8"))


@pytest.mark.parametrize("row", TABLE, ids=lambda row: str(row["said"]))
def test_no_other_place_is_read(row: dict[str, Any]) -> None:
    told = facts(row["said"]).get("place") or {}
    assert told.get("district") in (None, row["district"])


@pytest.mark.parametrize(
    "said",
    ["in the town centre", "the small hours", "near my mum", "another town", "by the water board"],
)
def test_asked_where_what_is_no_name_is_no_place(said: str) -> None:
    assert "place" not in facts(said, "where")
