"""Who comes back on another day goes on where they were; `yesterday` is then another day."""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest

from tests.conversations.speech import Talk
from tests.journeys.running import Waymark

pytestmark = pytest.mark.journey

WITH_A_CLOCK = ("channels", "actions")  # the processes that read the time
THURSDAY = "2026-11-26T09:15"


def test_who_comes_back_on_another_day_is_asked_only_what_is_open(waymark: Waymark) -> None:
    talk = Talk(waymark.url).open()
    talk.play({"person": "someone stole my bike in Ely"})
    talk.play({"presses": "safe_now=yes"})
    talk.play({"waymark": "When did it happen?"})
    url = f"{waymark.url}/api/conversations"
    words = httpx.post(f"{url}/{talk.conversation}/phrase", headers=talk.headers).json()

    with another_day(waymark, THURSDAY):
        back = httpx.post(f"{url}/return", json=words).json()
        assert back["conversation"] == talk.conversation
        talk.headers = {"Authorization": f"Bearer {back['token']}"}
        talk.play({"person": "the day before yesterday"})
        for told in ("Are you safe", "Which town", "When did it happen?"):
            talk.play({"never": told})
        talk.play({"waymark": "Do the police know"})
        record = talk.record()

    assert (record["crime_type"], record["place"]["district"]) == ("theft", "east-cambridgeshire")
    assert record["occurred"]["from"] == record["occurred"]["to"] == "2026-11-24"


@contextmanager
def another_day(waymark: Waymark, clock: str) -> Iterator[None]:
    """The same system and its data on another day; then the day of all tests again."""
    usual = waymark.environment["WAYMARK_CLOCK"]
    _start_again(waymark, clock)
    try:
        yield
    finally:
        _start_again(waymark, usual)


def _start_again(waymark: Waymark, clock: str) -> None:
    waymark.environment["WAYMARK_CLOCK"] = clock
    for name in WITH_A_CLOCK:
        waymark.kill(name)
    waymark.start(*WITH_A_CLOCK)
    waymark.wait_until_ready()
