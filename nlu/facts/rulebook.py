"""Patterns of one field, read from patterns/<field>.yml, and what they find in a message.

parts: files that hold words and groups of this field, in the order in which they win
words:            # fragments; <police> in a pattern stands for (?:...)
groups:
  - name: of the group
    value: what the field becomes
    asked: questions to which this is an answer; without it the group holds anywhere
    patterns: regular expressions over plain words (plain.py)
    unless: patterns that take it back when they stand in the same sentence
    unless_anywhere: the same for the whole message
    denied: true when "not" or "never" right before takes it back
    must, must_not: examples that a test runs

Where a fragment or a pattern is a list, its lines are alternatives of one regular expression.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from nlu.facts.literals import Search, pieces_in
from nlu.facts.plain import Plain

TABLES = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # in C ten times as fast
PATTERNS = Path(__file__).with_name("patterns")
_FRAGMENT = re.compile(r"<([a-z_]+)>")
_DENIED = re.compile(
    r"\b(?:not|never|no|nor|neither|without|nothing|(?:is|was) it|if|whether|worried about|"
    r"scared of|afraid of)(?: (?:been|actually|really|exactly|a|an|the|any|to|be|being|like|even|"
    r"have|had|i|we|he|she|they|was|got|get)){0,3} $"
)


@dataclass(frozen=True)
class Group:
    """Patterns that mean one value."""

    name: str
    value: Any
    patterns: tuple[Search, ...]
    pieces: frozenset[str]  # every match holds one of them; empty when nothing is sure
    asked: frozenset[str]
    unless: re.Pattern[str] | None
    unless_anywhere: re.Pattern[str] | None
    denied: bool
    must: tuple[str, ...] = field(repr=False)
    must_not: tuple[str, ...] = field(repr=False)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """All matches, pattern by pattern."""
        if self.pieces and self.pieces.isdisjoint(pieces_in(text)):
            return
        for pattern in self.patterns:
            yield from pattern.finditer(text)


@dataclass(frozen=True)
class Hit:
    """A group found in a message, and where in the plain text."""

    group: Group
    start: int
    end: int


class Rulebook:
    """The groups of one field, in the order in which they win."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.groups = tuple(_groups(f"{name}.yml", {}))

    def first(self, plain: Plain, question: str | None = None) -> Hit | None:
        """What the first group that fits finds."""
        return next(self.hits(plain, question), None)

    def ruled_out(self, plain: Plain, but: re.Pattern[str]) -> frozenset[str]:
        """The groups whose every mention ``but`` takes back, before or after it."""
        out = set()
        for group in self.groups:
            found = list(group.finditer(plain.text))
            if found and all(_is_but(plain.text, one, but) for one in found):
                out.add(group.name)
        return frozenset(out)

    def hits(self, plain: Plain, question: str | None = None) -> Iterator[Hit]:
        """One hit for each group that fits, in the order of the groups."""
        for group in self.groups:
            if group.asked and question not in group.asked:
                continue
            hit = _hit(group, plain)
            anywhere = group.unless_anywhere
            if hit and not (anywhere and anywhere.search(plain.text)):
                yield hit


def _groups(file: str, fragments: dict[str, str]) -> Iterator[Group]:
    """The groups of a file and of its parts; ``fragments`` are the words that are known so far."""
    read: dict[str, Any] = yaml.load((PATTERNS / file).read_text("utf-8"), Loader=TABLES)  # noqa: S506
    for key, pattern in (read.get("words") or {}).items():
        fragments[key] = f"(?:{_filled(pattern, fragments)})"
    for part in read.get("parts", ()):
        yield from _groups(part, fragments)
    for raw in read.get("groups", ()):
        yield _group(raw, fragments)


def _hit(group: Group, plain: Plain) -> Hit | None:
    for found in group.finditer(plain.text):
        if not _taken_back(group, plain, found):
            return Hit(group, *found.span())
    return None


def _is_but(text: str, found: re.Match[str], but: re.Pattern[str]) -> bool:
    start, end = found.span()
    marked = f"{text[max(0, start - 60) : start]}\N{BULLET}{text[end : end + 40]}"
    return bool(but.search(marked))


def _taken_back(group: Group, plain: Plain, found: re.Match[str]) -> bool:
    start, end = plain.sentence(*found.span())
    if group.denied and _DENIED.search(plain.text, max(start, found.start() - 40), found.start()):
        return True
    return bool(group.unless and group.unless.search(plain.text, start, end))


def _group(raw: dict[str, Any], fragments: dict[str, str]) -> Group:
    patterns = tuple(Search(_filled(pattern, fragments)) for pattern in raw["patterns"])
    sure = all(pattern.literals for pattern in patterns)
    return Group(
        name=raw["name"],
        value=raw.get("value", raw["name"]),
        patterns=patterns,
        pieces=frozenset(piece for one in patterns for piece in one.literals if sure),
        asked=frozenset(raw.get("asked", ())),
        unless=_any_of(raw.get("unless"), fragments),
        unless_anywhere=_any_of(raw.get("unless_anywhere"), fragments),
        denied=raw.get("denied", False),
        must=tuple(raw.get("must", ())),
        must_not=tuple(raw.get("must_not", ())),
    )


def _any_of(patterns: list[str] | None, fragments: dict[str, str]) -> re.Pattern[str] | None:
    if not patterns:
        return None
    return re.compile("|".join(f"(?:{_filled(pattern, fragments)})" for pattern in patterns))


def _filled(pattern: str | list[str], fragments: dict[str, str]) -> str:
    written = pattern if isinstance(pattern, str) else "|".join(pattern)
    return _FRAGMENT.sub(lambda found: fragments[found[1]], written)


@cache
def rulebook(name: str) -> Rulebook:
    """The rulebook of one field, read once."""
    return Rulebook(name)
