"""Every package is the locked one, and what is behind or known to be weak is listed with why.

Works without a network. `newest.csv` holds the newest version of each package on the day it was
last looked at (docs/security.md says when and how); a package that is not in it fails here.
"""

import csv
import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "security.md").read_text("utf-8")
ROW = re.compile(r"^\| ([a-z0-9-]+) \| ([0-9][0-9a-z.]*) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
LISTED = {(name, version): (why, reached) for name, version, why, reached in ROW.findall(PAGE)}
LOCKED = {
    (one["name"], one["version"]): one
    for one in tomllib.loads((ROOT / "uv.lock").read_text("utf-8"))["package"]
    if "version" in one and one["name"] != "waymark"
}
with (ROOT / "tests" / "house" / "newest.csv").open(encoding="utf-8") as read:
    NEWEST = {row["package"]: row for row in csv.DictReader(read)}


def test_every_package_was_looked_at() -> None:
    named = {name for name, _ in LOCKED}
    assert named - set(NEWEST) == set(), "new packages: look at them as docs/security.md says"
    assert set(NEWEST) - named == set(), "these are locked no more"


def test_what_is_a_major_version_behind_is_listed_with_why() -> None:
    behind = {
        (name, version)
        for name, version in LOCKED
        if _major(version) < _major(NEWEST[name]["newest"])
    }
    assert behind
    assert behind - set(LISTED) == set()


def test_what_has_a_known_weakness_is_listed_with_why_it_cannot_be_reached() -> None:
    weak = {(name, version) for name, version in LOCKED if version in NEWEST[name]["weak"].split()}
    assert weak
    assert weak - set(LISTED) == set()


def test_a_weakness_has_its_number_and_a_version_that_is_locked() -> None:
    for name, row in NEWEST.items():
        assert bool(row["weak"]) is bool(row["known"]), name
        assert all(re.match(r"(CVE|GHSA|PYSEC)-", one) for one in row["known"].split()), name
        assert all((name, one) in LOCKED for one in row["weak"].split()), f"{name}: locked no more"


def test_the_list_names_what_is_locked_and_nothing_else() -> None:
    assert set(LISTED) - set(LOCKED) == set()
    assert len(LISTED) > 10
    for (name, _), (why, reached) in LISTED.items():
        assert len(why.split()) > 1, name
        assert len(reached.split()) > 1, name


def test_every_file_that_is_installed_is_known_by_its_hash() -> None:
    for (name, _), one in LOCKED.items():
        files = [*one.get("wheels", []), *([one["sdist"]] if "sdist" in one else [])]
        assert files, name
        assert all(re.match(r"sha256:[0-9a-f]{64}$", file["hash"]) for file in files), name


def _major(version: str) -> int:
    found = re.match(r"v?(?:\d+!)?(\d+)", version)
    assert found, version
    return int(found[1])
