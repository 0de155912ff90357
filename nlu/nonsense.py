"""Whether a message is no word at all: `asdfgh`, `blorp`."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from rapidfuzz import fuzz, process

from knowledge.places import Gazetteer

LONGEST = 3  # words; among more, some mean something
SHORTEST = 4  # letters; shorter ones are abbreviations
ALIKE = 70  # of 100: a misspelt word is one
ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_WORD = re.compile(r"[a-z]+")


def is_nonsense(text: str, heard: frozenset[str], words_of_language: frozenset[str]) -> bool:
    """True for one to three made-up words; never for a place, a misspelling or another script.

    ``heard`` are the words of the examples: what is like one of them is a misspelling.
    """
    said = text.strip().lower()
    words = _WORD.findall(said)
    if not said.isascii() or not 1 <= len(words) <= LONGEST or any(map(str.isdigit, said)):
        return False
    return all(_made_up(word, heard, words_of_language) for word in words) and not _is_place(text)


def _made_up(word: str, heard: frozenset[str], words: frozenset[str]) -> bool:
    if _runs_along_keys(word):
        return True
    if len(word) < SHORTEST or word in heard or word in words:
        return False
    long = (known for known in heard if len(known) >= SHORTEST)  # `bor` is no `blorp`
    return process.extractOne(word, long, scorer=fuzz.ratio, score_cutoff=ALIKE) is None


def _runs_along_keys(word: str) -> bool:
    """Whether each letter lies beside the one before on a keyboard."""
    beside = {pair for row in ROWS for pair in (*pairwise(row), *pairwise(row[::-1]))}
    return len(word) >= SHORTEST and all(pair in beside for pair in pairwise(word))


def _is_place(text: str) -> bool:
    named = _gazetteer().resolve(text)
    return bool(named.place or named.candidates or named.outside)


@cache
def _gazetteer() -> Gazetteer:
    return Gazetteer.load()
