"""An alarm that nobody hears goes up to the supervisor and the duty phone, without content."""

import asyncio
import base64
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from py_vapid import Vapid02

from channels.alerting.push import new_key, public_key
from channels.alerting.watch import Watch
from channels.alerting.ways import ByPush, Notice, Way
from channels.parts import Parts
from knowledge.coordinators.model import Area, Role
from tests.channels.builders import Desk, Person, a_browser, another_desk
from tests.channels.mailbox import Mailbox
from tests.fakes import HandClock

from .conftest import PushService, looks
from .push_service import Browser

DUTY = "duty@waymark.example"
SAM = "sam@waymark.example"  # the first administrator
STARTS = Watch.start  # in other tests nothing looks by itself


class Hangs:
    """A mail server that takes letters and says nothing."""

    def __init__(self) -> None:
        self.held_up: list[str] = []

    async def send(self, to: str, _notice: Notice) -> None:
        """For ever."""
        self.held_up.append(to)
        await asyncio.Event().wait()


async def test_nothing_goes_up_while_there_is_time(
    person: Person, clock: HandClock, watch: Watch, mailbox: Mailbox
) -> None:
    await person.says("DANGER at the door")
    clock.move(seconds=59)
    await looks(watch)
    assert mailbox.letters == []


async def test_it_goes_up_once_to_the_supervisor_and_the_duty_phone(
    app: FastAPI, person: Person, clock: HandClock, watch: Watch, mailbox: Mailbox
) -> None:
    async with another_desk(app, "Vera", Role.SUPERVISOR):
        await person.says("DANGER at the door")
        clock.move(seconds=60)
        for _ in range(3):
            await looks(watch)
            clock.move(minutes=5)
    assert sorted(to for to, _ in mailbox.letters) == [DUTY, "vera@waymark.example"]


async def test_the_words_say_nothing_of_anybody(
    person: Person, clock: HandClock, watch: Watch, mailbox: Mailbox
) -> None:
    await person.says("DANGER my ex Dean is at the door")
    clock.move(minutes=2)
    await looks(watch)
    for _, text in mailbox.letters:
        assert "The desk needs you" in text
        for word in ("dean", "danger", "door", "emergency", "victim", "crime", "abuse"):
            assert word not in text.lower()
        assert person.conversation not in text


async def test_without_a_supervisor_of_the_area_the_administrator_is_told(
    app: FastAPI, person: Person, clock: HandClock, watch: Watch, mailbox: Mailbox
) -> None:
    await person.says("DANGER")
    clock.move(minutes=2)
    await looks(watch)
    assert sorted(to for to, _ in mailbox.letters) == [DUTY, SAM]


async def test_acknowledging_stops_the_clock_and_says_who(
    person: Person, desk: Desk, clock: HandClock, watch: Watch, mailbox: Mailbox
) -> None:
    await person.says("DANGER")
    clock.move(seconds=30)
    assert (await desk.queue())[0]["alarm"]["clock"] == "warning"
    assert (await desk.does("acknowledge", person)).status_code == 204
    clock.move(minutes=4)
    await looks(watch)
    assert mailbox.letters == []
    (item,) = await desk.queue()
    assert item["alarm"]["acknowledged_by"] == "Sam"
    assert item["holder"] == "waiting"
    assert (await desk.does("acknowledge", person)).status_code == 409


async def test_what_was_acknowledged_and_then_left_goes_up_once_too(
    app: FastAPI, person: Person, desk: Desk, clock: HandClock, watch: Watch, mailbox: Mailbox
) -> None:
    async with another_desk(app, "Vera", Role.SUPERVISOR):
        await person.says("DANGER")
        await desk.does("acknowledge", person)
        for _ in range(3):
            clock.move(minutes=5)
            await looks(watch)
    assert sorted(to for to, _ in mailbox.letters) == [DUTY, "vera@waymark.example"]
    page = await desk.client.get(f"/console/conversations/{person.conversation}")
    assert "It was acknowledged, and then nobody took it" in page.text


async def test_what_was_acknowledged_and_taken_does_not_go_up(
    person: Person, desk: Desk, clock: HandClock, watch: Watch, mailbox: Mailbox
) -> None:
    await person.says("DANGER")
    await desk.does("acknowledge", person)
    clock.move(minutes=4)
    await desk.does("take", person)
    clock.move(hours=2)
    await looks(watch)
    assert mailbox.letters == []


async def test_out_of_hours_the_duty_phone_alone_hears_of_an_emergency_at_once(
    app: FastAPI, person: Person, clock: HandClock, watch: Watch, mailbox: Mailbox
) -> None:
    clock.move(hours=13)  # 23:40
    async with another_desk(app, "Vera", Role.SUPERVISOR):
        await person.says("DANGER")
        await looks(watch)
        assert [to for to, _ in mailbox.letters] == [DUTY]
        clock.move(hours=8)  # the centre is open again, and nobody came
        await looks(watch)
    assert sorted({to for to, _ in mailbox.letters}) == [DUTY, "vera@waymark.example"]


async def test_a_mail_server_that_is_away_is_tried_again(
    person: Person, clock: HandClock, watch: Watch, mailbox: Any, monkeypatch: Any
) -> None:
    async def refuses(*_: Any) -> str:
        return "451 later"

    await person.says("DANGER")
    clock.move(minutes=2)
    with monkeypatch.context() as away:
        away.setattr(mailbox, "handle_DATA", refuses)
        await looks(watch)
    assert mailbox.letters == []
    clock.move(minutes=2)
    await looks(watch)
    assert len(mailbox.letters) == 2


async def test_a_hanging_mail_server_holds_up_no_push(
    app: FastAPI, desk: Desk, parts: Parts, clock: HandClock, push_service: PushService
) -> None:
    hangs = Hangs()
    client = httpx.AsyncClient(transport=httpx.MockTransport(push_service))
    by_push = ByPush(parts.settings, parts.knowledge.devices, client)
    ways: dict[str, Way] = {"email": hangs, "push": by_push}
    watch = Watch(parts.settings, parts.knowledge, parts.bell, ways)
    await desk.client.post("/api/console/devices", json=Browser().subscription())
    await STARTS(watch)
    try:
        for number in (1, 2):
            async with a_browser(app) as another:
                await (await Person.arrives(another)).says("DANGER")
            clock.move(minutes=2)
            async with asyncio.timeout(30):
                while len(push_service.requests) < number or len(hangs.held_up) < 2:
                    await asyncio.sleep(0.05)
    finally:
        await watch.stop()
    assert len(hangs.held_up) == len(set(hangs.held_up))  # side by side, each once


async def test_a_push_message_is_sealed_for_the_browser_and_signed(
    app: FastAPI,
    person: Person,
    desk: Desk,
    clock: HandClock,
    watch: Watch,
    push_service: PushService,
) -> None:
    browser = Browser()
    answer = await desk.client.post("/api/console/devices", json=browser.subscription())
    assert answer.status_code == 201
    await person.says("DANGER")
    clock.move(minutes=2)
    await looks(watch)
    (request,) = push_service.requests
    assert str(request.url) == "https://push.example/to/7"
    assert request.headers["urgency"] == "high"
    assert browser.reads(request.content)["title"] == "The desk needs you"
    assert Vapid02.verify(request.headers["authorization"])


async def test_a_browser_that_is_gone_is_forgotten(
    desk: Desk, person: Person, clock: HandClock, watch: Watch, push_service: PushService
) -> None:
    await desk.client.post("/api/console/devices", json=Browser().subscription(is_duty=True))
    push_service.status = 410
    await person.says("DANGER")
    clock.move(minutes=2)
    for _ in range(2):
        await looks(watch)
        clock.move(hours=1)
    assert len(push_service.requests) == 1
    assert "<h2>Devices</h2>" not in (await desk.client.get("/console/alerts")).text


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://push.example/7",
        "https://127.0.0.1/7",
        "https://[::1]/7",
        "https://localhost/7",
        "https://169.254.169.254/latest",
        "file:///etc/passwd",
        "",
    ],
)
async def test_no_message_is_sent_into_the_own_network(desk: Desk, endpoint: str) -> None:
    given = Browser().subscription(endpoint=endpoint)
    assert (await desk.client.post("/api/console/devices", json=given)).status_code == 422


async def test_only_who_leads_sets_the_duty_phone(app: FastAPI) -> None:
    given = Browser().subscription(is_duty=True)
    async with another_desk(app, "Ben") as ben:
        assert (await ben.client.post("/api/console/devices", json=given)).status_code == 403
    async with another_desk(app, "Vera", Role.SUPERVISOR, Area.BOTH) as vera:
        assert (await vera.client.post("/api/console/devices", json=given)).status_code == 201


def test_a_new_key_has_a_public_half() -> None:
    assert len(base64.urlsafe_b64decode(public_key(new_key()) + "=")) == 65
    with pytest.raises(ValueError, match="not a key"):
        public_key("rubbish")
