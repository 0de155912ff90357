"""`make run` as an operator meets it: ready, told how to sign in once, and gone with Ctrl-C."""

import os
import re
import signal
import socket
import subprocess
from pathlib import Path

import httpx
import pytest

from tests.journeys.running import ROOT, free_ports, wait_for

pytestmark = pytest.mark.journey


def test_it_serves_tells_the_sign_in_once_and_stops_with_ctrl_c(var: Path) -> None:
    first = _until_ready(var)
    assert len(re.findall(r"first sign-in: \S+@\S+  \S{12,}", first)) == 1
    assert "/console" in first
    assert "/docs" in first
    assert "first sign-in" not in _until_ready(var)


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


def _until_ready(var: Path) -> str:
    """Start, wait until ready, press Ctrl-C; gives what was printed."""
    environment = _environment(var)
    log = var / "make.log"
    with log.open("wb") as out:
        make = subprocess.Popen(
            ["make", "run"], cwd=ROOT, env=environment, stdout=out, stderr=out,
            start_new_session=True,
        )  # fmt: skip
    try:
        wait_for(lambda: "API docs" in log.read_text(), 120)
        url = f"http://127.0.0.1:{environment['WAYMARK_PORT']}"
        assert httpx.get(f"{url}/readyz").status_code == httpx.codes.OK
    finally:
        os.killpg(make.pid, signal.SIGINT)
        make.wait(30)
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{url}/readyz")
    return log.read_text()


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
