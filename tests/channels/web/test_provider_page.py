"""A provider's letter and its link, with a real mail server."""

import re
import socket
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from typing import Any

import httpx
import pytest
from aiosmtpd.controller import Controller
from fastapi import FastAPI

from channels.parts import Parts
from channels.provider_links import GOOD_FOR, ProviderLinks
from knowledge.clock import clock_from
from knowledge.directory.editing import BY_LINK
from tests.channels.builders import SITE, Desk, a_browser

TO = "helper@service.example"
FORM = {"phone": "0808 800 5001"}


class Post:
    """Keeps the letters that arrive."""

    def __init__(self) -> None:
        self.letters: list[Any] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        """Take a letter."""
        self.letters.append(message_from_bytes(envelope.content, policy=default))
        return "250 taken"


@pytest.fixture
def post() -> Iterator[tuple[Post, int]]:
    """A mail server on a free port."""
    handler = Post()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    yield handler, port
    controller.stop()


@pytest.fixture
async def sent(app: FastAPI, desk: Desk, post: tuple[Post, int]) -> str:
    """The path of the link in a letter that was sent about NSPCC's line."""
    parts: Parts = app.state.parts
    await parts.knowledge.directory.seed()
    settings = parts.settings.model_copy(
        update={
            "smtp_url": f"smtp://127.0.0.1:{post[1]}",
            "mail_from": "directory@waymark.example",
            "site_url": SITE,
        }
    )
    app.state.parts = replace(parts, settings=settings)
    answer = await desk.client.post("/console/directory/nat-nspcc/letter", data={"to": TO})
    assert answer.status_code == 303
    text = post[0].letters[0].get_content().replace("=\n", "")
    found = re.search(rf"{SITE}(/provider/\S+)", text)
    assert found
    return found[1]


@pytest.fixture
async def provider(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody without an account."""
    async with a_browser(app) as client:
        yield client


async def test_the_letter_reaches_the_provider(sent: str, post: tuple[Post, int]) -> None:
    (letter,) = post[0].letters
    assert letter["To"] == TO
    assert "NSPCC" in letter["Subject"]


async def test_the_page_shows_the_entry_without_an_account(
    provider: httpx.AsyncClient, sent: str
) -> None:
    page = await provider.get(sent)
    assert page.status_code == 200
    assert "0808 800 5000" in page.text
    assert "set-cookie" not in page.headers
    assert page.headers["cache-control"] == "no-store"


async def test_all_is_right_counts_at_once(
    provider: httpx.AsyncClient, sent: str, parts: Parts
) -> None:
    answer = await provider.post(sent, data={"right": "yes"})

    assert "Thank you" in answer.text
    assert parts.knowledge.directory.service("nat-nspcc").assurer == BY_LINK


async def test_a_correction_waits_for_an_editor(
    provider: httpx.AsyncClient, sent: str, parts: Parts, desk: Desk
) -> None:
    await provider.post(sent, data={**FORM, "note": "We moved lines."})
    waiting = (await desk.client.get("/console/directory")).text
    assert parts.knowledge.directory.service("nat-nspcc").phone == "0808 800 5000"
    assert "<del>0808 800 5000</del> <ins>0808 800 5001</ins>" in waiting
    assert "We moved lines." in waiting

    (proposal,) = await parts.knowledge.editing.proposals()
    await desk.client.post(f"/console/directory/answers/{proposal.id}/accept")

    assert parts.knowledge.directory.service("nat-nspcc").phone == "0808 800 5001"


async def test_a_provider_can_only_change_what_the_page_asks(
    provider: httpx.AsyncClient, sent: str, parts: Parts
) -> None:
    await provider.post(sent, data={**FORM, "confidence": "high", "role": "general", "id": "x"})

    (proposal,) = await parts.knowledge.editing.proposals()
    assert set(proposal.changed) == {"phone"}


async def test_a_wrong_number_is_said_and_nothing_is_lost(
    provider: httpx.AsyncClient, sent: str
) -> None:
    answer = await provider.post(sent, data={"phone": "nobody", "note": "Please look."})

    assert answer.status_code == 422
    assert 'value="nobody"' in answer.text
    assert "Please look." in answer.text


async def test_a_link_takes_one_answer(
    provider: httpx.AsyncClient, sent: str, parts: Parts
) -> None:
    await provider.post(sent, data=FORM)
    again = await provider.post(sent, data={"phone": "0808 800 5002"})

    assert "answered this letter already" in again.text
    assert "answered this letter already" in (await provider.get(sent)).text
    assert len(await parts.knowledge.editing.proposals()) == 1


async def test_a_link_runs_out(provider: httpx.AsyncClient, sent: str, app: FastAPI) -> None:
    parts: Parts = app.state.parts
    late = clock_from(parts.knowledge.clock() + GOOD_FOR * 1.01)
    app.state.parts = replace(parts, knowledge=replace(parts.knowledge, clock=late))

    for answer in (await provider.get(sent), await provider.post(sent, data=FORM)):
        assert answer.status_code == 410
        assert "run out" in answer.text


@pytest.mark.parametrize("change", [lambda sent: sent[:-2], lambda _: "/provider/nothing"])
async def test_a_link_that_was_changed_opens_nothing(
    provider: httpx.AsyncClient, sent: str, change: Any
) -> None:
    assert (await provider.get(change(sent))).status_code == 404


async def test_a_link_signed_with_another_secret_opens_nothing(
    provider: httpx.AsyncClient, sent: str, parts: Parts
) -> None:
    forged = ProviderLinks("another secret of some length", parts.knowledge.clock)
    answer = await provider.get(f"/provider/{forged.make('nat-nspcc')}")
    assert answer.status_code == 404


async def test_another_site_cannot_answer(provider: httpx.AsyncClient, sent: str) -> None:
    headers = {"Sec-Fetch-Site": "cross-site"}
    assert (await provider.post(sent, data=FORM, headers=headers)).status_code == 403


async def test_an_address_that_is_none_is_said(sent: str, desk: Desk) -> None:
    answer = await desk.client.post("/console/directory/nat-nspcc/letter", data={"to": "no\nbody"})
    assert answer.status_code == 422
    assert "not an e-mail address" in answer.text


async def test_whom_it_was_sent_to_is_remembered_for_editors_alone(
    sent: str, desk: Desk, provider: httpx.AsyncClient
) -> None:
    assert TO in (await desk.client.get("/console/directory/nat-nspcc")).text
    assert TO not in (await provider.get("/api/directory/services/nat-nspcc")).text
    assert TO not in (await provider.get(sent)).text
