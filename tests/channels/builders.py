"""People at both ends of the chat, as the API knows them."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

import httpx
from fastapi import FastAPI

from channels.parts import Parts
from channels.reception import Incoming, Reception
from knowledge.conversations.model import Reader
from knowledge.conversations.operations import Conversations
from knowledge.coordinators.model import Area, Role

SITE = "http://waymark.test"
PASSWORD = "a long enough password"
A_WHILE = 5.0  # seconds, within which everything here happens


def a_browser(app: FastAPI, **headers: str) -> httpx.AsyncClient:
    """A client that keeps cookies and follows no redirects."""
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url=SITE, headers=headers)


def doors_of(app: FastAPI) -> Iterator[tuple[str, set[str]]]:
    """Each path of the application, with the methods it takes."""
    for route in app.routes:
        inner = getattr(getattr(route, "original_router", None), "routes", [route])
        for one in inner:
            if hasattr(one, "methods"):
                yield one.path, one.methods


class Person:
    """Somebody who writes, with the key to their conversation."""

    def __init__(self, client: httpx.AsyncClient, conversation: str, token: str) -> None:
        self.client = client
        self.conversation = conversation
        self.key = {"Authorization": f"Bearer {token}"}
        self.home = f"/api/conversations/{conversation}"

    @classmethod
    async def arrives(cls, client: httpx.AsyncClient) -> "Person":
        """Open a conversation."""
        opened = (await client.post("/api/conversations")).json()
        return cls(client, opened["conversation"], opened["token"])

    async def sends(self, **body: Any) -> httpx.Response:
        """Post a message as it is given."""
        message = {"id": str(uuid4()), **body}
        return await self.client.post(f"{self.home}/messages", json=message, headers=self.key)

    async def says(self, text: str) -> list[str]:
        """Write, and wait for what is said next."""
        sequence = (await self.sends(text=text)).json()["sequence"]
        return await self.hears(after=sequence)

    async def hears(self, after: int) -> list[str]:
        """Wait for what is said after a sequence."""
        return [one["text"] for one in (await self.reads(after=after, wait=A_WHILE))["messages"]]

    async def reads(self, **query: float) -> Any:
        """The thread as the person is given it."""
        answer = await self.client.get(
            f"{self.home}/messages", params=query, headers=self.key, timeout=30
        )
        return answer.json()


class Desk:
    """A signed-in co-ordinator."""

    def __init__(self, client: httpx.AsyncClient, coordinator: dict[str, str]) -> None:
        self.client = client
        self.coordinator = coordinator

    @classmethod
    async def opens(cls, client: httpx.AsyncClient, email: str = "sam@waymark.example") -> "Desk":
        """Sign in."""
        given = {"email": email, "password": PASSWORD}
        answer = await client.post("/api/console/sessions", json=given)
        assert answer.status_code == 201
        return cls(client, answer.json()["coordinator"])

    async def does(self, deed: str, person: Person, **body: Any) -> httpx.Response:
        """One deed on a person's conversation."""
        path = f"/api/console/conversations/{person.conversation}/{deed}"
        return await self.client.post(path, json=body or None)

    async def queue(self) -> list[dict[str, Any]]:
        """The queue."""
        found: list[dict[str, Any]] = (await self.client.get("/api/console/queue")).json()["queue"]
        return found

    async def sees(self, person: Person) -> Any:
        """A whole conversation."""
        path = f"/api/console/conversations/{person.conversation}"
        return (await self.client.get(path)).json()


@asynccontextmanager
async def another_desk(
    app: FastAPI, name: str = "Ben", role: Role = Role.COORDINATOR, area: Area = Area.BOTH
) -> AsyncIterator[Desk]:
    """One more co-ordinator, signed in."""
    parts: Parts = app.state.parts
    email = f"{name.lower()}@waymark.example"
    await parts.knowledge.coordinators.add(email, PASSWORD, name, role, area)
    async with a_browser(app) as client:
        yield await Desk.opens(client, email)


def an_incoming(conversation: str, text: str = "hello", **changes: Any) -> Incoming:
    """A message as a channel hands it on."""
    fields = {"conversation": conversation, "message_id": str(uuid4()), "text": text}
    return Incoming(**{**fields, **changes})


async def settled(reception: Reception, conversations: Conversations) -> None:
    """Wait until nothing is left to answer."""
    async with asyncio.timeout(A_WHILE):
        while await conversations.unfinished() or reception._at_work:
            await asyncio.sleep(0.01)


async def thread_of(conversations: Conversations, conversation: str) -> list[str]:
    """What the person can read after the greeting."""
    _, thread = await conversations.thread(conversation, reader=Reader.PERSON, after=1)
    return [entry.text for entry in thread]


class Listener:
    """Reads server-sent events as they come; httpx's own transport waits for the end."""

    def __init__(self, app: FastAPI, path: str, headers: dict[str, str]) -> None:
        self._app = app
        self._scope = _scope(path, headers)
        self._gone = asyncio.Event()
        self._sent: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._text = ""
        self._asked = False
        self.status = 0

    async def __aenter__(self) -> "Listener":
        self._task = asyncio.create_task(self._app(self._scope, self._receive, self._send))
        start = await self._next()
        self.status = start["status"]
        self.headers = {key.decode(): value.decode() for key, value in start["headers"]}
        return self

    async def __aexit__(self, *_: object) -> None:
        self._gone.set()
        async with asyncio.timeout(A_WHILE):
            await asyncio.gather(self._task, return_exceptions=True)
        await asyncio.sleep(0.05)  # a look that was broken off lets go of its connection

    async def event(self) -> dict[str, Any]:
        """The next event: its name, its id if it has one, and its data."""
        while "\r\n\r\n" not in self._text:
            message = await self._next()
            self._text += message["body"].decode()
        event, _, self._text = self._text.partition("\r\n\r\n")
        fields = dict(line.split(": ", 1) for line in event.split("\r\n"))
        return {**fields, "data": json.loads(fields["data"])}

    async def end(self) -> bool:
        """Wait until the stream ends by itself; whether it ended calmly."""
        async with asyncio.timeout(A_WHILE):
            done = await asyncio.gather(self._task, return_exceptions=True)
        return done[0] is None

    def rest(self) -> str:
        """What came and was not looked at yet."""
        came = []
        while not self._sent.empty():
            came.append(self._sent.get_nowait().get("body", b"").decode())
        return "".join([self._text, *came])

    async def _receive(self) -> dict[str, Any]:
        if not self._asked:
            self._asked = True
            return {"type": "http.request", "body": b"", "more_body": False}
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Any) -> None:
        self._sent.put_nowait(message)

    async def _next(self) -> dict[str, Any]:
        async with asyncio.timeout(A_WHILE):
            return await self._sent.get()


def _scope(path: str, headers: dict[str, str]) -> dict[str, Any]:
    path, _, query = path.partition("?")
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
        "client": ("127.0.0.1", 1234),
        "server": ("waymark.test", 80),
    }
