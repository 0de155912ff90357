"""The machine's clock jumps while it runs: all goes on, nothing is deleted, doubled or late.

Debian's libfaketime gives the channels a clock that a file holds; durations are measured as ever.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from tests.journeys.running import ROOT, Waymark, running, wait_for
from tests.journeys.somebody import Person, queue

pytestmark = [pytest.mark.journey, pytest.mark.long]

LIBRARY = "faketime/libfaketime.so.1"
PLACES = [*Path("/usr/lib").glob(f"*/{LIBRARY}"), *Path("/usr/lib").glob(LIBRARY)]
SOON = 30.0  # seconds: a claim is taken anew in about ten; a busy machine takes its time
DANGER = "i will kill him"  # what the stand-in takes for danger
STAND_IN = [".venv/bin/python", "-m", "tests.cluster.stand_in"]


class Machine:
    """A system whose channels have a clock of their own."""

    def __init__(self, system: Waymark, offset: Path) -> None:
        self.system = system
        self._offset = offset

    def jumps(self, by: timedelta) -> None:
        """Set the clock so far from the true time."""
        self._offset.write_text(f"{by.total_seconds():+.0f}")
        time.sleep(1.5)  # libfaketime looks once a second


@contextmanager
def a_machine(tmp_path: Path, **settings: str) -> Iterator[Machine]:
    """A system that starts at the true time, without limits lifted."""
    assert PLACES, "Debian's package faketime is needed"
    offset = tmp_path / "offset"
    offset.write_text("+0")
    faked = [
        "env",
        f"LD_PRELOAD={PLACES[0]}",
        f"FAKETIME_TIMESTAMP_FILE={offset}",
        "FAKETIME_CACHE_DURATION=1",
        "FAKETIME_DONT_FAKE_MONOTONIC=1",
        str(ROOT / ".venv/bin/python"),
        "-m",
        "channels",
    ]
    own = {"WAYMARK_ENGINES": "1", "WAYMARK_LIMITS": "on", **settings}
    with running({"assistant": STAND_IN, "channels": faked}, **own) as system:
        yield Machine(system, offset)


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    with a_machine(tmp_path, WAYMARK_CLOCK="") as made:
        yield made


@pytest.fixture
def by_day(tmp_path: Path) -> Iterator[Machine]:
    with a_machine(tmp_path, WAYMARK_CLOCK_EMERGENCY="60") as made:
        yield made


def test_the_clock_jumps_while_people_write(machine: Machine) -> None:
    system = machine.system
    before = Person(system)
    before.says("one")
    assert before.hears().startswith("answer to one")
    opened_only = Person(system)  # nothing written: the rule gives it one day
    for by in (timedelta(days=2), timedelta(hours=-1), timedelta(days=400), timedelta()):
        machine.jumps(by)
        _goes_on(system, before)
    assert _texts(before).count("one") == 1
    assert opened_only.messages()
    system.kill("channels")  # a start deletes what is due
    machine.jumps(timedelta(days=400))
    system.start("channels")
    system.wait_until_ready()
    wait_for(lambda: "deleting waits" in system.logs(), SOON)
    assert _texts(before).count("one") == 1
    assert opened_only.messages()


def test_an_alarm_is_heard_although_the_clock_goes_back(by_day: Machine) -> None:
    person = Person(by_day.system)
    person.says(DANGER)
    person.hears()
    by_day.jumps(timedelta(hours=-1))
    wait_for(lambda: _went_up(by_day, person), SOON, every=1.0)


def _went_up(machine: Machine, person: Person) -> bool:
    return bool(queue(machine.system)[person.conversation]["alarm"]["went_up_at"])


def _goes_on(system: Waymark, somebody: Person) -> None:
    """Who was there and who comes now are answered once, soon, and danger is on the desk."""
    began = time.monotonic()
    somebody.says(f"still here {began}")
    assert somebody.hears().startswith(f"answer to still here {began}")
    new = Person(system)
    new.says(DANGER)
    assert new.hears().startswith(f"answer to {DANGER}")
    time.sleep(1.0)
    assert sum(text.startswith("answer to") for text in _texts(new)) == 1
    assert queue(system)[new.conversation]["priority"] == "emergency"
    assert time.monotonic() - began < SOON
    assert httpx.get(f"{system.url}/readyz", timeout=5).is_success


def _texts(person: Person) -> list[str]:
    return [str(one["text"]) for one in person.messages()]
