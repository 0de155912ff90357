"""The whole of /openapi.json, with and without sign-in: no 5xx, no leak, nothing over a second."""

import threading
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import schemathesis
import uvicorn
from hypothesis import HealthCheck, Phase, given, seed
from hypothesis import settings as hypothesis_settings

from channels.settings import Settings
from channels.web.app import create_app
from tests.fakes import FakeAssistant
from tests.journeys.running import free_port, wait_for

from .hostile import IS_ALONE, LONGEST_WAIT, TRACES

EXAMPLES = 100 if IS_ALONE else 15  # for each operation; the long way is `make hostile`
WAIT = 30.0
few = hypothesis_settings(
    max_examples=EXAMPLES,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def address(settings: Settings) -> Iterator[str]:
    """A running server, in a thread."""
    port = free_port()
    app = create_app(settings.model_copy(update={"port": port}), FakeAssistant())
    config = uvicorn.Config(app, port=port, log_config=None, access_log=False)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    wait_for(lambda: server.started, WAIT)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(WAIT)


@pytest.mark.filterwarnings("ignore")  # schemathesis's own, about data that it can't make
@pytest.mark.parametrize("signed_in", [False, True], ids=["a stranger", "signed in"])
def test_every_operation_keeps_its_countenance(address: str, signed_in: bool) -> None:
    headers = _sign_in(address) if signed_in else {}
    schema = schemathesis.openapi.from_url(f"{address}/openapi.json")
    asked = 0
    found: Any
    for found in schema.get_all_operations():
        operation = found.ok()
        if not operation.path.endswith("/events"):  # they never end
            _try(operation, address, headers)
            asked += 1
    assert asked > 20


def _try(operation: Any, address: str, headers: dict[str, str]) -> None:
    @seed(1)
    @few
    @given(operation.as_strategy())
    def send(case: Any) -> None:
        if "wait" in (case.query or {}):
            case.query["wait"] = 0
        begun = time.perf_counter()
        answer = case.call(base_url=address, headers=headers)
        assert answer.status_code < 500, (operation.label, answer.status_code)
        assert not any(trace in answer.text for trace in TRACES), operation.label
        assert time.perf_counter() - begun < LONGEST_WAIT, operation.label
        if not headers and operation.path.startswith("/api/console"):
            assert answer.status_code in (401, 404, 405, 413, 415, 422, 429), operation.label

    send()


def _sign_in(address: str) -> dict[str, str]:
    given_ = {"email": "sam@waymark.example", "password": "a long enough password"}
    token = httpx.post(f"{address}/api/console/sessions", json=given_).json()["token"]
    return {"Authorization": f"Bearer {token}"}
