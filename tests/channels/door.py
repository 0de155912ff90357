"""The assistant's door as channels see it: answers over HTTP, as told."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

CALM = {
    "replies": [{"text": "I am sorry", "choices": [], "services": []}],
    "risk": {"disposition": "none", "categories": [], "evidence": []},
    "failed": False,
}
RISK = {
    "disposition": "emergency",
    "categories": ["immediate_danger"],
    "evidence": [{"text": "at the door", "by": "rule:door", "score": 0.9}],
}


class FakeDoor:
    """Answers ``says`` with ``status``, after ``late`` seconds; keeps what it was asked."""

    def __init__(self) -> None:
        self.says: Any = CALM
        self.status = 200
        self.late = 0.0
        self.asked: list[tuple[str, Any]] = []
        self.headers: list[str] = []
        self.port = 0
        self._serving: set[asyncio.Task[None]] = set()

    def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request, one answer."""
        task = asyncio.create_task(self._answer(reader, writer))
        self._serving.add(task)
        task.add_done_callback(self._serving.discard)
        task.add_done_callback(lambda _: writer.close())

    async def close(self) -> None:
        """Say no more, also to those who wait."""
        serving = list(self._serving)
        for task in serving:
            task.cancel()
        await asyncio.gather(*serving, return_exceptions=True)
        await asyncio.sleep(0)  # what they held is closed

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        self.headers.append(head)
        length = [line for line in head.splitlines() if line.lower().startswith("content-length")]
        body = await reader.readexactly(int(length[0].split(":")[1])) if length else b"null"
        self.asked.append((head.split()[1], json.loads(body)))
        await asyncio.sleep(self.late)
        said = self.says if isinstance(self.says, bytes) else json.dumps(self.says).encode()
        start = f"HTTP/1.1 {self.status} X\r\nContent-Length: {len(said)}\r\n"
        writer.write(start.encode() + b"Connection: close\r\n\r\n" + said)
        await writer.drain()


@asynccontextmanager
async def a_door() -> AsyncIterator[FakeDoor]:
    """A door on a free port of this machine."""
    door = FakeDoor()
    server = await asyncio.start_server(door.serve, "127.0.0.1", 0)
    door.port = server.sockets[0].getsockname()[1]
    try:
        yield door
    finally:
        server.close()
        await door.close()
