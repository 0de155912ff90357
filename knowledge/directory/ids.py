"""Ids that other directories can rely on: UUIDs made from names, the same ones every time."""

from __future__ import annotations

import re
import uuid

SPACE = uuid.UUID("6f1d3c2e-5a47-5b0e-9c1b-2d8f4a7e9b10")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def key_of(kind: str, name: str) -> str:
    """The UUID of something that has a name of its own."""
    return str(uuid.uuid5(SPACE, f"{kind}/{name}"))


def service_key(id_: str) -> str:
    """The UUID of a service: its id when it came with a UUID, else one made from its id."""
    return id_ if _UUID.fullmatch(id_) else key_of("service", id_)


def is_uuid(said: str) -> bool:
    """Whether this is a UUID in its usual form."""
    return bool(_UUID.fullmatch(said))
