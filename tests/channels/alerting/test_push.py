"""Push messages over the wire, to a push service written from the RFCs."""

from collections.abc import Iterator
from http import HTTPStatus

import httpx
import pytest

from channels.alerting import push
from channels.alerting.watch import Watch
from channels.alerting.ways import ByPush, Gone, Notice, NotSent
from channels.parts import Parts
from knowledge.devices.model import Device, id_of
from tests.channels.builders import Desk, Person
from tests.fakes import HandClock

from .conftest import looks
from .push_service import Browser, PushService, a_push_service

SAID = Notice("The desk needs you", "Please open the desk now.", "https://x.example/console")


@pytest.fixture
def service() -> Iterator[PushService]:
    with a_push_service() as running:
        yield running


@pytest.fixture
async def subscriber(parts: Parts, desk: Desk, service: PushService) -> Browser:
    """A browser of the duty phone; its push service is on this machine, as no real one may be."""
    browser = Browser(f"{service.url}/to/7")
    device = Device(
        id=id_of(browser.endpoint),
        coordinator=desk.coordinator["id"],
        endpoint=browser.endpoint,
        is_duty=True,
        **browser.subscription()["keys"],
    )
    await parts.knowledge.devices.add(device)
    return browser


async def test_an_alarm_that_goes_up_arrives_sealed_signed_and_without_content(
    parts: Parts,
    person: Person,
    clock: HandClock,
    service: PushService,
    subscriber: Browser,
) -> None:
    watch = Watch(parts.settings, parts.knowledge, parts.bell)  # with its own ways to the outside
    await person.says("DANGER my ex Dean is at the door")
    clock.move(minutes=2)
    await looks(watch)
    ((path, headers, body),) = service.taken
    assert (path, headers["urgency"]) == ("/to/7", "high")
    assert b"desk" not in body
    assert subscriber.reads(body) == {"title": SAID.subject, "body": SAID.text}


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (HTTPStatus.NOT_FOUND, Gone),
        (HTTPStatus.GONE, Gone),
        (HTTPStatus.TOO_MANY_REQUESTS, NotSent),
        (HTTPStatus.INTERNAL_SERVER_ERROR, NotSent),
    ],
)
async def test_what_the_push_service_answers_is_heeded(
    parts: Parts,
    service: PushService,
    subscriber: Browser,
    status: HTTPStatus,
    error: type[Exception],
) -> None:
    service.status = status
    async with httpx.AsyncClient() as client:
        way = ByPush(parts.settings, parts.knowledge.devices, client)
        with pytest.raises(error):
            await way.send(id_of(subscriber.endpoint), SAID)
    kept = await parts.knowledge.devices.every()
    assert bool(kept) is (error is NotSent)


async def test_the_stand_in_lets_nothing_else_in(
    service: PushService, subscriber: Browser, parts: Parts
) -> None:
    (device,) = await parts.knowledge.devices.every()
    key = parts.settings.push_key or ""
    async with httpx.AsyncClient() as client:
        sender = push.Sender(key, "mailto:desk@waymark.example")
        assert await push.send(client, sender, device, {"title": "x"}) == HTTPStatus.CREATED
        _, headers, body = service.taken[0]
        whole = {name: headers[name] for name in ("authorization", "ttl", "content-encoding")}
        for missing, status in (("authorization", 403), ("ttl", 400), ("content-encoding", 415)):
            given = {name: value for name, value in whole.items() if name != missing}
            answer = await client.post(device.endpoint, content=body, headers=given)
            assert answer.status_code == status
