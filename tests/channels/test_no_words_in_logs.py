"""Whatever road a person's words take, and however it fails: no log holds them."""

import logging
from collections.abc import Awaitable, Callable

import pytest
from fastapi import FastAPI

from channels.__main__ import quiet_libraries
from channels.assistant import AssistantFailed
from channels.parts import Parts
from knowledge.errors import Unavailable
from tests.fakes import FakeAssistant, danger

from .builders import Desk, Listener, Person

WORDS = "MARKED he keeps a key under the mat"
OUR_OWN = ("channels", "knowledge", "actions")

Road = Callable[[FastAPI, Person, Desk], Awaitable[object]]


async def _answered(app: FastAPI, person: Person, desk: Desk) -> None:
    await person.says(WORDS)
    await person.reads()
    async with Listener(app, f"{person.home}/events", person.key) as stream:
        await stream.event()
        await stream.event()


async def _in_danger(app: FastAPI, person: Person, desk: Desk) -> None:
    await person.says(f"DANGER {WORDS}")
    await desk.queue()
    await desk.sees(person)
    await desk.client.get("/console")


async def _with_a_person(app: FastAPI, person: Person, desk: Desk) -> None:
    await desk.does("take", person)
    await desk.does("messages", person, text=WORDS)
    await desk.does("notes", person, text=WORDS)
    await person.sends(text=WORDS)
    await desk.does("close", person, outcome=WORDS)


async def _refused(app: FastAPI, person: Person, desk: Desk) -> None:
    await person.sends(text=WORDS * 200)
    await person.sends(id=WORDS, text=WORDS)
    await person.sends(choice=WORDS)
    await person.client.post(f"{person.home}/messages", content=WORDS, headers=person.key)
    await desk.does("messages", person, text=WORDS)


async def _by_the_page(app: FastAPI, person: Person, desk: Desk) -> None:
    form = {"id": "6f1c36a5-4a3e-4b6b-9a53-0d8d0e1d8f60", "text": WORDS}
    await person.client.post("/say", data=form)
    await person.client.get("/")


async def _looked_up(app: FastAPI, person: Person, desk: Desk) -> None:
    await person.client.get("/help", params={"q": WORDS, "place": WORDS})
    await person.client.get(f"/help/services/{WORDS}")
    await person.client.get(f"/help/crimes/{WORDS}")


async def _broken_store(app: FastAPI, person: Person, desk: Desk) -> None:
    parts: Parts = app.state.parts

    async def broken(*_: object) -> None:
        raise RuntimeError(WORDS)

    parts.knowledge.conversations.receive = broken  # type: ignore[method-assign,assignment]
    await person.sends(text=WORDS)


ROADS = [
    _answered,
    _in_danger,
    _with_a_person,
    _refused,
    _by_the_page,
    _looked_up,
    _broken_store,
]
FAILURES = [
    AssistantFailed("empty"),
    AssistantFailed("empty", danger(2, WORDS)),
    Unavailable(WORDS),
    RuntimeError(WORDS),
]


@pytest.mark.parametrize("road", ROADS)
async def test_no_road_leaves_words_in_the_log(
    app: FastAPI, person: Person, desk: Desk, road: Road, caplog: pytest.LogCaptureFixture
) -> None:
    _listen(caplog, logging.WARNING)
    await road(app, person, desk)
    assert "MARKED" not in caplog.text


@pytest.mark.parametrize("failure", FAILURES, ids=repr)
async def test_no_failure_leaves_words_in_the_log(
    person: Person,
    assistant: FakeAssistant,
    failure: Exception,
    caplog: pytest.LogCaptureFixture,
) -> None:
    _listen(caplog, logging.WARNING)
    assistant.always = failure
    await person.sends(text=WORDS)
    await person.reads(after=2, wait=0.5)
    assistant.always = None
    assert caplog.records
    assert "MARKED" not in caplog.text


@pytest.mark.parametrize("road", [_answered, _by_the_page])
async def test_no_road_leaves_words_in_the_log_even_when_somebody_turns_it_up(
    app: FastAPI, person: Person, desk: Desk, road: Road, caplog: pytest.LogCaptureFixture
) -> None:
    _listen(caplog, logging.DEBUG)
    await road(app, person, desk)
    assert "MARKED" not in caplog.text


def _listen(caplog: pytest.LogCaptureFixture, level: int) -> None:
    """The libraries as the process sets them, our own rooms at their loudest."""
    quiet_libraries()
    caplog.set_level(level)
    for room in OUR_OWN:
        caplog.set_level(logging.DEBUG, logger=room)
