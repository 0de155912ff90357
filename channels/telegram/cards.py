"""A service of the directory as plain text (cards.yml): numbers and addresses are tapped there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

WAYS = ("phone", "text", "webchat", "email", "url")


def text_of_card(service: Mapping[str, Any]) -> str:
    """Who, why, how to reach them, when; a hub without a sure number has the national line."""
    return "\n".join(_lines(service))


def _lines(service: Mapping[str, Any]) -> Iterator[str]:
    yield from (str(service[name]) for name in ("name", "why") if service.get(name))
    is_both = bool(service.get("url")) and service.get("webchat") == service["url"]
    for way in WAYS:
        if service.get(way) and not (is_both and way == "webchat"):
            said = "both" if is_both and way == "url" else way
            yield _said()[said].format(value=service[way])
    beside = service.get("beside") or {}
    for known in [one for one in _said()["beside"] if beside.get(one)][:1]:
        yield _said()["beside"][known].format(value=beside[known])
    if service.get("hours"):
        yield _said()["hours"].format(value=service["hours"])


@cache
def _said() -> Mapping[str, Any]:
    said: Mapping[str, Any] = yaml.safe_load(
        Path(__file__).with_name("cards.yml").read_text("utf-8")
    )
    return said
