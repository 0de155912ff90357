"""A PostgreSQL server of our own: in a temporary folder, on a unix socket, gone afterwards."""

import asyncio
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg  # type: ignore[import-untyped]

from knowledge.migrations.all_tables import metadata

INSTALLED = Path("/usr/lib/postgresql")
TABLES = ", ".join(metadata.tables)


class NotHere(Exception):
    """PostgreSQL can't be started here; the message says why."""


@contextmanager
def a_server() -> Iterator[str]:
    """The address of an empty database. Raises NotHere."""
    programs, user = _programs(), _user()
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    if user is not None:
        os.chown(folder, user, -1)
    control = [str(programs / "pg_ctl"), "-s", "-w", "-D", str(folder / "data")]
    try:
        _run(
            [str(programs / "initdb"), "-A", "trust", "-U", "waymark", "-N", *_data(folder)], user
        )
        options = f"-c listen_addresses='' -c fsync=off -k {folder}"
        _run([*control, "-l", str(folder / "log"), "-o", options, "start"], user)
        try:
            yield f"postgresql://waymark@/postgres?host={folder}"
        finally:
            _run([*control, "-m", "immediate", "stop"], user)
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
