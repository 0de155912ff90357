"""What a command, or a link that opens the chat with a topic or an area, says for the person."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from knowledge.places.reading import districts, rows

# Bot API, "Deep linking": A-Z, a-z, 0-9, _ and -, at most 64 characters.
LINK = re.compile(r"(?:topic-(?P<topic>\w+))?-?(?:area-(?P<area>[\w-]+))?", re.ASCII)


def said_by(command: str | None) -> str | None:
    """The words that a command stands for; None for one that says nothing."""
    words: str | None = _words()["commands"].get(command)
    return words


def said_by_link(payload: str) -> str | None:
    """The words that a link stands for; None for a link that nobody made here."""
    found = LINK.fullmatch(payload)
    if found is None or not payload:
        return said_by(payload)
    about = _words()["topics"].get(found["topic"])
    place = _districts().get(found["area"] or "")
    if about and place:
        return str(_words()["both"].format(about=about, place=place))
    if about:
        return str(_words()["topic"].format(about=about))
    return str(_words()["area"].format(place=place)) if place else None


@cache
def _words() -> dict[str, Any]:
    words: dict[str, Any] = yaml.safe_load(
        Path(__file__).with_name("links.yml").read_text("utf-8")
    )
    return words


@cache
def _districts() -> dict[str, str]:
    return {slug: one.name for slug, one in districts(rows("places.csv")).items()}
