"""The page about security names what is there."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "security.md").read_text("utf-8")
ROWS = re.findall(r"^\| (V\d.*?) \| (\w+) \| (.*) \|$", PAGE, re.MULTILINE)
PACKAGES = re.findall(r"^\| ([a-z0-9-]+) \| ([0-9][0-9.]*) \| ", PAGE, re.MULTILINE)
LOCKED = {
    (one["name"], one.get("version"))
    for one in tomllib.loads((ROOT / "uv.lock").read_text("utf-8"))["package"]
}


@pytest.mark.parametrize(("requirement", "met", "shown"), ROWS)
def test_each_requirement_says_honestly_if_it_is_met(
    requirement: str, met: str, shown: str
) -> None:
    assert met in ("yes", "part", "no")
    assert shown
    assert re.match(r"V\d+\.\d+\.\d+", requirement)


def test_no_requirement_stands_twice() -> None:
    named = [one for row in ROWS for one in re.findall(r"V\d+\.\d+\.\d+", row[0])]
    assert len(named) > 120
    assert sorted(set(named)) == sorted(named)


def test_every_file_that_is_named_is_there() -> None:
    named = re.findall(r"\b((?:tests|knowledge|channels|bot)/[\w/]+\.py)", PAGE)
    assert [one for one in named if not (ROOT / one).exists()] == []
    assert len(named) > 30


def test_the_versions_are_the_locked_ones() -> None:
    assert len(PACKAGES) > 10
    assert [one for one in PACKAGES if one not in LOCKED] == []
