"""An OpenID Connect issuer: where it is, and whether what it says of somebody is good.

After OpenID Connect Core 1.0 (3.1, the code flow), Discovery 1.0, RFC 7636 (PKCE, S256) and
RFC 9207 (the issuer in the answer).
"""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

import httpx
from authlib.common.errors import AuthlibBaseError
from authlib.deprecate import AuthlibDeprecationWarning
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from channels.mail import is_address
from channels.settings import Settings, roles_of
from knowledge.coordinators.model import Role
from knowledge.issuer.model import Claimed, Flow

with warnings.catch_warnings():  # it says that httpx will be followed by another library
    warnings.simplefilter("ignore", AuthlibDeprecationWarning)
    from authlib.integrations.httpx_client import AsyncOAuth2Client

# Signatures with a key pair alone: what is signed with a shared secret, or not at all, is refused.
ALGORITHMS = ("RS256", "PS256", "ES256", "ES384", "RS384", "RS512", "EdDSA")
FRESH_FOR = 600.0  # seconds that discovery and keys are kept
PATIENCE = 10.0
LEEWAY = 60  # seconds by which clocks may differ
LONGEST_NAME, LONGEST_SUBJECT = 100, 255


class IssuerRefused(Exception):
    """The issuer's answer is not good, or it says that somebody is not to be let in."""


class IssuerAway(Exception):
    """The issuer can't be reached, or is not what the settings say."""


class Issuer:
    """One issuer, as the settings name it."""

    def __init__(
        self,
        issuer: str,
        client: tuple[str, str],
        back_to: str,
        roles: Mapping[str, Role],
        roles_claim: str,
        second_factor: str | None,
    ) -> None:
        self._issuer = issuer
        self._client = client
        self._back_to = back_to
        self._roles = roles
        self._claim = roles_claim
        self._proof = second_factor  # amr=… or acr=…; None where the issuer is taken to see to it
        self._known: tuple[float, dict[str, Any], KeySet] | None = None

    @classmethod
    def of(cls, settings: Settings) -> Issuer | None:
        """The issuer of the settings, None when they name none."""
        if not (settings.oidc_issuer and settings.oidc_client_id):
            return None
        return cls(
            settings.oidc_issuer,
            (settings.oidc_client_id, settings.oidc_client_secret or ""),
            f"{settings.desk_site}/console/oidc/callback",
            roles_of(settings.oidc_roles),
            settings.oidc_roles_claim,
            settings.oidc_second_factor,
        )

    async def address(self, flow: Flow) -> str:
        """Where a browser goes to sign in. Raises IssuerAway."""
        about, _ = await self._about()
        name, _, value = (self._proof or "").partition("=")
        wished = {"acr_values": value} if name == "acr" else {}
        async with self._session() as session:
            url, _ = session.create_authorization_url(
                about["authorization_endpoint"],
                state=flow.state,
                nonce=flow.nonce,
                code_verifier=flow.verifier,
                **wished,
            )
        return str(url)

    async def claimed(self, code: str, flow: Flow, iss: str | None) -> Claimed:
        """Who came back with this code. Raises IssuerRefused, IssuerAway."""
        about, _ = await self._about()
        promised = about.get("authorization_response_iss_parameter_supported") is True
        if iss != self._issuer and (iss is not None or promised):
            raise IssuerRefused("another issuer answered")
        token = await self._token(code, flow)
        claims = await self._checked(token, flow)
        email, subject = str(claims.get("email")), claims["sub"]
        if claims.get("email_verified") is not True or not is_address(email):
            raise IssuerRefused("the address is not verified")
        if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT:
            raise IssuerRefused("nobody is named")
        if not self._was_strong(claims):
            raise IssuerRefused("no second step")
        name = str(claims.get("given_name") or claims.get("name") or email.partition("@")[0])
        role = self._role(claims.get(self._claim))
        return Claimed(self._issuer, subject, email, name[:LONGEST_NAME], role)

    async def _token(self, code: str, flow: Flow) -> Mapping[str, Any]:
        about, _ = await self._about()
        try:
            async with self._session() as session:
                return await session.fetch_token(  # type: ignore[no-any-return]
                    about["token_endpoint"], code=code, code_verifier=flow.verifier
                )
        except AuthlibBaseError as error:
            raise IssuerRefused("the code is not good") from error
        except (httpx.HTTPError, ValueError) as error:
            raise IssuerAway(type(error).__name__) from error

    async def _checked(self, token: Mapping[str, Any], flow: Flow) -> Mapping[str, Any]:
        try:
            claims = await self._decoded(str(token["id_token"]))
            options = {
                "iss": {"essential": True, "value": self._issuer},
                "aud": {"essential": True, "value": self._client[0]},
            }
            params = {
                "nonce": flow.nonce,
                "client_id": self._client[0],
                "access_token": token.get("access_token"),
            }
            found = CodeIDToken(claims.claims, claims.header, options, params)
            found.validate(leeway=LEEWAY)
        except (AuthlibBaseError, JoseError, KeyError, ValueError, TypeError) as error:
            raise IssuerRefused(type(error).__name__) from error
        if found.get("nonce") != flow.nonce:
            raise IssuerRefused("another nonce")
        if found["aud"] not in (self._client[0], [self._client[0]]):
            raise IssuerRefused("it is for others too")
        return dict(found)

    async def _decoded(self, id_token: str) -> jwt.Token:
        registry = JWSRegistry(algorithms=list(ALGORITHMS), strict_check_header=False)
        _, keys = await self._about()
        try:
            return jwt.decode(id_token, keys, registry=registry)
        except (JoseError, ValueError):  # the issuer may have new keys
            _, keys = await self._about(again=True)
            return jwt.decode(id_token, keys, registry=registry)

    async def _about(
        self, *, again: bool = False, now: Callable[[], float] = time.monotonic
    ) -> tuple[dict[str, Any], KeySet]:
        """The issuer's own description, and its keys."""
        if self._known and not again and now() - self._known[0] < FRESH_FOR:
            return self._known[1], self._known[2]
        try:
            async with httpx.AsyncClient(timeout=PATIENCE) as client:
                where = self._issuer.rstrip("/") + "/.well-known/openid-configuration"
                about = (await client.get(where)).raise_for_status().json()
                self._check(about)
                keys = (await client.get(about["jwks_uri"])).raise_for_status().json()
            found = KeySet.import_key_set(keys)
        except (httpx.HTTPError, JoseError, ValueError, KeyError, TypeError) as error:
            raise IssuerAway(type(error).__name__) from error
        self._known = now(), about, found
        return about, found

    def _check(self, about: Mapping[str, Any]) -> None:
        if about["issuer"] != self._issuer:
            raise ValueError("it calls itself otherwise")
        for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
            if urlsplit(about[name]).scheme not in ("https", urlsplit(self._issuer).scheme):
                raise ValueError("not over https")

    def _session(self) -> AsyncOAuth2Client:
        id_, secret = self._client
        return AsyncOAuth2Client(
            id_,
            secret,
            scope="openid email profile",
            redirect_uri=self._back_to,
            code_challenge_method="S256",
            token_endpoint_auth_method="client_secret_basic" if secret else "none",
            timeout=PATIENCE,
        )

    def _was_strong(self, claims: Mapping[str, Any]) -> bool:
        """Whether they took a second step there (RFC 8176; Core, 2), if that is to be shown."""
        if self._proof is None:
            return True
        name, _, value = self._proof.partition("=")
        shown = claims.get(name)
        return value in shown if isinstance(shown, list) else value == shown

    def _role(self, groups: Any) -> Role | None:
        """The role of the first group of the settings that somebody has."""
        named = [groups] if isinstance(groups, str) else groups if isinstance(groups, list) else []
        return next((role for group, role in self._roles.items() if group in named), None)
