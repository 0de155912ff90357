"""A service as a person in the chat sees it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .model import Channel, Found


def card(found: Found) -> dict[str, Any]:
    """Who, why, how to reach it, when; only ways that are confirmed and safe."""
    return {
        "id": found.service.id,
        "name": found.service.name,
        "why": found.why,
        **_ways(found.reach.channels),
        "beside": _ways(found.reach.beside),
        "hours": found.hours_in_words,
        "open_now": found.open_now,
    }


def _ways(channels: Iterable[Channel]) -> dict[str, str]:
    ways: dict[str, str] = {}
    for channel in channels:
        ways.setdefault("url" if channel.kind == "web" else channel.kind, channel.value)
    return ways
