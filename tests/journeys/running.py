"""The real processes, started as a user starts them, on ports and in a folder of their own."""

import asyncio
import os
import random
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Coroutine, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from contextvars import copy_context
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from channels.settings import ENGINES
from channels.supervisor import commands

ROOT = Path(__file__).parents[2]
EMAIL = "robin@desk.example"
PASSWORD = "a long pass phrase for tests"
STARTS_WITHIN = 240.0  # seconds; Rasa's import takes most of it
PORTS = range(12_000, 32_000)
_CHANCE = random.SystemRandom()


@dataclass
class Waymark:
    """A running system: its address, its processes and what they wrote."""

    var: Path
    environment: dict[str, str]
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    commands: dict[str, list[str]] = field(default_factory=commands)

    @property
    def url(self) -> str:
        """Where the channels answer."""
        return f"http://127.0.0.1:{self.environment['WAYMARK_PORT']}"

    def start(self, *names: str) -> None:
        """Start these processes, or all of them."""
        for name in names or self.commands:
            with (self.var / f"{name}.log").open("ab") as log:
                self.processes[name] = subprocess.Popen(
                    self.commands[name], cwd=ROOT, env=self.environment, stdout=log, stderr=log
                )

    def kill(self, name: str) -> None:
        """End a process at once, as a crash would."""
        self.processes[name].kill()
        self.processes[name].wait()

    def stop(self) -> None:
        """End all processes as Ctrl-C would."""
        for process in self.processes.values():
            process.send_signal(signal.SIGTERM)
        for process in self.processes.values():
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()

    def wait_until_ready(self) -> None:
        """Return once every part answers."""
        wait_for(self.is_ready, STARTS_WITHIN)

    def is_ready(self) -> bool:
        """Whether every part answers."""
        return self._get("/readyz") == httpx.codes.OK

    def logs(self) -> str:
        """All that the processes wrote."""
        return "\n".join(path.read_text("utf-8", "replace") for path in self.var.glob("*.log"))

    def _get(self, path: str) -> int:
        try:
            # Without TLS: to read its certificates takes longer than the call.
            return httpx.get(self.url + path, timeout=5, verify=False).status_code  # noqa: S501
        except httpx.HTTPError:
            return 0


@contextmanager
def running(parts: Mapping[str, list[str]] | None = None, /, **settings: str) -> Iterator[Waymark]:
    """A system with these settings on top of the tests' own, stopped at the end.

    ``parts`` says how they are started, where not as in life.
    """
    with tempfile.TemporaryDirectory(prefix="waymark-") as folder:
        waymark = Waymark(Path(folder), _environment(Path(folder), settings))
        waymark.commands.update(parts or {})
        (waymark.var / "models").symlink_to(ROOT / "var" / "models")
        subprocess.run(
            [".venv/bin/python", "-m", "channels", "prepare"],
            cwd=ROOT,
            env=waymark.environment,
            check=True,
        )
        waymark.start()
        try:
            waymark.wait_until_ready()
            yield waymark
        finally:
            waymark.stop()


def wait_for(
    true: Callable[[], bool],
    seconds: float = 10.0,
    every: float = 0.1,
    said: Callable[[], object] = lambda: "it did not happen in time",
) -> None:
    """Return once ``true()`` is; raises AssertionError after this time, with what is ``said``."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, said()
        time.sleep(every)


def hears_ctrl_c() -> None:
    """For a process that starts: as by hand. Who runs behind a shell was told to ignore it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def awaited[Given](deed: Coroutine[Any, Any, Given]) -> Given:
    """What it gives, on a thread of its own: a browser of the same session runs a loop on ours."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(copy_context().run, asyncio.run, deed).result()


def free_port(after: int = 0) -> int:
    """A port that nobody uses now, nor so many ``after`` it.

    It lies below those that Linux gives to outgoing connections: a process takes seconds to
    start, and until then one of those could take its port.
    """
    while True:
        port = _CHANCE.choice(PORTS)
        with ExitStack() as probes, suppress(OSError):
            for number in range(port, port + 1 + after):
                probe = probes.enter_context(socket.socket())
                probe.bind(("127.0.0.1", number))
            return port


def free_ports() -> dict[str, str]:
    """Settings with ports that nobody uses now, also those of further engines."""
    first = free_port(after=1 + ENGINES)
    names = ("WAYMARK_PORT", "WAYMARK_ACTIONS_PORT", "WAYMARK_ASSISTANT_PORT")
    return {name: str(first + at) for at, name in enumerate(names)}


def _environment(var: Path, settings: dict[str, str]) -> dict[str, str]:
    own = {
        **free_ports(),
        "WAYMARK_VAR": str(var),
        "WAYMARK_ASSISTANT_TOKEN": "a-token-for-tests-that-nobody-guesses",
        "WAYMARK_RETURN_KEY": "a-key-for-tests-that-nobody-guesses",
        "WAYMARK_DATABASE_URL": f"sqlite:///{var}/waymark.db",
        "WAYMARK_ADMIN_EMAIL": EMAIL,
        "WAYMARK_ADMIN_PASSWORD": PASSWORD,
        "WAYMARK_CLOCK": "2026-11-24T10:40",
        "WAYMARK_LIMITS": "off",
    }
    return {**os.environ, **own, **settings}
