"""What a command, or a link that opens the chat with a topic or an area, says for the person."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from knowledge.places.reading import districts, rows

# Bot API, "Deep linking": A-Z, a-z, 0-9, _ and -, at most 64 characters.
LINK = re.compile(r"(?:topic-(?P<topic>\w+))?-?(?:area-(?P<area>[\w-]+))?", re.ASCII)

DELETE = "delete_all"  # the second step; the first is `/delete`
# Commands that do something; all others stand for words, or are words.
DEEDS = frozenset({"start", "help", "quiet", "words", "web", "leave", "delete", DELETE})


def words_in(text: str | None, caption: str | None = None) -> str | None:
    """The words that a message says, whatever it does besides; None when it says nothing."""
    command = command_in(text or "")
    if command == DELETE:
        return None
    if command in DEEDS:  # a link such as ?start=services opens with this topic
        return said_by_link((text or "").partition(" ")[2].strip())
    return said_by(command) or text or caption


def command_in(text: str) -> str | None:
    """The name of a command, without the bot's name and what follows; None for other words."""
    if not text.startswith("/"):
        return None
    return text[1:].split()[0].split("@")[0].lower() if text[1:].strip() else None


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
