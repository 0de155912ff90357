"""Where the names of a vocabulary stand, found by their hashes.

A dictionary takes some 150 bytes a name; the classifiers know more than a million names together.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.int64]


class Vocabulary:
    """Names in order. Two of a million share a hash of 64 bits once in 40 million vocabularies."""

    def __init__(self, names: Iterable[str], size: int) -> None:
        """Take over so many names."""
        hashes = hashed(names, size)
        self._order = np.argsort(hashes, kind="stable").astype(np.int32)
        self._hashes = hashes[self._order]

    def __len__(self) -> int:
        return len(self._order)

    def places(self, hashes: Hashes) -> tuple[NDArray[np.bool_], NDArray[np.int32]]:
        """Which of some hashes are those of a name, and where these names stand, in that order."""
        if not len(self):
            return np.zeros(len(hashes), dtype=np.bool_), self._order
        near = np.minimum(np.searchsorted(self._hashes, hashes), len(self) - 1)
        known = self._hashes[near] == hashes
        return known, self._order[near[known]]


def hashed(names: Iterable[str], size: int) -> Hashes:
    """The hashes of so many names; they hold for this process and those that it divides into."""
    return np.fromiter(map(hash, names), np.int64, size)
