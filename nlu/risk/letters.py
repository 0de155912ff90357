"""The letter view at work: what scikit-learn gives, without its checks of each call.

They build their analyser anew, look through the whole vocabulary for its weights and check every
array, for each message: most of the time of one short text. Training keeps to theirs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
import scipy.sparse
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class _Part:
    """One TF-IDF vectoriser: sublinear counts, weighed by rarity, of length one."""

    def __init__(self, learned: Any) -> None:
        self._named: Callable[[str], Iterable[str]] = learned.build_analyzer()
        self._places: dict[str, int] = learned.vocabulary_
        self._rarity: Floats = np.asarray(learned.idf_)
        self.width = len(self._places)

    def row(self, text: str) -> tuple[list[int], Floats]:
        """The places of what is known in a text, in order, and their weights."""
        counted = Counter(map(self._places.get, self._named(text)))
        counted.pop(None, None)
        at = sorted(place for place in counted if place is not None)
        times = np.array([counted[place] for place in at], dtype=np.float64)
        by = (np.log(times) + 1) * self._rarity[np.array(at, dtype=np.int64)]
        length = np.sqrt(by @ by)
        return at, by / length if length else by


class Letters:
    """The same columns as a fitted `letter_view`, faster."""

    def __init__(self, learned: Any) -> None:
        self._parts = [_Part(part) for _, part in learned.transformer_list]

    def transform(self, texts: Sequence[str]) -> scipy.sparse.csr_matrix:
        """One row a text."""
        at: list[int] = []
        by: list[Floats] = []
        ends = [0]
        for text in texts:
            start = 0
            for part in self._parts:
                places, weights = part.row(text)
                at += [start + place for place in places]
                by.append(weights)
                start += part.width
            ends.append(len(at))
        shape = (len(texts), sum(part.width for part in self._parts))
        return scipy.sparse.csr_matrix((np.concatenate(by), at, ends), shape)
