"""Only the good word of the issuer lets somebody in."""

import time
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from joserfc.jwk import RSAKey

from tests.channels.builders import a_browser
from tests.oidc_provider import CLIENT, SECRET, Provider

from .signing_in import is_refused, signs_in

BAD: dict[str, dict[str, Any]] = {
    "another nonce": {"nonce": "somebody else's"},
    "no nonce": {"nonce": None},
    "for another client": {"aud": "another-client"},
    "for several, without saying whom": {"aud": ["another-client"]},
    "for others too": {"aud": [CLIENT, "another-client"]},
    "for others too, with us named": {"aud": [CLIENT, "another-client"], "azp": CLIENT},
    "asked for by another client": {"azp": "another-client"},
    "no audience": {"aud": None},
    "from another issuer": {"iss": "https://elsewhere.example"},
    "from nobody": {"iss": None},
    "expired": {"exp": int(time.time()) - 3600},
    "never expires": {"exp": None},
    "not yet good": {"nbf": int(time.time()) + 3600},
    "made in the future": {"iat": int(time.time()) + 3600},
    "made at no time": {"iat": None},
    "of nobody": {"sub": None},
    "of an empty one": {"sub": ""},
    "of what is no name": {"sub": 7},
    "of a name without end": {"sub": "x" * 256},
    "address not verified": {"email_verified": False},
    "address perhaps verified": {"email_verified": "true"},
    "nothing said of the address": {"email_verified": None},
    "no address": {"email": None},
    "no plain address": {"email": "kim@force.example\r\nBcc: else@where.example"},
    "wrong hash of the access token": {"at_hash": "bm90IGl0"},
}


@pytest.mark.parametrize("claims", BAD.values(), ids=BAD)
async def test_a_bad_word_lets_nobody_in(
    browser: httpx.AsyncClient, provider: Provider, invited: None, claims: dict[str, Any]
) -> None:
    provider.claims = claims
    assert await is_refused(browser)


async def test_another_key_lets_nobody_in(
    browser: httpx.AsyncClient, provider: Provider, invited: None
) -> None:
    provider.signed_by = RSAKey.generate_key(2048, {"kid": "one"})
    assert await is_refused(browser)


async def test_without_a_signature_nobody_is_let_in(
    browser: httpx.AsyncClient, provider: Provider, invited: None
) -> None:
    provider.unsigned = True
    provider.metadata = {"id_token_signing_alg_values_supported": ["none", "RS256"]}
    assert await is_refused(browser)


@pytest.mark.parametrize("secret", [SECRET.encode(), b"a secret of nobody's, and long enough"])
async def test_a_shared_secret_signs_nothing(
    browser: httpx.AsyncClient, provider: Provider, invited: None, secret: bytes
) -> None:
    provider.signed_by = secret
    assert await is_refused(browser)


async def test_neither_does_the_public_key_as_one(
    browser: httpx.AsyncClient, provider: Provider, invited: None
) -> None:
    provider.signed_by = provider.key.as_pem(private=False)
    assert await is_refused(browser)


async def test_new_keys_of_the_issuer_are_found(
    browser: httpx.AsyncClient, app: FastAPI, provider: Provider, invited: None
) -> None:
    await signs_in(browser)
    provider.key = RSAKey.generate_key(2048, {"kid": "one"})
    async with a_browser(app) as another:
        assert (await signs_in(another)).status_code == 200
