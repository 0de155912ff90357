"""Several of each process behind nginx, on PostgreSQL and Redis, all started from this machine."""

import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import httpx

from tests.cluster.front_door import PORTS, nginx_command, nginx_conf
from tests.journeys.running import EMAIL, PASSWORD, ROOT, free_port, wait_for
from tests.knowledge.postgres import a_server

PYTHON, RASA = str(ROOT / ".venv/bin/python"), str(ROOT / ".venv-assistant/bin/python")
COMMANDS = {
    "channels": [PYTHON, "-m", "channels"],
    "actions": [PYTHON, "-m", "actions"],
    "assistant": [RASA, "-m", "bot"],
    "stand_in": [PYTHON, "-m", "tests.cluster.stand_in"],
}
STARTS_WITHIN = 400.0  # seconds; on a busy machine a process takes minutes


@dataclass
class Cluster:
    """A running cluster: its address, its processes and what they wrote."""

    folder: Path
    environment: dict[str, str]
    assistant: str
    ports: dict[str, int]
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """Where nginx answers: without TLS, which test_front_door.py looks at."""
        return f"http://127.0.0.1:{self.ports['tls']}"

    @property
    def parts(self) -> list[str]:
        """Every process of Waymark."""
        return [name for name in self.ports if name[-1].isdigit()]

    def start(self, name: str) -> None:
        """Start one process."""
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                self._command(name), cwd=ROOT, env=self._environment(name), stdout=log, stderr=log
            )

    def kill(self, name: str) -> None:
        """End a process at once, as a crash would."""
        self.processes[name].kill()
        self.processes[name].wait()

    def stop(self) -> None:
        """End all; the web server last."""
        for process in self.processes.values():
            process.send_signal(signal.SIGTERM)
        for process in self.processes.values():
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()

    def is_ready(self, port: int) -> bool:
        """Whether a channels process says that every part answers."""
        try:
            return httpx.get(f"http://127.0.0.1:{port}/readyz", timeout=5).is_success
        except httpx.HTTPError:
            return False

    def wait_until_ready(self) -> None:
        """Return once every channels process does."""
        for name in ("channels0", "channels1", "channels2"):
            wait_for(partial(self.is_ready, self.ports[name]), STARTS_WITHIN, said=self.logs)

    def logs(self) -> str:
        """All that the processes wrote."""
        return "\n".join(path.read_text("utf-8", "replace") for path in self.folder.glob("*.log"))

    def _command(self, name: str) -> list[str]:
        if name == "nginx":
            return nginx_command(self.folder)
        if name == "redis":
            port = self.environment["WAYMARK_REDIS_URL"].rpartition(":")[2]
            return ["redis-server", "--port", port, "--save", "", "--dir", str(self.folder)]
        kind = name[:-1]
        return COMMANDS[self.assistant if kind == "assistant" else kind]

    def _environment(self, name: str) -> dict[str, str]:
        own = {
            "WAYMARK_PORT": self.ports.get(name, 0),
            "WAYMARK_ASSISTANT_PORT": self.ports["assistants"],
            "WAYMARK_ACTIONS_PORT": self.ports["actions"],
        }
        if name.startswith("assistant"):
            own["WAYMARK_ASSISTANT_PORT"] = self.ports[name]
        if name.startswith("actions"):
            own["WAYMARK_ACTIONS_PORT"] = self.ports[name]
        return {**self.environment, **{key: str(port) for key, port in own.items()}}


@contextmanager
def a_cluster(assistant: str = "stand_in", **settings: str) -> Iterator[Cluster]:
    """Three channels, two actions, two assistants behind nginx. Raises NotHere."""
    with tempfile.TemporaryDirectory(prefix="waymark-") as name, a_server() as database:
        folder, ports = Path(name), {one: free_port() for one in PORTS}
        environment = {**_environment(folder, database), **settings}
        cluster = Cluster(folder, environment, assistant, ports)
        (folder / "nginx.conf").write_text(nginx_conf(folder, ports, tls=False))
        (folder / "models").symlink_to(ROOT / "var" / "models")
        subprocess.run(
            [PYTHON, "-m", "channels", "prepare"],
            cwd=ROOT,
            env={**environment, "WAYMARK_PORT": str(free_port())},
            check=True,
        )
        try:
            for part in ("redis", "nginx", *cluster.parts):
                cluster.start(part)
            cluster.wait_until_ready()
            yield cluster
        finally:
            cluster.stop()


def _environment(folder: Path, database: str) -> dict[str, str]:
    own = {
        "WAYMARK_VAR": str(folder),
        "WAYMARK_ASSISTANT_TOKEN": "a-token-for-tests-that-nobody-guesses",
        "WAYMARK_RETURN_KEY": "a-key-for-tests-that-nobody-guesses",
        "WAYMARK_LINK_SECRET": "a-secret-for-tests-that-nobody-guesses",
        "WAYMARK_DATABASE_URL": database,
        "WAYMARK_REDIS_URL": f"redis://127.0.0.1:{free_port()}",
        "WAYMARK_ADMIN_EMAIL": EMAIL,
        "WAYMARK_ADMIN_PASSWORD": PASSWORD,
        "WAYMARK_CLOCK": "2026-11-24T10:40",
        "WAYMARK_LIMITS": "off",
        "WAYMARK_ENGINES": "1",  # nginx stands before them
    }
    return {**os.environ, **own}


def down_for(cluster: Cluster, name: str, seconds: float) -> None:
    """Kill a process and start it again after a while, as the supervisor of a server does."""
    cluster.kill(name)
    time.sleep(seconds)
    cluster.start(name)
