"""A stream outlives a database that is away: a page whose stream was refused would ask no more."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import pytest
from fastapi import FastAPI

from channels import patience
from channels.parts import Parts
from knowledge.errors import Unavailable
from tests.channels.builders import Desk, Listener, Person

MOMENT = 0.01


async def test_a_persons_stream_goes_on_where_it_was(
    app: FastAPI, person: Person, parts: Parts, caplog: pytest.LogCaptureFixture
) -> None:
    async with Listener(app, f"{person.home}/events?after=1", person.key) as stream:
        await stream.event()  # who holds it
        await _away(parts, person)
        await person.sends(text="hello")
        assert (await stream.event())["data"]["text"] == "hello"
    assert "unexpected" not in caplog.text


async def test_the_queue_goes_on(
    app: FastAPI, person: Person, desk: Desk, parts: Parts, caplog: pytest.LogCaptureFixture
) -> None:
    async with Listener(app, "/api/console/events", _cookie(desk)) as stream:
        await stream.event()
        await _away(parts, person)
        await person.sends(text="DANGER")
        assert (await stream.event())["data"]["queue"]
    assert "unexpected" not in caplog.text


async def test_a_conversation_at_the_desk_goes_on(
    app: FastAPI, person: Person, desk: Desk, parts: Parts, caplog: pytest.LogCaptureFixture
) -> None:
    path = f"/api/console/conversations/{person.conversation}/events"
    async with Listener(app, path, _cookie(desk)) as stream:
        await stream.event()
        await _away(parts, person)
        await desk.does("notes", person, text="a note")
        assert (await stream.event())["data"] == {"sequence": 2}
    assert "unexpected" not in caplog.text


def _cookie(desk: Desk) -> dict[str, str]:
    return {"Cookie": "; ".join(f"{name}={it}" for name, it in desk.client.cookies.items())}


async def _away(parts: Parts, person: Person) -> None:
    """For a moment, in which every stream looks."""
    with _nothing_answers(parts):
        await asyncio.sleep(MOMENT)  # whoever looks now has looked
        parts.bell.ring_here("queue", person.conversation)
        await asyncio.sleep(10 * MOMENT)


@contextmanager
def _nothing_answers(parts: Parts) -> Iterator[None]:
    @asynccontextmanager
    async def away() -> AsyncIterator[Any]:
        raise Unavailable("away")
        yield

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(patience, "LOOK_AGAIN_AFTER", MOMENT)
        patch.setattr(parts.knowledge.database, "reading", away)
        patch.setattr(parts.knowledge.database, "writing", away)
        yield
