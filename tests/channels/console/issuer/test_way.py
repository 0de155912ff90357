"""The way to the issuer and back is good once, in one browser, at one issuer."""

from collections.abc import AsyncIterator
from datetime import timedelta
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx
import pytest
from fastapi import FastAPI

from channels.parts import Parts
from channels.settings import Settings
from channels.web.cookies import DESK as COOKIE
from channels.web.cookies import PREFIX, SIGN_IN
from knowledge.issuer.operations import ON_THE_WAY
from tests.channels.builders import a_browser
from tests.fakes import HandClock
from tests.oidc_provider import Provider

from .signing_in import BACK, goes, signs_in


async def test_the_way_back_is_good_once(
    browser: httpx.AsyncClient, app: FastAPI, invited: None
) -> None:
    back = await goes(browser)
    kept = dict(browser.cookies)
    assert (await browser.get(back)).status_code == 200
    async with a_browser(app) as again:
        again.cookies.update(kept)
        assert (await again.get(back)).status_code == 401
        assert COOKIE not in again.cookies


async def test_the_way_back_is_good_in_its_own_browser_alone(
    browser: httpx.AsyncClient, app: FastAPI, invited: None
) -> None:
    back = await goes(browser)
    async with a_browser(app) as stranger:
        assert (await stranger.get(back)).status_code == 401
    assert (await browser.get(back)).status_code == 200  # nobody used it up for them


async def test_what_goes_out_is_never_the_same_and_nobody_guesses_it(
    app: FastAPI, provider: Provider
) -> None:
    for _ in range(3):
        async with a_browser(app, Host="elsewhere.example") as browser:
            await goes(browser)
    for secret in ("state", "nonce", "code_challenge"):
        gone = {one[secret] for one in provider.asked}
        assert len(gone) == 3
        assert all(len(one) >= 43 for one in gone)  # 256 bits
    assert {one["redirect_uri"] for one in provider.asked} == {BACK}
    assert {one["response_type"] for one in provider.asked} == {"code"}


async def test_a_code_of_another_sign_in_is_refused(
    browser: httpx.AsyncClient, app: FastAPI, invited: None
) -> None:
    """Somebody has one's browser come back with a code of their own (RFC 9700, 4.5)."""
    back = urlsplit(await goes(browser))
    async with a_browser(app) as another:
        theirs = dict(parse_qsl(urlsplit(await goes(another)).query))
    mixed = urlencode({**dict(parse_qsl(back.query)), "code": theirs["code"]})
    assert (await browser.get(f"{back.path}?{mixed}")).status_code == 401
    assert COOKIE not in browser.cookies


async def test_a_sign_in_is_over_after_ten_minutes(
    browser: httpx.AsyncClient, parts: Parts, invited: None
) -> None:
    back = await goes(browser)
    clock = HandClock(parts.knowledge.clock() + ON_THE_WAY + timedelta(seconds=1))
    parts.knowledge.issued._clock = clock
    assert (await browser.get(back)).status_code == 401


@pytest.mark.parametrize("query", ["", "?state=x&code=y", "?error=access_denied", "?code=y"])
async def test_out_of_nowhere_nobody_is_let_in(browser: httpx.AsyncClient, query: str) -> None:
    assert (await browser.get(f"/console/oidc/callback{query}")).status_code == 401


async def test_another_issuers_answer_is_refused(
    browser: httpx.AsyncClient, provider: Provider, invited: None
) -> None:
    back = (await goes(browser)).replace("iss=", "iss=https%3A%2F%2Felsewhere.example&was=")
    assert (await browser.get(back)).status_code == 401


async def test_an_issuer_that_always_names_itself_is_believed_only_when_it_does(
    browser: httpx.AsyncClient, provider: Provider, invited: None
) -> None:
    provider.metadata = {"authorization_response_iss_parameter_supported": True}
    back = await goes(browser)
    assert (await browser.get(back.replace("iss=", "was="))).status_code == 401
    assert (await signs_in(browser)).status_code == 200


async def test_a_changed_code_is_refused(browser: httpx.AsyncClient, invited: None) -> None:
    back = (await goes(browser)).replace("code=", "code=x")
    assert (await browser.get(back)).status_code == 401


async def test_an_issuer_that_calls_itself_otherwise_is_not_asked(
    browser: httpx.AsyncClient, provider: Provider
) -> None:
    provider.metadata = {"issuer": "https://elsewhere.example"}
    answer = await browser.get("/console/oidc/start")
    assert (answer.status_code, provider.asked) == (503, [])


class TestGuarded:
    """With WAYMARK_SECURE_COOKIES."""

    async def test_what_ties_the_way_to_this_browser_is_this_hosts_alone(
        self, browser: httpx.AsyncClient, invited: None
    ) -> None:
        out = await browser.get("/console/oidc/start")
        (kept,) = out.headers.get_list("set-cookie")
        assert kept.startswith(f"{PREFIX}{SIGN_IN}=")
        attributes = {one.strip().lower() for one in kept.split(";")[1:]}
        assert {"secure", "httponly", "path=/", "samesite=lax"} <= attributes
        assert (await signs_in(browser)).status_code == 200
        assert (await browser.get("/console")).status_code == 200
        assert f"{PREFIX}{SIGN_IN}" not in browser.cookies

    async def test_a_plain_one_counts_for_nothing(
        self, browser: httpx.AsyncClient, invited: None
    ) -> None:
        back = await goes(browser)
        planted = browser.cookies[f"{PREFIX}{SIGN_IN}"]
        browser.cookies.clear()
        browser.cookies.set(SIGN_IN, planted, domain="waymark.test")
        assert (await browser.get(back)).status_code == 401

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        secure = {"secure_cookies": True, "site_url": "https://waymark.test"}
        return settings.model_copy(update=secure)

    @pytest.fixture
    async def browser(self, app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="https://waymark.test") as one:
            yield one
