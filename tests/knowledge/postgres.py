"""A PostgreSQL server of our own: in a temporary folder, on a unix socket, gone afterwards."""

import asyncio
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import asyncpg  # type: ignore[import-untyped]

from knowledge.migrations.all_tables import metadata

INSTALLED = Path("/usr/lib/postgresql")
GONE_WITHIN = 30.0  # seconds, after a crash
TABLES = ", ".join(metadata.tables)


class NotHere(Exception):
    """PostgreSQL can't be started here; the message says why."""


@dataclass(frozen=True)
class Server:
    """A server that can be killed and started again; what it said it kept is still there."""

    folder: Path
    programs: Path
    user: int | None
    fsync: bool

    @property
    def url(self) -> str:
        """The address of its database."""
        return f"postgresql://waymark@/postgres?host={self.folder}"

    @property
    def process(self) -> int:
        """The number of its first process, which all others end with."""
        return int((self.folder / "data" / "postmaster.pid").read_text().split()[0])

    def start(self) -> None:
        """Start it and return when it answers. Raises NotHere."""
        options = (
            f"-c listen_addresses='' -c fsync={'on' if self.fsync else 'off'} -k {self.folder}"
        )
        _run([*self._control, "-l", str(self.folder / "log"), "-o", options, "start"], self.user)

    def start_again(self) -> None:
        """Start it after a crash, as soon as the last of its processes is gone. Raises NotHere."""
        deadline = time.monotonic() + GONE_WITHIN
        while True:
            try:
                return self.start()
            except NotHere:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.2)

    def stop(self) -> None:
        """End it without taking leave: what it holds goes with it."""
        _run([*self._control, "-m", "immediate", "stop"], self.user)

    @property
    def _control(self) -> list[str]:
        return [str(self.programs / "pg_ctl"), "-s", "-w", "-D", str(self.folder / "data")]


@contextmanager
def a_server() -> Iterator[str]:
    """The address of an empty database. Raises NotHere."""
    with the_server() as server:
        yield server.url


@contextmanager
def the_server(*, fsync: bool = False) -> Iterator[Server]:
    """A server with an empty database; ``fsync`` as in life, for what kills it. Raises NotHere."""
    programs, user = _programs(), _user()
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    if user is not None:
        os.chown(folder, user, -1)
    server = Server(folder, programs, user, fsync)
    try:
        _run(
            [str(programs / "initdb"), "-A", "trust", "-U", "waymark", "-N", *_data(folder)], user
        )
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def emptied(url: str) -> str:
    """The same database with nothing in its tables."""
    asyncio.run(_truncate(url))
    return url


async def _truncate(url: str) -> None:
    connection = await asyncpg.connect(url)
    await connection.execute(f"TRUNCATE {TABLES} CASCADE")
    await connection.close()


def _data(folder: Path) -> list[str]:
    return ["-E", "UTF8", "--locale", "C", "-D", str(folder / "data")]


def _programs() -> Path:
    found = shutil.which("pg_ctl")
    places = [Path(found).parent] if found else sorted(INSTALLED.glob("*/bin"), reverse=True)
    for place in places:
        if (place / "initdb").exists() and (place / "postgres").exists():
            return place
    raise NotHere("PostgreSQL's initdb, pg_ctl and postgres are not installed")


def _user() -> int | None:
    """Whom the server runs as: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam("postgres").pw_uid
    except KeyError:
        raise NotHere("root can't run PostgreSQL, and there is no user postgres") from None


def _run(command: list[str], user: int | None) -> None:
    done = subprocess.run(
        command, user=user, capture_output=True, text=True, cwd="/", timeout=120, check=False
    )
    if done.returncode:
        raise NotHere(f"{Path(command[0]).name}: {done.stderr.strip()[-200:]}")
