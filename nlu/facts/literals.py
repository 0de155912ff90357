"""What a text must hold for a pattern to have any chance: a cheap look before a dear search."""

from __future__ import annotations

import re
import sre_constants as kind
import sre_parse
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any

MOST = 80  # more alternatives than that cost as much as the search
Literals = tuple[str, ...]


def needed(pattern: str) -> Literals:
    """Pieces of text of which every match holds at least one; empty when nothing is sure."""
    best = _best(sre_parse.parse(pattern).data)
    if not best or min(map(len, best)) < 2 or len(best) > MOST:
        return ()
    return tuple(sorted(best, key=len))


# The pieces of all patterns, for many share some, by the two letters that they begin with.
_PIECES: defaultdict[str, set[str]] = defaultdict(set)


@lru_cache(maxsize=4)  # all patterns look at the same message, one after the other
def pieces_in(text: str) -> frozenset[str]:
    """The pieces of any pattern that a text holds."""
    pairs = set(map("".join, pairwise(text)))
    return frozenset(
        piece for pair in pairs & _PIECES.keys() for piece in _PIECES[pair] if piece in text
    )


class Search:
    """A pattern that is only searched for where it may be found."""

    __slots__ = ("literals", "pattern")

    def __init__(self, pattern: str) -> None:
        self.pattern = re.compile(pattern)
        self.literals = needed(pattern)
        for piece in self.literals:
            _PIECES[piece[:2]].add(piece)
        pieces_in.cache_clear()

    def may_be_in(self, text: str) -> bool:
        """Whether a match is possible at all."""
        return not self.literals or not pieces_in(text).isdisjoint(self.literals)

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
