"""The wording of a text as numbers: TF-IDF of its words, word pairs and pieces of words.

Pieces of words carry over misspellings; words and pairs carry what an embedding blurs (`not`,
`i meant`). Learned from examples, kept as an array of n-grams and one of weights.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise, zip_longest
from typing import NamedTuple

import numpy as np
import scipy.sparse
from numpy.typing import NDArray

from nlu.vocabulary import Hashes, Vocabulary, hashed

PIECES = range(2, 6)  # letters
WORD = "w "  # before the names of words and pairs
SEEN_IN = 2  # texts in which a piece of a word must occur to count
_WORD = re.compile(r"\w+|[^\w\s]")
_APOSTROPHE = re.compile(r"(?<=\w)['’`](?=\w)")
_DRAWN_OUT = re.compile(r"(.)\1{3,}")
_UNSEEN = re.compile("[\u200b\u200d\ufe0f\U0001f3fb-\U0001f3ff]")  # also the skin tones of emoji

Row = tuple[NDArray[np.int32], NDArray[np.float32]]
Packed = NDArray[np.uint8]  # names, one a line


class Part(NamedTuple):
    """The n-grams of a part of a text, and how often each is there, as a logarithm and one."""

    hashes: Hashes
    by: NDArray[np.float64]


def plain(text: str) -> str:
    """A text in lower case, without apostrophes in words, drawn-out letters, invisible signs."""
    text = _APOSTROPHE.sub("", _UNSEEN.sub("", text).lower())
    return " ".join(_DRAWN_OUT.sub(r"\1\1", text).split())


class Ngrams:
    """Turns texts into sparse vectors; words and pieces of words each make a unit vector."""

    def __init__(self, packed: Packed, rarity: NDArray[np.float32]) -> None:
        self.packed = packed
        self.rarity = rarity
        self._known = Vocabulary(self._names(), len(rarity))

    @classmethod
    def learn(cls, texts: Sequence[str], questions: Sequence[str | None] = ()) -> Ngrams:
        """The n-grams of these texts, alone and with their questions, and how rare each is."""
        seen: Counter[str] = Counter()
        for text, question in zip_longest(texts, questions):
            seen.update({name for part in _counted(text, question) for name in part})
        names = sorted(name for name, times in seen.items() if times >= SEEN_IN or name[0] != "c")
        times = np.array([seen[name] for name in names], dtype=np.float32)
        rarity = (np.log((1 + len(texts)) / (1 + times)) + 1).astype(np.float32)
        return cls(np.frombuffer("\n".join(names).encode(), dtype=np.uint8), rarity)

    def words(self) -> frozenset[str]:
        """The words that were seen."""
        worded = (name[len(WORD) :] for name in self._names() if name.startswith(WORD))
        return frozenset(word for word in worded if word.isalpha())

    def row(self, text: str, question: str | None = None) -> Row:
        """The places of a text's n-grams and their weights; what was never learned is left out."""
        parts = [self._unit(part) for part in _weighed(text, question)]
        return np.concatenate([at for at, _ in parts]), np.concatenate([by for _, by in parts])

    def matrix(
        self, texts: Sequence[str], questions: Sequence[str | None] = ()
    ) -> scipy.sparse.csr_matrix:
        """The rows of many texts."""
        rows = [self.row(*pair) for pair in zip_longest(texts, questions)]
        ends = np.cumsum([0, *(len(at) for at, _ in rows)])
        columns = np.concatenate([at for at, _ in rows])
        values = np.concatenate([by for _, by in rows])
        return scipy.sparse.csr_matrix((values, columns, ends), (len(texts), len(self._known)))

    def _names(self) -> list[str]:
        return self.packed.tobytes().decode().split("\n") if len(self.rarity) else []

    def _unit(self, part: Part) -> Row:
        known, at = self._known.places(part.hashes)
        by = part.by[known] * self.rarity[at]
        return at, (by / max(float(np.sqrt(by @ by)), 1e-9)).astype(np.float32)


@lru_cache(maxsize=1)  # several classifiers read the same message, one after the other
def _weighed(text: str, question: str | None) -> list[Part]:
    return [
        Part(
            hashed(part, len(part)),
            np.log(np.fromiter(part.values(), np.float64, len(part))) + 1.0,
        )
        for part in _counted(text, question)
    ]


def _counted(text: str, question: str | None) -> list[Counter[str]]:
    """Words and pairs, pieces of words, and words and pairs as an answer to the question."""
    worded, words, pieces = _parted(text)
    asked = [f"a {question} {name}" for name in ("", *worded)] if question else []
    return [words, pieces, Counter(asked)]


@lru_cache(maxsize=1)  # with its question and without
def _parted(text: str) -> tuple[list[str], Counter[str], Counter[str]]:
    words = _WORD.findall(plain(text))
    pairs = [f"{WORD}{one} {two}" for one, two in pairwise(words)]
    worded = [*(f"{WORD}{word}" for word in words), *pairs]
    return worded, Counter(worded), Counter(piece for word in words for piece in _pieces(word))


def _pieces(word: str) -> Iterator[str]:
    edged = f" {word} "
    for size in PIECES:
        for start in range(max(len(edged) - size + 1, 1)):
            yield f"c{edged[start : start + size]}"
            if size >= len(edged):
                return
