"""The real channels process on a port, with an assistant that says what a test plans."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from fastapi import FastAPI, Response

from channels.assistant import Answer
from channels.message import Choice, Reply
from channels.settings import Settings
from channels.web.app import create_app
from knowledge.conversations.model import HandOff, Priority
from knowledge.migrating import migrate
from knowledge.sealing.columns import use
from knowledge.sealing.ring import Key, Ring
from tests.cluster.front_door import CHAIN, KEY, a_certificate
from tests.fakes import FakeAssistant
from tests.journeys.running import free_port

SAFE = Reply(
    "I'm sorry this happened. Are you safe right now?",
    (Choice("Yes, I'm safe", "safe_now=yes"), Choice("No", "safe_now=no")),
)
SEVERAL = Reply(
    "How has this affected you?",
    (
        Choice("Money", "needs=finance_benefits", several=True),
        Choice("Home", "needs=shelter_accommodation", several=True),
        Choice("None of these", "needs=none"),
    ),
)
PLACE = Reply(
    "Which town or village was it in?",
    (Choice("Skip this", "skip"),),
    field=Choice("Town or village", "field=place"),
)
SERVICES = Reply(
    "These can help.",
    services=(
        {
            "name": "Beacon Victim Care",
            "why": "They help people in Stevenage.",
            "phone": "0300 011 5555",
            "text": "07700 900123",
            "email": "help@beacon.example",
            "url": "https://beacon.example/",
            "hours": "Open now until 6 pm",
        },
        {
            "name": "Shelter",
            "url": "https://shelter.example/",
            "webchat": "https://shelter.example/",
        },
    ),
)
KEYS = Ring([Key.new("t1")])
DESK = {"email": "sam@waymark.example", "password": "a long enough password"}
PERSON = HandOff(priority=Priority.URGENT, reasons=("asked_for_person",))
PLAN = {
    "burgled": Answer((SAFE,), None),
    "many": Answer((SEVERAL,), None),
    "help": Answer((SERVICES,), None),
    "where": Answer((PLACE,), None),
    "person": Answer((Reply("I have asked a person to join you."),), PERSON),
}


class Site:
    """Where the pages answer, and a harmless site to leave for."""

    def __init__(
        self, port: int, app: FastAPI, assistant: FakeAssistant, scheme: str = "http"
    ) -> None:
        self.app = app
        self.assistant = assistant
        # Another host than ours, so that it is another site for the browser.
        self.url = f"{scheme}://127.0.0.1:{port}"
        self.exit = f"{scheme}://localhost:{port}/weather"

    def at_the_desk(self, conversation: str) -> list[dict[str, Any]]:
        """The thread of a conversation as a co-ordinator sees it."""
        with self._desk() as desk:
            found = desk.get(f"/conversations/{conversation}").raise_for_status().json()
        thread: list[dict[str, Any]] = found["thread"]
        return thread

    def joins(self, conversation: str, *says: str) -> None:
        """A co-ordinator takes the conversation and says this."""
        with self._desk() as desk:
            desk.post(f"/conversations/{conversation}/take").raise_for_status()
            for text in says:
                said = desk.post(f"/conversations/{conversation}/messages", json={"text": text})
                said.raise_for_status()

    @contextmanager
    def _desk(self) -> Iterator[httpx.Client]:
        with httpx.Client(base_url=f"{self.url}/api/console", timeout=30) as desk:
            desk.post("/sessions", json=DESK).raise_for_status()
            yield desk


@contextmanager
def serving(folder: Path, **settings: str) -> Iterator[Site]:
    """The process with an empty database, until the block ends; over TLS for secure cookies."""
    use(KEYS)
    tls = settings.get("secure_cookies") == "true"
    port, scheme = free_port(), "https" if tls else "http"
    url = f"sqlite:///{folder}/waymark.db"
    # Elsewhere, because the browser's own loop may be running in this thread.
    with ThreadPoolExecutor() as elsewhere:
        elsewhere.submit(migrate, url).result()
    assistant = FakeAssistant()
    assistant.plan.update(PLAN)
    own = {
        "assistant_token": "a token of some length",
        "return_key": "a key of some length to come back",
        "database_url": url,
        "limits": "off",
        "port": port,
        "exit_url": f"{scheme}://localhost:{port}/weather",
        "admin_email": DESK["email"],
        "admin_password": DESK["password"],
    }
    app = create_app(Settings(**{**own, **settings}), assistant)  # type: ignore[arg-type]
    app.add_api_route("/weather", _weather)
    app.add_api_route("/before", _before)
    config = uvicorn.Config(app, port=port, log_level="critical", timeout_graceful_shutdown=1)
    if tls:
        a_certificate(folder)
        config.ssl_certfile, config.ssl_keyfile = str(folder / CHAIN), str(folder / KEY)
    with _running(uvicorn.Server(config)):
        yield Site(port, app, assistant, scheme)


def _weather() -> Response:
    return Response("<title>Weather</title><h1>Rain later</h1>", media_type="text/html")


def _before() -> Response:
    return Response("<title>Before</title><h1>Anything</h1>", media_type="text/html")


@contextmanager
def _running(server: uvicorn.Server) -> Iterator[None]:
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 60
    while not server.started:
        assert time.monotonic() < deadline, "the server did not start"
        time.sleep(0.05)
    yield
    server.should_exit = True
    thread.join(20)
