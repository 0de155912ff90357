"""Turns that hang while everything else goes on, asked for as the channels ask: over HTTP."""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from rasa.core.agent import Agent as RasaAgent
from rasa.core.channels.channel import UserMessage
from rasa.utils.endpoints import EndpointConfig
from sanic import Sanic

from bot.door import Door
from bot.locks import LockStore

SECRET = {"Authorization": "Bearer token"}
PATIENCE = 1.5  # seconds of the door
LONG = 20.0  # of a caller
HANGS, SLOW, QUICK = "hangs", "slow", "quick"
BREAKS = "no, I am not safe"


@pytest.fixture(autouse=True)
def several_servers(monkeypatch: pytest.MonkeyPatch) -> None:
    """One process serves once, Sanic thinks, unless it is told of tests."""
    monkeypatch.setattr(Sanic, "test_mode", True)


class Agent:
    """What Rasa does for the door, as far as these tests need it."""

    is_ready = RasaAgent.is_ready

    def __init__(self) -> None:
        self.lock_store = LockStore(EndpointConfig())
        self.tracker_store = self
        self.processor: Agent | None = self
        self.hanging = asyncio.Event()
        self.forgotten: list[str] = []

    async def retrieve(self, _conversation: str) -> None:
        """Nobody is known."""

    async def delete(self, conversation: str) -> None:
        self.forgotten.append(conversation)

    async def handle_message(self, message: UserMessage) -> None:
        if message.text == HANGS:
            self.hanging.set()
            await asyncio.Event().wait()
        if message.text == BREAKS:
            raise OSError("no room for what was said")
        if message.text == SLOW:
            await asyncio.sleep(2 * PATIENCE)
        said: Any = message.output_channel
        said.messages += [{"custom": {"kept": message.message_id}}, {"text": "hello"}]


class Caller:
    """Asks the door for turns of one conversation, and for its end."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self._session = session
        self._url = url

    async def turn(self, said: str, patience: float = LONG) -> int:
        """The status of the answer. Raises asyncio.TimeoutError after this patience."""
        given = {"message_id": said, "choice": "go_on", "title": said, "channel": "web"}
        return await self._post("turn", given, patience)

    async def tells(self, said: str) -> dict[str, Any]:
        """What comes back for the answer to whether they are safe."""
        given = {"message_id": said, "choice": "safe_now=no", "title": said, "channel": "web"}
        async with self._asked("turn", given, LONG) as answer:
            told: dict[str, Any] = await answer.json()
            return told

    async def forget(self) -> int:
        return await self._post("forget", {}, LONG)

    async def health(self) -> int:
        async with self._session.get(f"{self._url}/") as answer:
            return answer.status

    async def _post(self, path: str, given: dict[str, str], patience: float) -> int:
        async with self._asked(path, given, patience) as answer:
            status: int = answer.status
            return status

    def _asked(self, path: str, given: dict[str, str], patience: float) -> Any:
        body = {"conversation": "c1", **given}
        within = aiohttp.ClientTimeout(total=patience)
        return self._session.post(f"{self._url}/{path}", json=body, headers=SECRET, timeout=within)


@asynccontextmanager
async def _door(agent: Agent, patience: float) -> AsyncIterator[Caller]:
    app = Sanic(f"door_{id(agent)}", configure_logging=False)
    app.ctx.agent = agent
    door = Door.from_credentials({"token": "token", "patience": str(patience)})

    async def unused(_message: UserMessage) -> None:
        raise NotImplementedError

    app.blueprint(door.blueprint(unused), url_prefix="/door")
    server: Any = await app.create_server("127.0.0.1", 0, return_asyncio_server=True)
    await server.startup()
    port = server.server.sockets[0].getsockname()[1]
    async with aiohttp.ClientSession() as session:
        yield Caller(session, f"http://127.0.0.1:{port}/door")
    server.close()


async def test_a_turn_that_hangs_is_given_up_and_the_next_one_is_answered() -> None:
    async with _door(Agent(), PATIENCE) as caller:
        assert await caller.turn(HANGS) == 500
        assert await caller.turn(QUICK) == 200


async def test_a_turn_that_fails_still_tells_its_risk() -> None:
    async with _door(Agent(), PATIENCE) as caller:
        told = await caller.tells(BREAKS)
        assert (told["failed"], told["replies"]) == (True, [])
        assert told["risk"]["disposition"] != "none"


async def test_an_engine_without_a_model_is_not_ready() -> None:
    agent = Agent()
    async with _door(agent, PATIENCE) as caller:
        assert await caller.health() == 200
        agent.processor = None
        assert await caller.health() == 503


async def test_who_is_deleted_waits_no_longer_than_that() -> None:
    agent = Agent()
    async with _door(agent, PATIENCE) as caller:
        turn = asyncio.ensure_future(caller.turn(HANGS))
        await agent.hanging.wait()
        await asyncio.sleep(PATIENCE / 2)  # who deletes is given as long, from when they ask
        assert agent.forgotten == []
        assert await caller.forget() == 200
        assert agent.forgotten == ["c1"]
        assert await turn == 500


async def test_a_caller_who_hangs_up_takes_the_turn_along() -> None:
    async with _door(Agent(), math.inf) as caller:
        with pytest.raises(asyncio.TimeoutError):
            await caller.turn(HANGS, PATIENCE)
        assert await caller.turn(QUICK) == 200


@pytest.mark.parametrize(("patience", "status"), [(PATIENCE, 500), (math.inf, 200)])
async def test_without_a_bound_a_turn_takes_as_long_as_it_takes(
    patience: float, status: int
) -> None:
    async with _door(Agent(), patience) as caller:
        assert await caller.turn(SLOW) == status
