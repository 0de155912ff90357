"""Calls to the action server share a connection, and a server that went away is missed at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

from bot.action_server import ActionServer


class Server:
    """A stand-in that counts connections."""

    def __init__(self) -> None:
        self.connections: set[Any] = set()
        self.calls: list[Any] = []
        self.runner: web.AppRunner | None = None
        self.port = 0

    async def start(self) -> None:
        """Listen, on the port of before if there was one."""
        app = web.Application()
        app.router.add_post("/webhook", self._answer)
        self.runner = web.AppRunner(app)
        await self.runner.setup()
        site = web.TCPSite(self.runner, "127.0.0.1", self.port)
        await site.start()
        self.port = self.runner.addresses[0][1]

    async def stop(self) -> None:
        """Close all connections."""
        assert self.runner
        await self.runner.cleanup()

    async def _answer(self, request: web.Request) -> web.Response:
        assert request.transport
        self.connections.add(request.transport.get_extra_info("peername"))
        self.calls.append((request.query.get("token"), await request.json()))
        return web.json_response(
            {"events": []}, status=500 if "fail" in self.calls[-1][1] else 200
        )


@asynccontextmanager
async def serving() -> AsyncIterator[tuple[Server, ActionServer]]:
    """A server, and our way to it."""
    server = Server()
    await server.start()
    url = f"http://127.0.0.1:{server.port}/webhook"
    door = ActionServer.like(EndpointConfig(url, token="secret"))
    try:
        yield server, door
    finally:
        async with door.session() as session:
            await session.close()
        await server.stop()


async def test_calls_share_a_connection() -> None:
    async with serving() as (server, door):
        for number in range(3):
            assert await door.request(json={"n": number}, method="post") == {"events": []}
        assert server.calls == [("secret", {"n": number}) for number in range(3)]
        assert len(server.connections) == 1


async def test_those_at_once_do_not_wait_for_each_other() -> None:
    async with serving() as (server, door):
        await asyncio.gather(*(door.request(json={}) for _ in range(3)))
        assert len(server.calls) == len(server.connections) == 3


async def test_a_failure_is_told_as_rasa_tells_it() -> None:
    async with serving() as (_, door):
        with pytest.raises(ClientResponseError):
            await door.request(json={"fail": True})
        assert await door.request(json={}) == {"events": []}


async def test_it_finds_a_server_that_came_back() -> None:
    async with serving() as (server, door):
        await door.request(json={})
        await server.stop()
        with pytest.raises(aiohttp.ClientError):
            await door.request(json={})
        await server.start()
        assert await door.request(json={}) == {"events": []}


def test_what_rasa_reads_of_it_is_the_same() -> None:
    endpoint = EndpointConfig("http://a/webhook", token="secret", enable_selective_domain=True)
    assert ActionServer.like(endpoint) == endpoint
    assert ActionServer.like(endpoint).kwargs == {"enable_selective_domain": True}
