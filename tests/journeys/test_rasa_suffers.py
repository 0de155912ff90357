"""Rasa hangs, has no memory or no room: everybody is answered, danger reaches the desk."""

import os
import resource
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from uuid import uuid4

import httpx
import pytest

from tests.journeys.running import STARTS_WITHIN, Waymark, wait_for
from tests.journeys.somebody import Person, queue
from tests.knowledge.processes_of import family, hung

pytestmark = [pytest.mark.journey, pytest.mark.long]

ANSWERED_WITHIN = 20.0  # seconds; the channels wait 10 for an answer
LAST_WORDS = "If you are in danger now, call 999."
DANGER = "he is trying to kick the door in and he has a knife"
MANY = 60  # more than are asked about at once
LONG = f"{DANGER}. " + "then it was quiet for a while and he began again. " * 70


@pytest.fixture(autouse=True)
def well(system: Waymark) -> Iterator[None]:
    system.wait_until_ready()
    yield
    system.wait_until_ready()


def test_rasa_hangs_in_the_middle_and_wakes(system: Waymark) -> None:
    people = [Person(system) for _ in range(MANY)]
    for person in people[:2]:  # in the middle of their questions
        person.says("someone broke into my shed in Hitchin last night")
        person.hears()
    with hung(system.processes["assistant"].pid):
        began = time.monotonic()
        with ThreadPoolExecutor(MANY) as pool:
            list(pool.map(lambda person: person.says(DANGER), people))
            heard = list(pool.map(Person.hears, people))
        assert all(one.startswith(LAST_WORDS) for one in heard)
        assert time.monotonic() - began < ANSWERED_WITHIN
        waiting = queue(system)
        assert all("assistant_failed" in waiting[one.conversation]["reasons"] for one in people)
        ready = httpx.get(f"{system.url}/readyz", timeout=10)
        assert (ready.status_code, ready.json()["assistant"]) == (503, False)
    # It wakes to what nobody waits for any more.
    wait_for(lambda: _all_in_danger(system, people), 60)
    system.wait_until_ready()
    for person in people:
        assert sum(str(one).startswith(LAST_WORDS) for one in person.thread()) == 1
        assert [one["from"] for one in person.messages()].count("person") == len(
            {one["text"] for one in person.messages() if one["from"] == "person"}
        )
        person.says("thank you")  # and it still answers this conversation
        assert person.hears()


def test_engines_that_get_no_memory_leave_nobody_without_an_answer(system: Waymark) -> None:
    people = [Person(system) for _ in range(8)]
    with (
        _limited(_engines(system), resource.RLIMIT_AS, 1),  # nothing more than they have
        ThreadPoolExecutor(len(people)) as pool,
    ):
        list(pool.map(lambda person: person.says(LONG), people))
        assert all("999" in one for one in pool.map(Person.hears, people))
    wait_for(lambda: _all_in_danger(system, people), STARTS_WITHIN)
    _answers_as_ever(system)


def test_what_the_kernel_kills_for_memory_while_it_answers_is_started_again(
    system: Waymark,
) -> None:
    people = [Person(system) for _ in range(4)]
    for person in people:
        person.says(DANGER)
    for engine in _engines(system):
        os.kill(engine, signal.SIGKILL)
    for person in people:
        assert "999" in person.hears()
    wait_for(lambda: _all_in_danger(system, people), STARTS_WITHIN)
    system.wait_until_ready()
    _answers_as_ever(system)


def test_trackers_that_have_no_room_cost_nobody_an_answer(system: Waymark) -> None:
    person = Person(system)
    with _limited(family(system.processes["assistant"].pid), resource.RLIMIT_FSIZE, 1):
        person.says(DANGER)
        assert "999" in person.hears()
        assert _all_in_danger(system, [person])
    _answers_as_ever(system)


def test_a_full_disk_refuses_with_999_and_goes_on_when_there_is_room(system: Waymark) -> None:
    person = Person(system)
    person.says("someone broke into my shed in Hitchin last night")
    person.hears()
    before = person.thread()
    everything = [one for process in system.processes.values() for one in family(process.pid)]
    body = {"id": str(uuid4()), "text": DANGER}
    with _limited(everything, resource.RLIMIT_FSIZE, 1):  # as a full disk, none grows
        refused = person.tries(body)
        assert refused.status_code == httpx.codes.SERVICE_UNAVAILABLE
        assert refused.json()["emergency"] == LAST_WORDS
        assert "send it again" in refused.json()["detail"]
        assert person.thread() == before  # what is kept can be read
        assert httpx.get(system.url, timeout=10).is_success
        wait_for(lambda: not _keeps(system), 20)
    assert person.tries(body).status_code == httpx.codes.ACCEPTED  # the page sends it again
    wait_for(lambda: _all_in_danger(system, [person]), 20)
    assert person.thread().count(DANGER) == 1


def _keeps(system: Waymark) -> bool:
    ready = httpx.get(f"{system.url}/readyz", timeout=10)
    return ready.is_success or bool(ready.json()["database"])


def _answers_as_ever(system: Waymark) -> None:
    person = Person(system)
    person.says("someone broke into my shed in Hitchin last night")
    assert not person.hears().startswith(LAST_WORDS)


def _all_in_danger(system: Waymark, people: list[Person]) -> bool:
    waiting = queue(system)
    found = [waiting.get(one.conversation, {}) for one in people]
    return all(one.get("priority") == "emergency" and one["evidence"] for one in found)


def _engines(system: Waymark) -> list[int]:
    return family(system.processes["assistant"].pid)[1:]


@contextmanager
def _limited(processes: list[int], what: int, most: int) -> Iterator[None]:
    """Linux gives these processes no more of something (getrlimit(2)) while the block runs."""
    before = {one: resource.prlimit(one, what) for one in processes}
    for one, (_, hard) in before.items():
        resource.prlimit(one, what, (most, hard))
    try:
        yield
    finally:
        for one, limits in before.items():
            with suppress(ProcessLookupError):  # it ended, and another one was started
                resource.prlimit(one, what, limits)
