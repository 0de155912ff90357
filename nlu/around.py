"""The words around a place in a text, and where they stand to it, as names to learn from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

REACH = 12  # words to each side
NEAR = 8
BESIDE = 3
_WORD = re.compile(r"\w+(?:'\w+)*|[^\w\s]")


def names(text: str, start: int, end: int) -> list[str]:
    """What stands around and within ``text[start:end]``, each thing once; in plain words."""
    left = _WORD.findall(text[:start])[-REACH:][::-1]
    right = _WORD.findall(text[end:])[:REACH]
    own = (f"t {word}" for word in _WORD.findall(text[start:end]))
    return list(dict.fromkeys([*_side("l", left), *_side("r", right), *own]))


def _side(side: str, words: Sequence[str]) -> Iterator[str]:
    """The words of one side, the nearest first."""
    for at, word in enumerate(words):
        yield f"{side} {word}"
        if at < NEAR:
            yield f"{side}n {word}"
        if at < BESIDE:
            yield f"{side}{at} {word}"
    for one, other in pairwise(words):
        yield f"{side}b {one} {other}"
    if len(words) > 1:
        yield f"{side}bb {words[0]} {words[1]}"
