"""The words around a time, and where they stand to it, as names that a classifier can learn."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from nlu.facts.dates.phrases import Named

REACH = 12  # words to each side
NEAR = 8
BESIDE = 3
PARTS = 5  # of a text
SEVERAL = 4  # so many times and more are one case
_WORD = re.compile(r"\w+(?:'\w+)*|[^\w\s]")


def names(text: str, time: Named, every: Sequence[Named]) -> list[str]:
    """What stands around one of the times of a text, each thing once.

    ``text`` is in plain words; ``every`` holds all its times.
    """
    left = _WORD.findall(text[: time.start])[-REACH:][::-1]
    right = _WORD.findall(text[time.end :])[:REACH]
    own = _WORD.findall(text[time.start : time.end])
    found = dict.fromkeys([*_side("l", left), *_side("r", right), *(f"t {word}" for word in own)])
    part = int(PARTS * time.start / max(1, len(text)))
    lasts = "since" if time.ongoing else "one" if time.first == time.last else "span"
    return [
        *found,
        f"k {time.kind} {lasts}",
        f"p {part}",
        f"n {min(len(every), SEVERAL)}",
        f"at {min(every.index(time), SEVERAL)} of {min(len(every), SEVERAL)}",
    ]


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
