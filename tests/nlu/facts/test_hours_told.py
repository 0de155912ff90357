"""What is kept of words about hours: nothing that limits them is left out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.nlu.facts.table import facts

TABLE: list[dict[str, Any]] = yaml.safe_load(Path("tests/hours_told.yml").read_text("utf-8"))


@pytest.mark.parametrize("row", TABLE, ids=lambda row: str(row["said"]))
def test_all_that_is_said_of_hours_is_kept(row: dict[str, Any]) -> None:
    told = facts(row["said"], "contact").get("contact") or {}
    assert told.get("safe_times") == row.get("kept", row["said"])
