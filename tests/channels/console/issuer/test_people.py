"""Signing in at the force's own directory: who was invited, and who they are from then on."""

from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import text

from channels.parts import Parts
from channels.settings import Settings
from channels.web.cookies import DESK as COOKIE
from knowledge.audit.model import Wanted, What
from knowledge.coordinators.model import Area, Role
from knowledge.database import metadata
from knowledge.errors import NotAllowed
from knowledge.issuer.model import Claimed
from tests.channels.builders import PASSWORD, a_browser
from tests.oidc_provider import Provider

from .signing_in import KIM, is_refused, signs_in


async def test_who_was_invited_is_let_in_as_invited(
    browser: httpx.AsyncClient, parts: Parts, invited: None
) -> None:
    assert "Sign in with Force account" in (await browser.get("/console/sign-in")).text
    answer = await signs_in(browser)
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
    await signs_in(browser)
    async with a_browser(app) as another:
        assert (await signs_in(another)).status_code == 200


async def test_no_token_of_the_issuer_is_kept_or_handed_on(
    browser: httpx.AsyncClient, parts: Parts, provider: Provider, invited: None
) -> None:
    answer = await _signed_in_and_seen(browser)
    async with parts.knowledge.database.reading() as unit:
        for table in metadata.tables:
            rows = await unit.execute(text(f'SELECT * FROM "{table}"'))  # noqa: S608
            answer += str([*rows])
    assert len(provider.given) == 2
    assert not [token for token in provider.given if token in answer]


async def test_there_is_no_password_to_guess(browser: httpx.AsyncClient, invited: None) -> None:
    await signs_in(browser)
    for password in ("", "!", PASSWORD):
        given = {"email": KIM, "password": password}
        assert (await browser.post("/api/console/sessions", json=given)).status_code == 401


async def test_nobody_else_is_let_in(browser: httpx.AsyncClient) -> None:
    assert await is_refused(browser)


async def test_who_left_the_team_is_not_let_in(
    browser: httpx.AsyncClient, parts: Parts, invited: None
) -> None:
    await signs_in(browser)
    kim = await parts.knowledge.coordinators.by_email(KIM)
    await parts.knowledge.team.deactivate(kim.id)
    assert await is_refused(browser)


async def test_each_try_is_in_the_log(
    browser: httpx.AsyncClient, parts: Parts, provider: Provider, invited: None
) -> None:
    provider.claims = {"nonce": "another"}
    await signs_in(browser)
    provider.claims = {}
    await signs_in(browser)
    rows = await parts.knowledge.audit.rows(Wanted())
    tries = [one.what for one in rows if one.why == "issuer"]
    assert tries == [What.SIGNED_IN, What.SIGN_IN_FAILED]


async def _signed_in_and_seen(browser: httpx.AsyncClient) -> str:
    """Everything that a browser is given on its way in."""
    seen = (
        await signs_in(browser),
        await browser.get("/console"),
        await browser.get("/console/account"),
    )
    return "".join(f"{one.headers} {one.text}" for one in seen) + str(dict(browser.cookies))


class TestSubject:
    """Once somebody has signed in, the issuer's subject says who they are."""

    async def test_a_new_address_there_changes_nobody(
        self, browser: httpx.AsyncClient, parts: Parts, provider: Provider, invited: None
    ) -> None:
        await signs_in(browser)
        provider.person["email"] = "kim.married@force.example"
        assert (await signs_in(browser)).status_code == 200
        kim = await parts.knowledge.coordinators.by_email(KIM)
        _, devices = await parts.knowledge.coordinators.devices(browser.cookies[COOKIE])
        assert len(devices) == 2
        assert kim.name == "Kim"

    async def test_who_is_given_an_address_later_is_somebody_else(
        self, browser: httpx.AsyncClient, provider: Provider, invited: None
    ) -> None:
        await signs_in(browser)
        provider.person["sub"] = "kim-2"
        assert await is_refused(browser)

    async def test_an_administrator_can_have_them_known_by_address_again(
        self, browser: httpx.AsyncClient, parts: Parts, provider: Provider, invited: None
    ) -> None:
        await signs_in(browser)
        kim = await parts.knowledge.coordinators.by_email(KIM)
        await parts.knowledge.team.deactivate(kim.id)
        provider.person["sub"] = "kim-2"
        assert await is_refused(browser)
        await parts.knowledge.team.reactivate(kim.id)
        assert (await signs_in(browser)).status_code == 200
        provider.person["sub"] = "kim-1"
        assert await is_refused(browser)

    async def test_the_same_subject_at_another_issuer_is_somebody_else(
        self, browser: httpx.AsyncClient, parts: Parts, invited: None
    ) -> None:
        await signs_in(browser)
        elsewhere = Claimed("https://elsewhere.example", "kim-1", "eve@force.example", "Eve")
        with pytest.raises(NotAllowed):
            await parts.knowledge.issued.sign_in(elsewhere, "a device")

    async def test_it_is_not_kept_readable(
        self, browser: httpx.AsyncClient, parts: Parts, invited: None
    ) -> None:
        await signs_in(browser)
        async with parts.knowledge.database.reading() as unit:
            kept = str([*await unit.execute(text("SELECT * FROM issuer_subjects"))])
        assert "kim" not in kept
        assert len(kept) > 100


class TestSecondFactor:
    """With a setting that says how the issuer shows a second step."""

    @pytest.mark.parametrize(
        ("claims", "status"),
        [
            ({"amr": ["pwd", "mfa"]}, 200),
            ({"amr": ["pwd"]}, 401),
            ({"amr": []}, 401),
            ({"amr": "mfa-not"}, 401),
            ({"acr": "mfa"}, 401),
            ({}, 401),
        ],
    )
    async def test_who_does_not_show_one_is_not_let_in(
        self,
        browser: httpx.AsyncClient,
        provider: Provider,
        invited: None,
        claims: dict[str, Any],
        status: int,
    ) -> None:
        provider.claims = claims
        assert (await signs_in(browser)).status_code == status

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return settings.model_copy(update={"oidc_second_factor": "amr=mfa"})

    class TestByClass:
        """The same by the class of the sign-in, which is asked for."""

        @pytest.mark.parametrize(("shown", "status"), [("two", 200), ("one", 401), (None, 401)])
        async def test_the_class_must_be_the_one_asked_for(
            self,
            browser: httpx.AsyncClient,
            provider: Provider,
            invited: None,
            shown: str | None,
            status: int,
        ) -> None:
            provider.claims = {"acr": shown}
            assert (await signs_in(browser)).status_code == status
            assert provider.asked[0]["acr_values"] == "two"

        @pytest.fixture
        def settings(self, settings: Settings) -> Settings:
            return settings.model_copy(update={"oidc_second_factor": "acr=two"})


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
        answer = await signs_in(browser)
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
