"""`make run` as an operator meets it: ready, told how to sign in once, whole again when a part is
killed, and gone with Ctrl-C."""

import os
import re
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from channels.supervisor import commands
from tests.journeys.running import ROOT, free_ports, hears_ctrl_c, wait_for

pytestmark = pytest.mark.journey


def test_it_serves_tells_the_sign_in_once_and_stops_with_ctrl_c(var: Path) -> None:
    first = _until_ready(var)
    assert len(re.findall(r"first sign-in: \S+@\S+  \S{12,}", first)) == 1
    assert "/console" in first
    assert "/docs" in first
    assert "first sign-in" not in _until_ready(var)


def test_whichever_is_killed_is_back_and_serves(var: Path) -> None:
    with _serving(var) as served:
        for part in commands():
            before = served.process(part)
            os.kill(before, signal.SIGKILL)
            wait_for(lambda: served.process(part) not in (0, before), 10)  # noqa: B023
            wait_for(served.is_ready, 120)
            assert served.answer_to("someone stole my bike in Cambridge") == "assistant"
            assert f"{part} ended by SIGKILL" in served.log.read_text()


@pytest.mark.parametrize(
    ("setting", "value"),
    [("WAYMARK_PORT", "many"), ("WAYMARK_DATABASE_URL", "mysql://x"), ("WAYMARK_LIMITS", "some")],
)
def test_a_broken_setting_ends_it_with_a_line_that_names_it(
    var: Path, setting: str, value: str
) -> None:
    assert setting in _refusal({**_environment(var), setting: value})


def test_a_busy_port_ends_it_with_a_line_that_names_it(var: Path) -> None:
    environment = _environment(var)
    with socket.create_server(("127.0.0.1", int(environment["WAYMARK_PORT"]))):
        assert "WAYMARK_PORT: port" in _refusal(environment)


@dataclass
class Served:
    """A running `make run`: its log, its address, its processes."""

    make: subprocess.Popen[bytes]
    log: Path
    url: str

    def is_ready(self) -> bool:
        """Whether every part answers."""
        try:
            return httpx.get(f"{self.url}/readyz", timeout=5).is_success
        except httpx.HTTPError:
            return False

    def process(self, part: str) -> int:
        """The number of the process of a part, 0 when there is none."""
        (supervisor,) = _children(self.make.pid)
        command = "\0".join(commands()[part])
        for child in _children(supervisor):
            with suppress(OSError):  # it ended meanwhile
                if Path(f"/proc/{child}/cmdline").read_text().rstrip("\0") == command:
                    return child
        return 0

    def answer_to(self, text: str) -> object:
        """Who answers these words in a new conversation: not the last words, which call people."""
        opened = httpx.post(f"{self.url}/api/conversations", timeout=30).json()
        client = httpx.Client(
            base_url=f"{self.url}/api/conversations/{opened['conversation']}",
            headers={"Authorization": f"Bearer {opened['token']}"},
            timeout=30,
        )
        with client:
            said = client.post("/messages", json={"id": str(uuid4()), "text": text}).json()
            asked = {"after": said["sequence"], "wait": 25}
            heard = client.get("/messages", params=asked).json()
        return heard["messages"] and heard["holder"]


def _children(process: int) -> list[int]:
    listed = Path(f"/proc/{process}/task/{process}/children").read_text()
    return [int(child) for child in listed.split()]


@contextmanager
def _serving(var: Path) -> Iterator[Served]:
    """`make run`, ready; stopped with Ctrl-C."""
    environment = _environment(var)
    url = f"http://127.0.0.1:{environment['WAYMARK_PORT']}"
    log = var / "make.log"
    with log.open("wb") as out:
        make = subprocess.Popen(
            ["make", "run"], cwd=ROOT, env=environment, stdout=out, stderr=out,
            start_new_session=True, preexec_fn=hears_ctrl_c,
        )  # fmt: skip
    try:
        wait_for(lambda: "API docs" in log.read_text(), 120)
        yield Served(make, log, url)
    finally:
        os.killpg(make.pid, signal.SIGINT)
        make.wait(30)
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{url}/readyz")


def _until_ready(var: Path) -> str:
    """Start, wait until ready, press Ctrl-C; gives what was printed."""
    with _serving(var) as served:
        assert served.is_ready()
    return served.log.read_text()


def _refusal(environment: dict[str, str]) -> str:
    done = subprocess.run(
        ["make", "run"], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120
    )
    assert done.returncode != 0
    lines = [line for line in done.stderr.splitlines() if not line.startswith("make:")]
    assert len(lines) == 1
    return lines[0]


def _environment(var: Path) -> dict[str, str]:
    url = f"sqlite:///{var}/waymark.db"
    # Started as by hand: what `make test` hands down would make this a "make[1]" with its flags.
    by_hand = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    return {**by_hand, "WAYMARK_VAR": str(var), "WAYMARK_DATABASE_URL": url, **free_ports()}


@pytest.fixture
def var(tmp_path: Path) -> Path:
    (tmp_path / "models").symlink_to(ROOT / "var" / "models")
    return tmp_path
