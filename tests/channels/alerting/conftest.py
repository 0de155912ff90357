"""The process with a clock in hand, a real mail server, and a push service at the wire."""

import asyncio
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field

import httpx
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from channels.alerting.push import new_key
from channels.alerting.watch import Watch
from channels.alerting.ways import ByEmail, ByPush, Way
from channels.parts import Parts
from channels.settings import Settings
from channels.web import app as process
from tests.fakes import HandClock


@dataclass
class Mailbox:
    """Letters as a mail server took them: who gets them, and all of their text."""

    port: int
    letters: list[tuple[str, str]] = field(default_factory=list)

    async def handle_DATA(self, _server: SMTP, _session: Session, letter: Envelope) -> str:
        """Take a letter."""
        text = (letter.content or b"").decode() if isinstance(letter.content, bytes) else ""
        self.letters += [(to, text) for to in letter.rcpt_tos]
        return "250 OK"


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        box = Mailbox(int(probe.getsockname()[1]))
    server = Controller(box, hostname="127.0.0.1", port=box.port)
    server.start()
    yield box
    server.stop()


@pytest.fixture
def settings(
    settings: Settings, clock: HandClock, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> Settings:
    monkeypatch.setattr(process, "clock_from", lambda _start: clock)
    return settings.model_copy(
        update={
            "smtp_url": f"smtp://127.0.0.1:{mailbox.port}",
            "mail_from": "desk@waymark.example",
            "duty_email": "duty@waymark.example",
            "push_key": new_key(),
            "idle_lock": 0.0,
        }
    )


@dataclass
class PushService:
    """A browser vendor's push service, at the wire."""

    status: int = 201
    requests: list[httpx.Request] = field(default_factory=list)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        """Take a message."""
        self.requests.append(request)
        return httpx.Response(self.status)


@pytest.fixture
def push_service() -> PushService:
    return PushService()


@pytest.fixture
def watch(parts: Parts, push_service: PushService) -> Watch:
    """The watch of this process, its push messages going to the stand-in."""
    client = httpx.AsyncClient(transport=httpx.MockTransport(push_service))
    ways: dict[str, Way] = {
        "email": ByEmail(parts.settings, parts.knowledge.coordinators),
        "push": ByPush(parts.settings, parts.knowledge.devices, client),
    }
    return Watch(parts.settings, parts.knowledge, parts.bell, ways)


async def looks(watch: Watch) -> None:
    """One round of everything that is watched."""
    await watch.send_up()
    await watch.tell()
    await watch.notice_silence()
    await asyncio.sleep(0)
