"""The process with a clock in hand, a real mail server, and a push service at the wire."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field

import httpx
import pytest

from channels.alerting.push import new_key
from channels.alerting.watch import Watch
from channels.alerting.ways import ByEmail, ByPush, Way
from channels.parts import Parts
from channels.settings import Settings
from channels.web import app as process
from tests.channels.mailbox import Mailbox, a_mail_server
from tests.fakes import HandClock


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with a_mail_server() as box:
        yield box


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
    await asyncio.gather(*map(watch.tell, ("email", "push")))
    await watch.notice_silence()
    await asyncio.sleep(0)
