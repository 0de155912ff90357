"""Signing in at the force's own directory: only with its good word, and only who was invited."""

import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from joserfc.jwk import RSAKey

from channels.console.sign_in import COOKIE
from channels.parts import Parts
from channels.settings import Settings
from knowledge.audit.model import Wanted, What
from knowledge.coordinators.model import Area, Role
from tests.channels.builders import PASSWORD, a_browser
from tests.oidc_provider import CLIENT, SECRET, Provider, a_provider

KIM = "kim@force.example"


@pytest.fixture
def provider() -> Iterator[Provider]:
    with a_provider() as running:
        yield running


@pytest.fixture
def settings(settings: Settings, provider: Provider) -> Settings:
    return settings.model_copy(
        update={
            "oidc_issuer": provider.issuer,
            "oidc_client_id": CLIENT,
            "oidc_client_secret": SECRET,
            "oidc_name": "Force account",
            "site_url": "http://waymark.test",
            "second_factor": "required",
        }
    )


@pytest.fixture
async def invited(parts: Parts) -> None:
    await parts.knowledge.team.invite(KIM.upper(), Role.SUPERVISOR, Area.HERTFORDSHIRE)


async def test_who_was_invited_is_let_in_as_invited(
    browser: httpx.AsyncClient, parts: Parts, invited: None
) -> None:
    assert "Sign in with Force account" in (await browser.get("/console/sign-in")).text
    answer = await _signs_in(browser)
    assert answer.status_code == 200
    assert 'content="0; url=/console"' in answer.text
    queue = await browser.get("/console")
    assert queue.status_code == 200  # the second step is the issuer's
    assert "add a second step" not in queue.text
    assert "Set up a code" not in (await browser.get("/console/account")).text
    kim = await parts.knowledge.coordinators.by_email(KIM)
    assert (kim.name, kim.role, kim.area) == ("Kim", Role.SUPERVISOR, Area.HERTFORDSHIRE)
    assert await parts.knowledge.team.invitations() == []


async def test_who_is_on_the_team_is_let_in_again(
    browser: httpx.AsyncClient, app: FastAPI, invited: None
) -> None:
    await _signs_in(browser)
    async with a_browser(app) as another:
        assert (await _signs_in(another)).status_code == 200


async def test_there_is_no_password_to_guess(browser: httpx.AsyncClient, invited: None) -> None:
    await _signs_in(browser)
    for password in ("", "!", PASSWORD):
        given = {"email": KIM, "password": password}
        assert (await browser.post("/api/console/sessions", json=given)).status_code == 401


async def test_nobody_else_is_let_in(browser: httpx.AsyncClient) -> None:
    assert await _is_refused(browser)


async def test_who_left_the_team_is_not_let_in(
    browser: httpx.AsyncClient, parts: Parts, invited: None
) -> None:
    await _signs_in(browser)
    kim = await parts.knowledge.coordinators.by_email(KIM)
    await parts.knowledge.team.deactivate(kim.id)
    assert await _is_refused(browser)


BAD: dict[str, dict[str, Any]] = {
    "another nonce": {"nonce": "somebody else's"},
    "no nonce": {"nonce": None},
    "for another client": {"aud": "another-client"},
    "for several, without saying whom": {"aud": ["another-client"]},
    "no audience": {"aud": None},
    "from another issuer": {"iss": "https://elsewhere.example"},
    "expired": {"exp": int(time.time()) - 3600},
    "never expires": {"exp": None},
    "not yet good": {"nbf": int(time.time()) + 3600},
    "address not verified": {"email_verified": False},
    "address perhaps verified": {"email_verified": "true"},
    "nothing said of the address": {"email_verified": None},
    "no address": {"email": None},
    "wrong hash of the access token": {"at_hash": "bm90IGl0"},
}


@pytest.mark.parametrize("claims", BAD.values(), ids=BAD)
async def test_a_bad_word_lets_nobody_in(
    browser: httpx.AsyncClient, provider: Provider, invited: None, claims: dict[str, Any]
) -> None:
    provider.claims = claims
    assert await _is_refused(browser)


async def test_another_key_lets_nobody_in(
    browser: httpx.AsyncClient, provider: Provider, invited: None
) -> None:
    provider.signed_by = RSAKey.generate_key(2048, {"kid": "one"})
    assert await _is_refused(browser)


async def test_without_a_signature_nobody_is_let_in(
    browser: httpx.AsyncClient, provider: Provider, invited: None
) -> None:
    provider.unsigned = True
    provider.metadata = {"id_token_signing_alg_values_supported": ["none", "RS256"]}
    assert await _is_refused(browser)


async def test_new_keys_of_the_issuer_are_found(
    browser: httpx.AsyncClient, app: FastAPI, provider: Provider, invited: None
) -> None:
    await _signs_in(browser)
    provider.key = RSAKey.generate_key(2048, {"kid": "one"})
    async with a_browser(app) as another:
        assert (await _signs_in(another)).status_code == 200


async def test_the_way_back_is_good_once(
    browser: httpx.AsyncClient, app: FastAPI, invited: None
) -> None:
    back = await _goes(browser)
    kept = dict(browser.cookies)
    assert (await browser.get(back)).status_code == 200
    async with a_browser(app) as again:
        again.cookies.update(kept)
        assert (await again.get(back)).status_code == 401
        assert COOKIE not in again.cookies


async def test_the_way_back_is_good_in_its_own_browser_alone(
    browser: httpx.AsyncClient, app: FastAPI, invited: None
) -> None:
    back = await _goes(browser)
    async with a_browser(app) as stranger:
        assert (await stranger.get(back)).status_code == 401
    assert (await browser.get(back)).status_code == 200  # nobody used it up for them


@pytest.mark.parametrize("query", ["", "?state=x&code=y", "?error=access_denied", "?code=y"])
async def test_out_of_nowhere_nobody_is_let_in(browser: httpx.AsyncClient, query: str) -> None:
    assert (await browser.get(f"/console/oidc/callback{query}")).status_code == 401


async def test_another_issuers_answer_is_refused(
    browser: httpx.AsyncClient, provider: Provider, invited: None
) -> None:
    back = (await _goes(browser)).replace("iss=", "iss=https%3A%2F%2Felsewhere.example&was=")
    assert (await browser.get(back)).status_code == 401


async def test_a_changed_code_is_refused(browser: httpx.AsyncClient, invited: None) -> None:
    back = (await _goes(browser)).replace("code=", "code=x")
    assert (await browser.get(back)).status_code == 401


async def test_an_issuer_that_calls_itself_otherwise_is_not_asked(
    browser: httpx.AsyncClient, provider: Provider
) -> None:
    provider.metadata = {"issuer": "https://elsewhere.example"}
    answer = await browser.get("/console/oidc/start")
    assert (answer.status_code, provider.asked) == (503, [])


async def test_each_try_is_in_the_log(
    browser: httpx.AsyncClient, parts: Parts, provider: Provider, invited: None
) -> None:
    provider.claims = {"nonce": "another"}
    await _signs_in(browser)
    provider.claims = {}
    await _signs_in(browser)
    rows = await parts.knowledge.audit.rows(Wanted())
    tries = [one.what for one in rows if one.why == "issuer"]
    assert tries == [What.SIGNED_IN, What.SIGN_IN_FAILED]


class TestGroups:
    """With a setting that maps groups to roles."""

    @pytest.mark.parametrize(
        ("groups", "role"),
        [
            (["cleaners", "victim-care"], Role.COORDINATOR),
            (["victim-care", "leads"], Role.SUPERVISOR),
            ("victim-care", Role.COORDINATOR),
            (["cleaners"], None),
            (None, None),
            ({"victim-care": True}, None),
        ],
    )
    async def test_a_group_brings_its_role(
        self,
        browser: httpx.AsyncClient,
        parts: Parts,
        provider: Provider,
        groups: Any,
        role: Role | None,
    ) -> None:
        provider.claims = {"groups": groups}
        answer = await _signs_in(browser)
        assert answer.status_code == (200 if role else 401)
        if role:
            assert (await parts.knowledge.coordinators.by_email(KIM)).role is role

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        mapping = "leads=supervisor,victim-care=coordinator"
        return settings.model_copy(update={"oidc_roles": mapping})


class TestWithout:
    """Without an issuer in the settings."""

    async def test_there_is_no_such_door(self, browser: httpx.AsyncClient) -> None:
        assert "Or with a password" not in (await browser.get("/console/sign-in")).text
        for path in ("start", "callback"):
            assert (await browser.get(f"/console/oidc/{path}")).status_code == 404

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return settings.model_copy(update={"oidc_issuer": None})


async def _goes(browser: httpx.AsyncClient) -> str:
    """To the issuer and to where it sends the browser back."""
    out = await browser.get("/console/oidc/start")
    async with httpx.AsyncClient() as outside:
        return str((await outside.get(out.headers["location"])).headers["location"])


async def _signs_in(browser: httpx.AsyncClient) -> httpx.Response:
    return await browser.get(await _goes(browser))


async def _is_refused(browser: httpx.AsyncClient) -> bool:
    browser.cookies.clear()
    answer = await _signs_in(browser)
    return answer.status_code == 401 and COOKIE not in browser.cookies
