"""The plain words of a message, with the way back to what was written.

Lower case, one space between words, contractions and text-speak written out (spelling.yml), so
that patterns need one spelling only. Marks and digits stay as they are: dates live on them.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from copy import copy
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml

SPELLING = Path(__file__).with_name("spelling.yml")
LONGEST = 20_000  # characters that are read at all
_TOKEN = re.compile(r"[^\W_]+(?:['’‘`´][^\W_]+)*|\s+|.", re.DOTALL)
_NUMBER_AND_UNIT = re.compile(
    r"(\d{1,3})(secs?|mins?|hrs?|hours?|days?|wks?|weeks?|mths?|months?|"
    r"yrs?|years?|yo)"
)
_QUOTES = str.maketrans("’‘`´“”", "''''\"\"")
_STRETCHED = re.compile(r"(.)\1{2,}")
_SENTENCE_END = re.compile(r"[.!?;\n]+(?:\s|$)|\n")


class Plain:
    """A message in plain words; ``text`` is what patterns read."""

    __slots__ = ("_from", "_original", "_starts", "_to", "text")

    def __init__(self, original: str) -> None:
        self._original = original = original[:LONGEST]
        self._starts: list[int] = []
        self._from: list[int] = []
        self._to: list[int] = []
        pieces: list[str] = []
        at = 0
        for token in _TOKEN.finditer(original):
            written = _written_out(token.group())
            if not written:
                continue
            self._starts.append(at)
            self._from.append(token.start())
            self._to.append(token.end())
            pieces.append(written)
            at += len(written)
        self.text = "".join(pieces)

    @property
    def original(self) -> str:
        """The message as it was written."""
        return self._original

    def said(self, start: int, end: int) -> str:
        """What the person wrote for ``text[start:end]``, whole words."""
        first, last = self.span(start, end)
        return self._original[first:last].strip()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where ``text[start:end]`` stands in the original."""
        if end <= start or not self._starts:
            return 0, 0
        first = bisect_right(self._starts, start) - 1
        last = bisect_right(self._starts, end - 1) - 1
        return self._from[first], self._to[last]

    def blotted(self, spans: Iterable[tuple[int, int]]) -> Plain:
        """The same message with these places of ``text`` made unreadable, each in its place."""
        other = copy(self)
        for start, end in spans:
            other.text = f"{other.text[:start]}{'_' * (end - start)}{other.text[end:]}"
        return other

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """The sentence around ``text[start:end]``, as far as marks show it."""
        first = 0
        for mark in _SENTENCE_END.finditer(self.text):
            if mark.end() <= start:
                first = mark.end()
            elif mark.start() >= end:
                return first, mark.end()
        return first, len(self.text)


@lru_cache(maxsize=1)  # several read the same message, one after the other
def plain_of(text: str) -> Plain:
    """The plain words of a message."""
    return Plain(text)


@lru_cache(maxsize=20_000)
def _written_out(token: str) -> str:
    if token.isspace():
        return "\n" if "\n" in token else " "
    if not token.isascii():
        token = unicodedata.normalize("NFKC", token.translate(_QUOTES))
    low = token.lower().replace("`", "'")
    if len(low) == 1 and not low.isalpha():
        return low
    return _word(low)


def _word(low: str) -> str:
    table, endings = _tables()
    if low in table:
        return table[low]
    if "'" in low:
        return _contracted(low, table, endings)
    if unit := _NUMBER_AND_UNIT.fullmatch(low):
        return f"{unit[1]} {table.get(unit[2], unit[2])}"
    short = _STRETCHED.sub(r"\1", low) if low.isalpha() else low
    return table.get(short) or _exchanged().get(low, low)


def _contracted(low: str, table: dict[str, str], endings: dict[str, str]) -> str:
    bare = low.replace("'", "")
    if bare in table:
        return table[bare]
    stem, _, tail = low.partition("'")
    if tail == "t" and stem.endswith("n"):
        return f"{stem[:-1]} not"
    return f"{stem} {endings[tail]}" if tail in endings else low


@cache
def _exchanged() -> dict[str, str]:
    """Common words with two neighbouring letters exchanged, the first one in its place."""
    read: dict[str, Any] = yaml.load(SPELLING.read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506
    words = set(read["exchanged"].split())
    wrong = {_with_exchanged(word, at): word for word in words for at in range(1, len(word) - 1)}
    return {way: word for way, word in wrong.items() if way not in words}


def _with_exchanged(word: str, at: int) -> str:
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


@cache
def _tables() -> tuple[dict[str, str], dict[str, str]]:
    read: dict[str, Any] = yaml.load(SPELLING.read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506
    words = {str(way): str(word) for word, ways in read["written"].items() for way in ways.split()}
    return words, dict(read["endings"])
