"""A desk that knows an issuer, which runs beside it."""

from collections.abc import Iterator

import pytest

from channels.parts import Parts
from channels.settings import Settings
from knowledge.coordinators.model import Area, Role
from tests.oidc_provider import CLIENT, SECRET, Provider, a_provider

from .signing_in import KIM


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
