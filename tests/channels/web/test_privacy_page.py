"""The page that says what is kept, made of the code's own rules."""

from html import unescape
from uuid import uuid4

import httpx
import pytest

from channels.parts import Parts
from knowledge.conversations.model import Reader
from knowledge.coordinators.model import RIGHTS, Right
from knowledge.errors import NotFound
from knowledge.retention.holdings import holdings
from knowledge.retention.model import rules


async def test_it_says_every_rule_and_every_kind(browser: httpx.AsyncClient) -> None:
    page = unescape((await browser.get("/privacy")).text)
    for rule in rules().values():
        assert rule.said in page
    for holding in holdings().values():
        assert holding.what in page
        assert all(column in page for column in holding.sealed)
    assert ", ".join(sorted(RIGHTS[Right.READ_CONVERSATION])) in page


async def test_it_keeps_nothing_about_who_reads_it(browser: httpx.AsyncClient) -> None:
    assert "set-cookie" not in (await browser.get("/privacy")).headers


async def test_every_public_page_leads_there(browser: httpx.AsyncClient) -> None:
    for path in ("/help", "/help/pledge", "/"):
        assert 'href="/privacy"' in (await browser.get(path)).text, path


async def test_a_chat_is_deleted_from_the_page(browser: httpx.AsyncClient, parts: Parts) -> None:
    await browser.post("/say", data={"id": str(uuid4()), "text": "hello"})
    conversation = browser.cookies["waymark"].partition(".")[0]
    assert "Delete this chat</button>" in (await browser.get("/privacy")).text
    unsure = await browser.post("/privacy/delete")
    assert "outcome=unsure" in unsure.headers["location"]
    done = await browser.post("/privacy/delete", data={"sure": "yes"})
    assert "is deleted" in (await browser.get(done.headers["location"])).text
    assert "waymark" not in browser.cookies
    with pytest.raises(NotFound):
        await parts.knowledge.conversations.thread(conversation, reader=Reader.PERSON)


async def test_another_site_deletes_nothing(browser: httpx.AsyncClient) -> None:
    headers = {"Sec-Fetch-Site": "cross-site"}
    answer = await browser.post("/privacy/delete", data={"sure": "yes"}, headers=headers)
    assert answer.status_code == 403
