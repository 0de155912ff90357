"""What a text must hold for a pattern to have any chance: a cheap look before a dear search."""

from __future__ import annotations

import re
import sre_constants as kind
import sre_parse
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

MOST = 80  # more alternatives than that cost as much as the search
Literals = tuple[str, ...]


def needed(pattern: str) -> Literals:
    """Pieces of text of which every match holds at least one; empty when nothing is sure."""
    best = _best(sre_parse.parse(pattern).data)
    if not best or min(map(len, best)) < 2 or len(best) > MOST:
        return ()
    return tuple(sorted(best, key=len))


_PIECES: set[str] = set()  # of all patterns: many share some


@lru_cache(maxsize=4)  # all patterns look at the same message, one after the other
def _held(text: str) -> frozenset[str]:
    """The pieces that a text holds."""
    return frozenset(piece for piece in _PIECES if piece in text)


class Search:
    """A pattern that is only searched for where it may be found."""

    __slots__ = ("literals", "pattern")

    def __init__(self, pattern: str) -> None:
        self.pattern = re.compile(pattern)
        self.literals = needed(pattern)
        _PIECES.update(self.literals)
        _held.cache_clear()

    def may_be_in(self, text: str) -> bool:
        """Whether a match is possible at all."""
        return not self.literals or not _held(text).isdisjoint(self.literals)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """All matches."""
        return self.pattern.finditer(text) if self.may_be_in(text) else iter(())


def _best(items: Sequence[Any]) -> set[str]:
    """The alternatives of the part that says most: longest first, then fewest."""
    found = [part for part in _parts(items) if part and len(part) <= MOST]
    return max(found, key=lambda part: (min(4, min(map(len, part))), -len(part)), default=set())


def _parts(items: Sequence[Any]) -> Iterator[set[str]]:
    run = ""
    for code, value in items:
        if code is kind.LITERAL:
            run += chr(value)
            continue
        if run:
            yield {run}
        run = ""
        yield _of(code, value)
    if run:
        yield {run}


def _of(code: Any, value: Any) -> set[str]:
    if code is kind.SUBPATTERN:
        return _best(list(value[-1]))
    if code is kind.BRANCH:
        branches = [_best(list(branch)) for branch in value[1]]
        return set().union(*branches) if all(branches) else set()
    if code in (kind.MAX_REPEAT, kind.MIN_REPEAT) and value[0] >= 1:
        return _best(list(value[2]))
    if code is kind.ASSERT and value[0] >= 0:
        return _best(list(value[1]))
    return set()
