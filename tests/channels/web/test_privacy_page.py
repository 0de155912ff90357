"""The page that says what is kept, made of the code's own rules."""

from html import unescape

import httpx

from knowledge.coordinators.model import RIGHTS, Right
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
    for path in ("/help", "/help/pledge"):
        assert 'href="/privacy"' in (await browser.get(path)).text, path
