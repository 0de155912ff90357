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
from sklearn.base import clone

from nlu.vocabulary import Vocabulary, hashed

Floats = NDArray[np.float64]


class _Part:
    """One TF-IDF vectoriser: sublinear counts, weighed by rarity, of length one."""

    def __init__(self, learned: Any) -> None:
        # of one that learned nothing: it would keep alive all that was learned, and left out
        self._named: Callable[[str], Iterable[str]] = clone(learned).build_analyzer()
        names: dict[str, int] = learned.vocabulary_
        self._known = Vocabulary(sorted(names, key=names.__getitem__), len(names))
        self._rarity: Floats = np.asarray(learned.idf_)
        self.width = len(names)

    def row(self, text: str) -> tuple[NDArray[np.int32], Floats]:
        """The places of what is known in a text, in order, and their weights."""
        counted = Counter(self._named(text))
        known, at = self._known.places(hashed(counted, len(counted)))
        times = np.fromiter(counted.values(), np.float64, len(counted))[known]
        order = np.argsort(at)
        at, times = at[order], times[order]
        by = (np.log(times) + 1) * self._rarity[at]
        length = np.sqrt(by @ by)
        return at, by / length if length else by


class Letters:
    """The same columns as a fitted `letter_view`, faster."""

    def __init__(self, learned: Any) -> None:
        self._parts = [_Part(part) for _, part in learned.transformer_list]

    def transform(self, texts: Sequence[str]) -> scipy.sparse.csr_matrix:
        """One row a text."""
        at: list[NDArray[np.int32]] = []
        by: list[Floats] = []
        ends = [0]
        for text in texts:
            start = 0
            for part in self._parts:
                places, weights = part.row(text)
                at.append(start + places)
                by.append(weights)
                start += part.width
            ends.append(sum(map(len, by)))
        shape = (len(texts), sum(part.width for part in self._parts))
        return scipy.sparse.csr_matrix((np.concatenate(by), np.concatenate(at), ends), shape)
