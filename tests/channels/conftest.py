"""The whole channels process on an empty database, with an assistant that is not Rasa."""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import nullcontext, suppress
from dataclasses import replace
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import httpx
import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI
from starlette.routing import BaseRoute

from channels.alerting.watch import Watch
from channels.bell import Bell
from channels.keeping import Keeping
from channels.lifelines import Lifelines
from channels.parts import Parts
from channels.reception import Reception
from channels.settings import Settings
from channels.waiting import Waiting
from channels.web import app as process
from channels.web.app import create_app
from channels.words import Words
from knowledge.coordinators import passwords
from knowledge.garbage import settle_down
from knowledge.opening import Knowledge, open_knowledge
from tests.fakes import FakeAssistant
from tests.keys import ring
from tests.plainly import speak_plainly

from .builders import Desk, Person, a_browser, settled

__all__ = ["ring"]


class _Healthy(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        """It is well."""
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture(scope="session")
def actions_port() -> Iterator[int]:
    """A port that answers as the action server's would."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Healthy) as server:
        Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield server.server_port
        server.shutdown()


@pytest.fixture
def settings(sqlite_url: str, actions_port: int) -> Settings:
    """Settings as at home, without limits."""
    return Settings(  # type: ignore[call-arg]  # the rest has defaults
        assistant_token="a token of some length",
        return_key="a key of some length to come back",
        database_url=sqlite_url,
        limits="off",
        actions_port=actions_port,
        admin_email="sam@waymark.example",
        admin_password="a long enough password",
    )


@pytest.fixture
def assistant() -> FakeAssistant:
    return FakeAssistant()


@pytest.fixture(scope="package", autouse=True)
def _lighter() -> Iterator[None]:
    """What each test would pay for anew and none looks at: slow hashes, certificates, garbage."""
    light = partial(PasswordHasher, time_cost=1, memory_cost=1024, parallelism=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "PasswordHasher", light)
        speak_plainly(patch)
        settle_down()  # once: each look at all that is loaded is a tenth of a second
        patch.setattr(process, "settle_down", lambda: None)
        yield


@pytest.fixture(scope="session")
def routes() -> list[BaseRoute]:
    """The doors are the same in every application, and made once: FastAPI takes its time."""
    return []


@pytest.fixture
async def wired(
    settings: Settings, assistant: FakeAssistant, routes: list[BaseRoute]
) -> AsyncIterator[FastAPI]:
    """The application of the process, with the fake in the assistant's place."""
    app = create_app(settings)
    routes[:] = app.router.routes[:] = routes or app.router.routes
    parts: Parts = app.state.parts
    conversations = parts.knowledge.conversations
    reception = Reception(conversations, assistant, Words.load(), Lifelines.load(), parts.bell)
    reception.calling_back = parts.reception.calling_back
    app.state.parts = replace(parts, assistant=assistant, reception=reception)
    yield app
    await parts.assistant.close()
    await asyncio.sleep(0.05)  # what was broken off lets go of its connection
    await parts.knowledge.database.close()


@pytest.fixture
async def app(
    wired: FastAPI, assistant: FakeAssistant, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[FastAPI]:
    """The same, started; what it prints is a matter of test_starting.py."""
    monkeypatch.setattr(process, "announce_when_ready", lambda *_: nullcontext())
    # The tests of alarms, of waiting and of deletion look themselves.
    for work in (Watch, Waiting, Keeping):
        monkeypatch.setattr(work, "start", _rests)
    parts: Parts = wired.state.parts
    async with wired.router.lifespan_context(wired):
        yield wired
        assistant.gate.set()
        with suppress(TimeoutError):  # stopping in the middle is a matter of test_restarting.py
            await settled(parts.reception, parts.knowledge.conversations)


async def _rests(_work: object) -> None:
    """Nothing looks by itself."""


@pytest.fixture
def parts(app: FastAPI) -> Parts:
    """What the running process is made of."""
    found: Parts = app.state.parts
    return found


@pytest.fixture
async def browser(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """A browser with an empty jar of cookies."""
    async with a_browser(app) as client:
        yield client


@pytest.fixture
async def person(app: FastAPI) -> AsyncIterator[Person]:
    """Somebody who has opened a conversation."""
    async with a_browser(app) as client:
        yield await Person.arrives(client)


@pytest.fixture
async def desk(app: FastAPI) -> AsyncIterator[Desk]:
    """The first co-ordinator, signed in."""
    async with a_browser(app) as client:
        yield await Desk.opens(client)


@pytest.fixture
async def knowledge(sqlite_url: str) -> AsyncIterator[Knowledge]:
    """The rooms behind this one."""
    opened = open_knowledge(sqlite_url)
    yield opened
    await opened.database.close()


@pytest.fixture
async def reception(knowledge: Knowledge, assistant: FakeAssistant) -> AsyncIterator[Reception]:
    """Reception without the web around it."""
    made = Reception(knowledge.conversations, assistant, Words.load(), Lifelines.load(), Bell())
    yield made
    await made.stop()


@pytest.fixture(autouse=True)
def levels_of_loggers() -> Iterator[None]:
    """What a test changes in a library's logging is put back."""
    before = {name: logging.getLogger(name).level for name in logging.root.manager.loggerDict}
    yield
    for name, level in before.items():
        logger = logging.getLogger(name)
        if logger.level != level:  # setting one makes all of them forget what they let through
            logger.setLevel(level)
