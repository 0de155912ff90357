"""What is not for strangers, and what is left lying about nowhere."""

import httpx
import pytest
from fastapi import FastAPI

from channels.settings import Settings

TOKEN = "a token of the watcher, long enough"
NOT_FROM_HERE = [
    {"X-Forwarded-For": "127.0.0.1"},
    {"X-Forwarded-For": "203.0.113.7"},
    {"Forwarded": "for=127.0.0.1"},
    {"X-Real-IP": "127.0.0.1"},
    {"Via": "1.1 somewhere"},
]


def _from(app: FastAPI, address: str) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app, client=(address, 1234))
    return httpx.AsyncClient(transport=transport, base_url="http://waymark.test")


@pytest.mark.parametrize("path", ["/metrics", "/docs"])
@pytest.mark.parametrize("address", ["127.0.0.1", "127.9.9.9", "::1"])
async def test_this_machine_may_look(app: FastAPI, path: str, address: str) -> None:
    async with _from(app, address) as client:
        assert (await client.get(path)).status_code == 200


@pytest.mark.parametrize("path", ["/metrics", "/docs"])
@pytest.mark.parametrize("address", ["203.0.113.7", "10.0.0.1", "testclient", ""])
async def test_to_a_stranger_it_is_not_there(app: FastAPI, path: str, address: str) -> None:
    async with _from(app, address) as client:
        answer = await client.get(path)
        missing = await client.get("/nothing-here")
    assert answer.status_code == 404
    assert answer.json() == missing.json()


@pytest.mark.parametrize("path", ["/metrics", "/docs"])
@pytest.mark.parametrize("headers", NOT_FROM_HERE)
async def test_who_comes_by_a_proxy_is_not_of_this_machine(
    app: FastAPI, path: str, headers: dict[str, str]
) -> None:
    async with _from(app, "127.0.0.1") as client:
        assert (await client.get(path, headers=headers)).status_code == 404


async def test_without_a_token_in_the_settings_none_fits(app: FastAPI) -> None:
    async with _from(app, "203.0.113.7") as client:
        for given in ("", "Bearer ", "Bearer None", f"Bearer {TOKEN}"):
            answer = await client.get("/metrics", headers={"Authorization": given})
            assert answer.status_code == 404


async def test_the_description_for_programs_is_public(app: FastAPI) -> None:
    async with _from(app, "203.0.113.7") as client:
        assert (await client.get("/openapi.json")).status_code == 200


class TestOpened:
    """With WAYMARK_METRICS_TOKEN and WAYMARK_API_DOCS=on."""

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return settings.model_copy(update={"metrics_token": TOKEN, "api_docs": "on"})

    async def test_who_has_the_token_reads_the_figures(self, app: FastAPI) -> None:
        async with _from(app, "203.0.113.7") as client:
            fits = {"Authorization": f"Bearer {TOKEN}"}
            assert "process_" in (await client.get("/metrics", headers=fits)).text
            for given in (TOKEN, f"Bearer {TOKEN}x", f"Basic {TOKEN}", "Bearer \xe9"):
                headers = [(b"authorization", given.encode("latin-1"))]
                assert (await client.get("/metrics", headers=headers)).status_code == 404

    async def test_everybody_reads_the_page_of_the_api(self, app: FastAPI) -> None:
        async with _from(app, "203.0.113.7") as client:
            assert (await client.get("/docs")).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/.git/config",
        "/.git/HEAD",
        "/.env",
        "/var/keys",
        "/var/secrets.env",
        "/var/waymark.db",
        "/pyproject.toml",
        "/static/",
        "/static/chat/",
        "/static/desk/",
        "/static/chat/../../settings.py",
        "/static/chat/%2e%2e/%2e%2e/settings.py",
        "/static/desk/..%2f..%2fsettings.py",
        "/redoc",
        "/debug",
    ],
)
async def test_nothing_lies_about(app: FastAPI, path: str) -> None:
    async with _from(app, "203.0.113.7") as client:
        answer = await client.get(path)
    assert answer.status_code == 404
    assert "BaseSettings" not in answer.text


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "TRACK"])
async def test_nothing_is_sent_back_as_it_came(app: FastAPI, method: str) -> None:
    async with _from(app, "203.0.113.7") as client:
        answer = await client.request(method, "/", headers={"X-Secret": "zebulon"})
    assert answer.status_code == 405
    assert "zebulon" not in answer.text


async def test_no_mode_for_finding_faults_is_on(app: FastAPI) -> None:
    assert app.debug is False
