"""PostgreSQL is away for a while: refused kindly, and everything goes on by itself."""

import time
from uuid import uuid4

import httpx
import pytest

from tests.journeys.running import Waymark, running, wait_for
from tests.journeys.somebody import Person, queue
from tests.knowledge.postgres import NotHere, the_server

pytestmark = pytest.mark.journey

STAND_IN = [".venv/bin/python", "-m", "tests.cluster.stand_in"]
DANGER = "he says he will kill me"  # what the stand-in takes for danger
BACK_WITHIN = 8.0  # seconds after the server answers
REFUSED_WITHIN = 6.0


def test_everything_goes_on_after_seconds_without_a_database() -> None:
    goes_on_after(6.0)


def goes_on_after(seconds: float) -> None:
    """Stop PostgreSQL in the middle, start it again, and account for what was accepted."""
    try:
        with the_server(fsync=True) as server:
            settings = {"WAYMARK_DATABASE_URL": server.url, "WAYMARK_ENGINES": "1"}
            with running({"assistant": STAND_IN}, **settings) as system:
                people = [Person(system) for _ in range(4)]
                sent: list[dict[str, str]] = [
                    {"id": str(uuid4()), "text": f"{DANGER} {number}"} for number in range(4)
                ]
                people[0].tries(sent[0])  # perhaps accepted, not answered
                server.stop()
                _is_refused(system, people, sent, time.monotonic() + seconds)
                server.start_again()
                _goes_on(system, people, sent)
    except NotHere as why:
        pytest.skip(str(why))


def _is_refused(
    system: Waymark, people: list[Person], sent: list[dict[str, str]], until: float
) -> None:
    while time.monotonic() < until:
        for person, body in zip(people, sent, strict=True):
            began = time.monotonic()
            refused = person.tries(body)
            assert refused.status_code == httpx.codes.SERVICE_UNAVAILABLE
            assert refused.headers["content-type"] == "application/problem+json"
            assert refused.json()["emergency"] == "If you are in danger now, call 999."
            assert time.monotonic() - began < REFUSED_WITHIN
        ready = httpx.get(f"{system.url}/readyz", timeout=10)
        assert (ready.status_code, ready.json()["database"]) == (503, False)
        time.sleep(0.5)


def _goes_on(system: Waymark, people: list[Person], sent: list[dict[str, str]]) -> None:
    began = time.monotonic()
    for person, body in zip(people, sent, strict=True):
        wait_for(lambda p=person, b=body: p.tries(b).is_success, BACK_WITHIN)  # type: ignore[misc]
    assert time.monotonic() - began < BACK_WITHIN
    for person, body in zip(people, sent, strict=True):
        answer = f"answer to {body['text']} [{body['id']}]"
        wait_for(lambda p=person, a=answer: a in p.thread(), 15)  # type: ignore[misc]
        assert person.thread().count(body["text"]) == 1
        assert person.thread().count(answer) == 1
    on_the_desk = queue(system)
    assert all(on_the_desk[one.conversation]["priority"] == "emergency" for one in people)
    system.wait_until_ready()
