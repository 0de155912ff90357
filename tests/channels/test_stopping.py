"""A process that stops ends the streams that are open, and calls nothing of it an error."""

import asyncio
import logging
from collections.abc import AsyncIterator

import httpx
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import Route

from channels.streaming import Events


async def test_a_stream_ends_with_the_process_that_gives_it(
    caplog: pytest.LogCaptureFixture,
) -> None:
    config = uvicorn.Config(
        Starlette(routes=[Route("/", _endless)]), port=0, log_config=None, log_level="warning"
    )
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    async with asyncio.timeout(15):
        while not server.started:
            await asyncio.sleep(0.02)
        port = server.servers[0].sockets[0].getsockname()[1]
        async with (
            httpx.AsyncClient(timeout=10) as client,
            client.stream("GET", f"http://127.0.0.1:{port}/") as stream,
        ):
            lines = stream.aiter_lines()
            assert await anext(lines) == "data: hello"
            server.should_exit = True
            assert [line async for line in lines if line] == []  # and no connection that broke off
        await serving
    assert [one.name for one in caplog.records if one.levelno >= logging.ERROR] == []


async def _endless(_request: Request) -> Events:
    async def said() -> AsyncIterator[dict[str, str]]:
        yield {"data": "hello"}
        await asyncio.Event().wait()

    return Events(said())
