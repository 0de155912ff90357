"""Which mention in a message is the one that counts, learned from messages where it is marked.

The words around a mention decide, and what the sentence encoder makes of it among all others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from nlu.embedding import SentenceEmbedding
from nlu.facts.plain import Plain
from nlu.vocabulary import Vocabulary, hashed

Array = NDArray[np.float32]
Span = tuple[int, int]

# Chosen by cross-validation on the times of nlu/examples/told.jsonl (four parts, each text in
# one); no other choice did better by more than a point on the ways of nlu/examples/contact.jsonl.
EMBEDDING_SHARE = 1.5
WORDS_SHARE = 0.35
LOOSENESS = 1.0
SEEN_IN = 2  # mentions around which a name must stand to count


@dataclass(frozen=True)
class Mention:
    """A mention as it is learned from: what stands around it, its vector, whether it counts."""

    names: Sequence[str]
    vector: Array
    counts: bool


class MentionReader:
    """A logistic regression over the encoder's view of a mention and the words around it."""

    def __init__(self, packed: NDArray[np.uint8], weights: Array, of_vector: Array, bias: float):
        self._packed = packed
        self._weights = weights
        self._of_vector = of_vector
        self._bias = bias
        self._known = Vocabulary(packed.tobytes().decode().split("\n"), len(weights))

    @classmethod
    def train(cls, mentions: Sequence[Mention]) -> MentionReader:
        """Learn from mentions, some that count and some that do not."""
        known = _often(one.names for one in mentions)
        at = {name: number for number, name in enumerate(known)}
        columns = [[at[name] for name in one.names if name in at] for one in mentions]
        flat = np.array([number for row in columns for number in row], dtype=np.int32)
        values = np.full(len(flat), WORDS_SHARE, dtype=np.float32)
        ends = np.cumsum([0, *map(len, columns)])
        words = scipy.sparse.csr_matrix((values, flat, ends), (len(mentions), len(known)))
        states = np.stack([one.vector for one in mentions]) * EMBEDDING_SHARE
        model = LogisticRegression(C=LOOSENESS, max_iter=300, solver="liblinear")
        seen = scipy.sparse.hstack([scipy.sparse.csr_matrix(states), words]).tocsr()
        model.fit(seen, [one.counts for one in mentions])
        of_states, of_words = np.split(model.coef_[0].astype(np.float32), [states.shape[1]])
        return cls(
            np.frombuffer("\n".join(known).encode(), dtype=np.uint8),
            of_words * WORDS_SHARE,
            of_states * EMBEDDING_SHARE,
            float(model.intercept_[0]),
        )

    def odds(self, names: Sequence[str], vector: Array) -> float:
        """How likely a mention is the one that counts, 0 to 1."""
        _, at = self._known.places(hashed(names, len(names)))
        score = self._bias + float(self._weights[at].sum()) + float(self._of_vector @ vector)
        return float(1 / (1 + np.exp(-score)))

    def arrays(self) -> dict[str, NDArray[Any]]:
        """The classifier as plain arrays, for `of_arrays`."""
        return {
            "names": self._packed,
            "weights": self._weights,
            "of_vector": self._of_vector,
            "bias": np.array([self._bias], dtype=np.float32),
        }

    @classmethod
    def of_arrays(cls, kept: Mapping[str, NDArray[Any]]) -> MentionReader:
        """The classifier whose `arrays` these are."""
        return cls(kept["names"], kept["weights"], kept["of_vector"], float(kept["bias"][0]))


def vectors(embedding: SentenceEmbedding, plain: Plain, spans: Sequence[Span]) -> list[Array]:
    """What the encoder makes of places in plain words; nought beyond the end of what it reads."""
    if not spans:
        return []
    tokens = embedding.tokens(plain.original)
    places = np.array(tokens.places)
    out = []
    for span in spans:
        start, end = plain.span(*span)
        within = (places[:, 0] < end) & (places[:, 1] > start) & (places[:, 1] > places[:, 0])
        vector = tokens.vectors[within].sum(axis=0)
        out.append((vector / max(float(np.linalg.norm(vector)), 1e-9)).astype(np.float32))
    return out


def _often(rows: Iterable[Sequence[str]]) -> list[str]:
    seen = Counter(name for row in rows for name in row)
    return sorted(name for name, often in seen.items() if often >= SEEN_IN)
