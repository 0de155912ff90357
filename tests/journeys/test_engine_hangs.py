"""Engines or turns hang for good: people are answered meanwhile, and nobody has to come."""

import os
import signal
import time

import pytest

from tests.journeys.running import STARTS_WITHIN, Waymark, running, wait_for
from tests.journeys.somebody import Person, queue
from tests.knowledge.processes_of import family, hung

pytestmark = [pytest.mark.journey, pytest.mark.long]

LAST_WORDS = "If you are in danger now, call 999."
DANGER = "he is trying to kick the door in and he has a knife"
TOLD = "someone broke into my shed in Hitchin last night"


def test_engines_that_were_stopped_are_ended_and_others_answer() -> None:
    with running(WAYMARK_ENGINE_PATIENCE="6", WAYMARK_ASSISTANT_PATIENCE="3") as system:
        parent = system.processes["assistant"]
        person, stopped = Person(system), _engines(system)
        person.says(TOLD)
        assert not person.hears().startswith(LAST_WORDS)
        for engine in stopped:
            os.kill(engine, signal.SIGSTOP)  # and nobody lets them go on
        person.says(DANGER)
        assert person.hears().startswith(LAST_WORDS)
        assert "assistant_failed" in queue(system)[person.conversation]["reasons"]
        assert not system.is_ready()
        wait_for(lambda: not set(stopped) & set(_engines(system)), 30)
        wait_for(system.is_ready, STARTS_WITHIN)
        wait_for(lambda: bool(queue(system)[person.conversation].get("evidence")), 60)
        for one in (person, *(Person(system) for _ in range(4))):  # on each engine somebody
            one.says(TOLD)
            assert not one.hears().startswith(LAST_WORDS)
        assert parent.poll() is None
        assert system.logs().count("gave no sign of life for 6 s: killed") == len(stopped)


def test_a_turn_that_hangs_together_with_its_caller_is_given_up() -> None:
    with running(WAYMARK_TURN_PATIENCE="5") as system:
        person = Person(system)
        with hung(system.processes["actions"].pid):  # what the turn waits for
            person.says(DANGER)
            time.sleep(1)  # it is under way
            with hung(system.processes["channels"].pid):  # whose connection stays open
                wait_for(lambda: "door failed: TimeoutError" in system.logs(), 20)
            assert person.hears().startswith(LAST_WORDS)
        wait_for(lambda: bool(queue(system)[person.conversation].get("evidence")), 60)
        assert "assistant_failed" in queue(system)[person.conversation]["reasons"]
        person.says("thank you")
        assert not person.hears().startswith(LAST_WORDS)
        thread = person.thread()
        assert [thread.count(DANGER), thread.count("thank you")] == [1, 1]
        assert sum(str(one).startswith(LAST_WORDS) for one in thread) == 1
        assert person.deletes() == 204


def _engines(system: Waymark) -> list[int]:
    return family(system.processes["assistant"].pid)[1:]
