"""How many streams one co-ordinator may hold open; those of others stay theirs."""

from contextlib import AsyncExitStack

import pytest
from fastapi import FastAPI

from channels import floods
from channels.settings import Settings
from tests.channels.builders import Desk, Listener, Person

QUEUE = "/api/console/events"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """With limits."""
    return settings.model_copy(update={"limits": "on"})


async def test_so_many_at_once_and_no_more(
    app: FastAPI, person: Person, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(floods, "STREAMS_AT_DESK", 2)
    cookies = desk.client.cookies.items()
    cookie = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies)}
    thread = f"/api/console/conversations/{person.conversation}/events"
    async with AsyncExitStack() as stack:
        for path in (QUEUE, thread):
            one = await stack.enter_async_context(Listener(app, path, cookie))
            await one.event()
        for path in (QUEUE, thread):
            refused = await desk.client.get(path)
            assert refused.status_code == 429
        own = f"{person.home}/events"
        async with Listener(app, own, person.key) as of_person:
            assert (await of_person.event())["event"]
    async with Listener(app, QUEUE, cookie) as again:
        await again.event()
    assert again.status == 200
