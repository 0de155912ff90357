"""A copy of everything that is kept, taken while the system runs, and put back.

One tar file: the database of conversations and the desk, the assistant's trackers, and a list
of what is in it with digests. The keys (`keys`, `secrets.env`) are not in it: whoever finds a
copy must not be able to read it. Keep them elsewhere. Marks of the keys are in it, from which
nobody gets a key: a copy is put back only where its keys are, for elsewhere nothing would open.
"""

import hashlib
import io
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

CONTENTS = "contents.json"
FORM = 1
PATIENCE = 10  # seconds for a server of PostgreSQL to answer at all

# What SQLite keeps beside a database. It would play what an older one left, after a crash, into
# the file that is put back, and neither would be whole.
LOGS = ("-wal", "-shm", "-journal")


class BadBackup(Exception):
    """A copy can't be made, or put back. The message is one line for the operator."""


def back_up(
    database_url: str, var: Path, to: Path, at: datetime, keys: Sequence[str] = ()
) -> Mapping[str, str]:
    """Copy everything into the file ``to`` and give the digest of each part.

    Each part is the state of one moment; nobody who writes meanwhile has to wait. The file can
    be read by its owner alone. ``keys`` are marks of the keys in use. Raises BadBackup.
    """
    if to.exists():
        raise BadBackup(f"{to} is there already")
    with tempfile.TemporaryDirectory(dir=to.parent) as folder:
        parts = _copy(database_url, var, Path(folder))
        digests = {part.name: _digest(part) for part in parts}
        said = {"form": FORM, "made_at": at.isoformat(), "digests": digests, "keys": list(keys)}
        whole = Path(folder, "whole.tar")
        with tarfile.open(whole, "w") as tar:
            _add(tar, CONTENTS, json.dumps(said, indent=1).encode())
            for part in parts:
                tar.add(part, part.name)
        _lay(whole, to)
    return digests


def restore(
    database_url: str, var: Path, source: Path, keys: Sequence[str] | None = None
) -> datetime:
    """Put a copy back where nothing is yet; gives the time at which it was made.

    Nothing is touched unless the whole copy is sound, and ``keys`` (marks of the keys in use; None
    asks for none) are those it was sealed with. Raises BadBackup.
    """
    with tempfile.TemporaryDirectory(dir=_made(var)) as folder:
        said = _unpacked(source, Path(folder))
        if keys is not None and not set(said.get("keys", ())) <= set(keys):
            raise BadBackup("the keys here do not open this copy: put its keys back first")
        _put_back(database_url, var, Path(folder))
    return datetime.fromisoformat(said["made_at"])


def _copy(database_url: str, var: Path, folder: Path) -> list[Path]:
    if database_url.startswith("postgresql"):  # the trackers are in the same database
        dump = folder / "waymark.dump"
        _run(database_url, "pg_dump", "--format=custom", f"--file={dump}")
        return [dump]
    # The trackers last: a tracker that knows more than the thread gives the same answers again,
    # one that knows less would have forgotten.
    kept = {"waymark.db": _path(database_url), "trackers.db": var / "trackers.db"}
    copies = []
    for name, path in kept.items():
        if path.is_file():
            copies.append(folder / name)
            _copy_sqlite(path, copies[-1])
    if not copies:
        raise BadBackup(f"there is nothing at {_path(database_url)}")
    return copies


def _copy_sqlite(source: Path, to: Path) -> None:
    # The driver's own way: one consistent state, while others write.
    with (
        closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as kept,
        closing(sqlite3.connect(to)) as copy,
    ):
        kept.backup(copy)


def _unpacked(source: Path, folder: Path) -> dict[str, Any]:
    try:
        with tarfile.open(source) as tar:
            tar.extractall(folder, filter="data")
        said: dict[str, Any] = json.loads((folder / CONTENTS).read_text())
        for name, digest in said["digests"].items():
            if _digest(folder / name) != digest:
                raise BadBackup(f"{source}: {name} is damaged")
    except (OSError, tarfile.TarError, ValueError, KeyError) as error:
        raise BadBackup(f"{source} is not a whole copy ({type(error).__name__})") from None
    return said


def _put_back(database_url: str, var: Path, folder: Path) -> None:
    if database_url.startswith("postgresql"):
        dump = folder / "waymark.dump"
        if not dump.is_file():
            raise BadBackup("the copy is not one of PostgreSQL")
        # Fails, and changes nothing, where tables are already.
        _run(database_url, "pg_restore", "--single-transaction", "--no-owner", str(dump))
        return
    places = {"waymark.db": _path(database_url), "trackers.db": var / "trackers.db"}
    found = {name: place for name, place in places.items() if (folder / name).is_file()}
    if not found:
        raise BadBackup("the copy is not one of SQLite")
    for place in places.values():
        _check_free(place)
    beside = {place: _made(place.parent) / f"{place.name}.restored" for place in found.values()}
    for name, place in found.items():
        shutil.copyfile(folder / name, beside[place])
    for place, copied in beside.items():
        _lay(copied, place)


def _check_free(place: Path) -> None:
    for suffix in ("", *LOGS):
        there = place.with_name(place.name + suffix)
        if there.exists():
            raise BadBackup(f"{there} is there already: move it away first")


def _lay(whole: Path, place: Path) -> None:
    """Put a file in its place, for its owner alone: whole or not at all, in a power cut too."""
    whole.chmod(0o600)
    _sync(whole)
    whole.rename(place)
    _sync(place.parent)


def _sync(path: Path) -> None:
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _run(database_url: str, *command: str) -> None:
    """One of PostgreSQL's own programs, by the whole address (`sslmode`) but for the password.

    That goes by a file, where nobody sees it who looks at what runs.
    """
    name, *arguments = command
    with tempfile.NamedTemporaryFile("w") as passwords:  # its owner's alone
        address, password = _without_password(database_url)
        escaped = password.replace("\\", "\\\\").replace(":", "\\:")
        passwords.write(f"*:*:*:*:{escaped}\n")
        passwords.flush()
        target = f"{address}&passfile={quote(passwords.name)}"
        try:
            done = subprocess.run(  # noqa: S603  (the programs and their arguments are ours)
                [_program(name), f"--dbname={target}", "--no-password", *arguments],
                capture_output=True,
            )
        except OSError as error:
            raise BadBackup(f"{name} is needed (package postgresql-client)") from error
    if done.returncode:
        first = done.stderr.decode("utf-8", "replace").strip().splitlines()[:1]
        raise BadBackup(f"{name} failed: {''.join(first)}")


def _without_password(database_url: str) -> tuple[str, str]:
    """The address as PostgreSQL's programs take it, its options last; and the password."""
    url = urlsplit(database_url)
    user, _, where = url.netloc.rpartition("@")
    options = dict(parse_qsl(url.query))
    password = options.pop("password", unquote(url.password or ""))
    user = user.partition(":")[0]
    said = urlencode({"connect_timeout": PATIENCE, **options}, quote_via=quote)
    return f"postgresql://{user}@{where}{url.path}?{said}", password


def _program(name: str) -> str:
    found = shutil.which(name)
    if found:
        return found
    newest = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return str(newest[-1]) if newest else name


def _path(database_url: str) -> Path:
    return Path(database_url.partition(":///")[2])


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _add(tar: tarfile.TarFile, name: str, data: bytes) -> None:
    about = tarfile.TarInfo(name)
    about.size = len(data)
    tar.addfile(about, io.BytesIO(data))


def _digest(path: Path) -> str:
    with path.open("rb") as read:
        return hashlib.file_digest(read, "sha256").hexdigest()
