"""What starts on a server is what `make run` starts."""

import configparser
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PARTS = dict(
    line.split(": ", 1) for line in (ROOT / "Procfile").read_text().splitlines() if line.strip()
)


def _unit(part: str) -> configparser.ConfigParser:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[method-assign,assignment]
    unit.read(ROOT / "docs" / "servers" / f"waymark-{part}.service")
    return unit


@pytest.mark.parametrize("part", PARTS)
def test_each_part_has_a_unit_that_starts_it_again(part: str) -> None:
    service = _unit(part)["Service"]
    assert service["ExecStart"] == f"/srv/waymark/{PARTS[part]}"
    assert service["Restart"] == "always"
    assert _unit(part)["Unit"]["StartLimitIntervalSec"] == "0"


@pytest.mark.parametrize("part", PARTS)
def test_a_crash_writes_no_memory_to_disk(part: str) -> None:
    assert _unit(part)["Service"]["LimitCORE"] == "0"


def test_no_unit_is_without_a_part() -> None:
    units = {path.stem for path in (ROOT / "docs" / "servers").glob("*.service")}
    assert units == {f"waymark-{part}" for part in PARTS}
