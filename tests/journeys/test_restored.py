"""A copy put back after a crash: the real processes start on it, and people go on from there."""

import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.journeys.running import ROOT, Waymark, running
from tests.journeys.somebody import Person
from tests.knowledge.postgres import NotHere, a_server

pytestmark = [pytest.mark.journey, pytest.mark.long]

TOLD = "someone broke into my house in Hitchin last night and took my laptop"
NEXT = "yes"  # says nothing to who does not know what was asked


@pytest.fixture(params=["sqlite", "postgresql"])
def urls(request: pytest.FixtureRequest) -> Iterator[list[str]]:
    """Where it is kept before and after; nothing for SQLite in its own folder."""
    with ExitStack() as stack:
        try:
            servers = range(2 if request.param == "postgresql" else 0)
            yield [stack.enter_context(a_server()) for _ in servers]
        except NotHere as why:
            pytest.skip(str(why))


def test_people_go_on_where_the_copy_was_made(urls: list[str], tmp_path: Path) -> None:
    copy = str(tmp_path / "copy.tar")
    kept = {"WAYMARK_DATABASE_URL": urls[0]} if urls else {}
    with running(WAYMARK_ENGINES="1", **kept) as system:
        ann, ben = Person(system), Person(system)
        for person in (ann, ben):
            assert _hears(person, TOLD)
        assert _command(system, "backup", "make", copy) == 0
        goes_on = _hears(ben, NEXT)  # who is not in the copy with this
        assert _hears(Person(system), NEXT) != goes_on
        before = [str(one) for one in ann.thread()]
        _hears(ann, "this is not in the copy")

        for name in list(system.processes):
            system.kill(name)
        _clear_away(system, urls, copy)
        assert _command(system, "backup", "restore", copy) == 0
        assert _command(system, "prepare") == 0
        system.start()
        system.wait_until_ready()

        assert ann.thread() == before
        assert _hears(ann, NEXT) == goes_on  # the assistant knows what it had asked
        assert ann.deletes() == 204


def _clear_away(system: Waymark, urls: list[str], copy: str) -> None:
    """As docs/servers says; until all of it is done a copy is not put back."""
    if urls:
        system.environment["WAYMARK_DATABASE_URL"] = urls[1]
        return
    for name in ("waymark.db", "trackers.db"):
        assert _command(system, "backup", "restore", copy) == 1
        (system.var / name).rename(system.var / f"old-{name}")
    left = [path for name in ("waymark", "trackers") for path in system.var.glob(f"{name}.db-*")]
    assert left  # what a crash leaves
    for path in left:
        assert _command(system, "backup", "restore", copy) == 1
        path.rename(path.with_name(f"old-{path.name}"))


def _hears(person: Person, text: str) -> list[object]:
    """All that is answered."""
    sequence = person.says(text)
    person.hears()
    return [one["text"] for one in person.messages(after=sequence)]


def _command(system: Waymark, *arguments: str) -> int:
    done = subprocess.run(
        [".venv/bin/python", "-m", "channels", *arguments], cwd=ROOT, env=system.environment
    )
    return done.returncode
