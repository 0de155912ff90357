"""The ring of keys: seals values (AES-GCM, 256 bit) and makes keyed hashes to find them by.

Plain Python 3.10 without the database, because the assistant's trackers are sealed here too.

A sealed value is ``<key id>.<base64 of nonce, ciphertext and tag>``. It is bound to its place
(table, column, row): carried to another place it does not open. The first key of the
ring seals; every key of it opens, so that values can be sealed anew while all processes run.
"""

from __future__ import annotations

import hmac
import os
import re
import secrets
import threading
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

LOOK_EVERY = 1.0  # seconds between looks whether the file of keys changed
_NONCE = 12
_LINE = re.compile(r"([a-z0-9]{1,16})[: =]([A-Za-z0-9_-]{43})=?")


class NoKeys(RuntimeError):
    """There is no key, or what should be one is none. The message holds no key."""


class NotOpened(RuntimeError):
    """A kept value does not open: another key's, another row's, or it was changed."""


@dataclass(frozen=True)
class Key:
    """One key and what is derived from it."""

    id: str
    secret: str

    def __repr__(self) -> str:
        """Only the id: keys must not reach a log."""
        return f"Key({self.id})"

    @classmethod
    def new(cls, id_: str) -> Key:
        """A random key."""
        return cls(id_, urlsafe_b64encode(secrets.token_bytes(32)).decode().rstrip("="))

    def derived(self, purpose: bytes) -> bytes:
        """32 bytes that serve one purpose alone."""
        hkdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"waymark " + purpose)
        return hkdf.derive(urlsafe_b64decode(self.secret + "="))


class Ring:
    """Keys in their order, from a text or from a file that may change while we run."""

    def __init__(self, keys: list[Key], path: Path | None = None) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._looked = time.monotonic()
        self._stamp = _stamp(path)
        self._take(keys)

    @classmethod
    def read(cls, text: str) -> Ring:
        """The keys of a setting: ``id:key``, separated by commas. Raises NoKeys."""
        return cls(_parsed(text.split(",")))

    @classmethod
    def load(cls, path: Path) -> Ring:
        """The keys of a file: ``id key`` on each line. Raises NoKeys."""
        return cls(_from_file(path), path)

    @classmethod
    def chosen(cls, text: str | None, path: Path) -> Ring:
        """The keys of a setting if there is one, else those of the file. Raises NoKeys."""
        return cls.read(text) if text else cls.load(path)

    @property
    def path(self) -> Path | None:
        """The file of the keys; None when they came by a setting."""
        return self._path

    @property
    def keys(self) -> list[Key]:
        """All keys; the first one seals."""
        self._look()
        return list(self._keys)

    def seal(self, value: bytes, place: str) -> str:
        """A value as it is kept, bound to its place."""
        self._look()
        key = self._keys[0]
        nonce = os.urandom(_NONCE)
        sealed = self._ciphers[key.id].encrypt(nonce, value, place.encode())
        return f"{key.id}.{urlsafe_b64encode(nonce + sealed).decode()}"

    def open(self, kept: str, place: str) -> bytes:
        """The value. Raises NotOpened; the error names the place, never the value."""
        id_, _, body = kept.partition(".")
        cipher = self._ciphers.get(id_)
        if cipher is None:
            self._look(now=True)
            cipher = self._ciphers.get(id_)
        try:
            raw = urlsafe_b64decode(body)
            if cipher is not None:
                return cipher.decrypt(raw[:_NONCE], raw[_NONCE:], place.encode())
        except (InvalidTag, ValueError):
            pass
        raise NotOpened(place.partition("|")[0]) from None

    def hashes(self, value: str, purpose: str) -> list[str]:
        """What a value may be found by: its keyed hash under each key, the sealing one first."""
        self._look()
        said = f"{purpose}|{value}".encode()
        return [hmac.new(key, said, "sha256").hexdigest() for key in self._finders]

    def _take(self, keys: list[Key]) -> None:
        self._keys = keys
        self._ciphers = {key.id: AESGCM(key.derived(b"seal")) for key in keys}
        self._finders = [key.derived(b"find") for key in keys]

    def _look(self, *, now: bool = False) -> None:
        """Take the file's keys when it changed; a broken file changes nothing."""
        clock = time.monotonic()
        if self._path is None or (not now and clock < self._looked + LOOK_EVERY):
            return
        with self._lock:
            self._looked = clock
            stamp = _stamp(self._path)
            if stamp != self._stamp:
                try:
                    self._take(_from_file(self._path))
                except NoKeys:
                    return
                self._stamp = stamp


def keep(path: Path, keys: list[Key]) -> None:
    """Write a file of keys, readable by its owner alone, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(path.name + ".new")
    beside.unlink(missing_ok=True)
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write("# The first key seals, all open. Without them nothing can be read again.\n")
        file.writelines(f"{key.id} {key.secret}\n" for key in keys)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def _stamp(path: Path | None) -> tuple[int, int]:
    try:
        known = path.stat() if path else None
    except OSError:
        known = None
    return (known.st_mtime_ns, known.st_ino) if known else (0, 0)


def _from_file(path: Path) -> list[Key]:
    try:
        return _parsed(path.read_text("utf-8").splitlines())
    except OSError:
        raise NoKeys(f"{path} can't be read") from None


def _parsed(lines: list[str]) -> list[Key]:
    found = []
    for number, line in enumerate(lines, 1):
        if not (line := line.strip()) or line.startswith("#"):
            continue
        match = _LINE.fullmatch(line)
        if match is None:
            raise NoKeys(f"key {number} is not an id and 43 characters")
        found.append(Key(match[1], match[2]))
    if not found or len({key.id for key in found}) < len(found):
        raise NoKeys("there must be one key or more, each with an id of its own")
    return found
