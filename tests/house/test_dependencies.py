"""Every package is the locked one, and what is behind or known to be weak is listed with why.

Of the pages' side (`channels/web/frontend`) the packages that we name are looked at; those that
come along with them run only while pages are built or measured, never where somebody is served.

Works without a network. `newest.csv` holds the newest version of each package on the day it was
last looked at (docs/security.md says when and how); a package that is not in it fails here.
"""

import csv
import json
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
FRONTEND = ROOT / "channels" / "web" / "frontend"
NPM = "npm:"  # before the name, in newest.csv
ASKED = {  # the packages of the pages' side that we name, and their versions
    name: version
    for kind in ("dependencies", "devDependencies")
    for name, version in json.loads((FRONTEND / "package.json").read_text("utf-8"))[kind].items()
}
NODE = json.loads((FRONTEND / "package-lock.json").read_text("utf-8"))["packages"]


def test_every_package_was_looked_at() -> None:
    named = {name for name, _ in LOCKED} | {NPM + name for name in ASKED}
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


def test_what_we_name_of_the_pages_side_is_locked_and_no_major_version_behind() -> None:
    for name, version in ASKED.items():
        assert NODE[f"node_modules/{name}"]["version"] == version
        row = NEWEST[NPM + name]
        assert _major(version) >= _major(row["newest"]), name
        assert version not in row["weak"].split(), name


def test_each_file_of_the_pages_side_is_known_by_its_hash() -> None:
    assert len(NODE) > len(ASKED)
    for name, one in NODE.items():
        if name:  # the first is our own
            assert one["integrity"].startswith("sha512-"), name


def test_what_has_a_known_weakness_is_listed_with_why_it_cannot_be_reached() -> None:
    weak = {(name, version) for name, version in LOCKED if version in NEWEST[name]["weak"].split()}
    assert weak
    assert weak - set(LISTED) == set()


def test_a_weakness_has_its_number_and_a_version_that_is_locked() -> None:
    for name, row in NEWEST.items():
        assert bool(row["weak"]) is bool(row["known"]), name
        assert all(re.match(r"(CVE|GHSA|PYSEC)-", one) for one in row["known"].split()), name
        locked = {(NPM + one, version) for one, version in ASKED.items()} | set(LOCKED)
        assert all((name, one) in locked for one in row["weak"].split()), f"{name}: locked no more"


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
