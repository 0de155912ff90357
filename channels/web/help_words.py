"""What the few words of a search box mean (help_words.yml)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

Patterns = tuple[tuple[str, re.Pattern[str]], ...]


@dataclass(frozen=True)
class Heard:
    """A need, longer words for the same, and wishes.

    ``understood`` is whether any word told something, be it only that any help is wanted.
    """

    need: str | None = None
    longer: str = ""
    wishes: frozenset[str] = frozenset()
    understood: bool = False


def hear(words: str) -> Heard:
    """What the words of a search box tell; the first need and longer words count."""
    known = _known()
    need, longer, wishes = (_told(known[kind], words) for kind in ("need", "longer", "wish"))
    general = _told(known["anything"], words)
    return Heard(
        need[0] if need else None,
        longer[0] if longer else "",
        frozenset(wishes),
        understood=bool(need or longer or wishes or general),
    )


def _told(patterns: Patterns, words: str) -> list[str]:
    return [name for name, pattern in patterns if pattern.search(words)]


@cache
def _known() -> dict[str, Patterns]:
    rows = yaml.safe_load(Path(__file__).with_name("help_words.yml").read_text("utf-8"))
    rows["anything"] = {"anything": rows["anything"]}
    return {
        kind: tuple((name, _pattern(words)) for name, words in named.items())
        for kind, named in rows.items()
    }


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)
