"""Rings and signs go from process to process over a real Redis, and without it nothing stops."""

import asyncio
import shutil
import subprocess
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest

from channels.bell import LOOK_EVERY, LOOK_SELDOM, Bell
from channels.talk import Looking, Typing
from channels.wires import Wires
from tests.journeys.running import free_port

from .builders import A_WHILE

pytestmark = pytest.mark.skipif(not shutil.which("redis-server"), reason="no redis-server here")


class Process:
    """What one process has of all this."""

    def __init__(self, url: str) -> None:
        self.bell, self.typing, self.looking = Bell(), Typing(), Looking()
        self.wires = Wires(url, self.bell, typing=self.typing, looking=self.looking)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """An empty Redis on a free port."""
    port = str(free_port())
    command = ["redis-server", "--port", port, "--save", "", "--dir", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        yield f"redis://127.0.0.1:{port}", process
        process.kill()


@asynccontextmanager
async def wired(url: str) -> AsyncIterator[tuple[Process, Process]]:
    """Two processes whose wires hold."""
    async with AsyncExitStack() as stack:
        two = Process(url), Process(url)
        for one in two:
            await one.wires.start()
            stack.push_async_callback(one.wires.stop)
        await _soon(lambda: all(one.bell.is_wired for one in two))
        yield two


async def test_a_ring_is_heard_in_every_process(server: tuple[str, object]) -> None:
    async with wired(server[0]) as (here, there):
        with there.bell.listening("c1") as ear, there.bell.listening("c2") as other:
            await other.wait(0.2)  # the ring of the beginning
            await ear.wait(0)
            here.bell.ring("c1")
            began = asyncio.get_running_loop().time()
            await ear.wait(A_WHILE)
            assert asyncio.get_running_loop().time() - began < A_WHILE / 2
            assert there.bell.look_every == LOOK_SELDOM


async def test_signs_come_and_go_in_every_process(server: tuple[str, object]) -> None:
    async with wired(server[0]) as (here, there):
        here.typing.note("c1", "kim")
        await _soon(lambda: there.typing.who("c1") == ["kim"])
        here.typing.stop("c1", "kim")
        await _soon(lambda: there.typing.who("c1") == [])
        with here.looking.at("c1", "kim"):
            here.looking.note("c1", "kim")
            await _soon(lambda: there.looking.who("c1") == ["kim"])
        await _soon(lambda: there.looking.who("c1") == [])


async def test_without_redis_everybody_looks_for_themselves(
    server: tuple[str, subprocess.Popen[bytes]],
) -> None:
    url, process = server
    async with wired(url) as (here, there):
        assert await here.wires.ready()
        process.kill()
        process.wait()
        await _soon(lambda: not there.bell.is_wired)
        assert there.bell.look_every == LOOK_EVERY
        assert not await here.wires.ready()
        here.bell.ring("c1")  # raises nothing


async def _soon(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(A_WHILE * 2):
        while not is_so():
            await asyncio.sleep(0.02)
