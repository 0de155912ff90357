"""Which of the times that a message names is that of what happened, learned from tellings.

`On Friday she told me that he hit her at Easter`: the words around a time decide, and what the
sentence encoder makes of the time among all others. Rules decide for answers to a question
(nlu/facts/dates/context.py); in a telling they only say how sure the classifier must be.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import scipy.sparse
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from nlu.embedding import SentenceEmbedding
from nlu.examples import Told
from nlu.facts import dates
from nlu.facts.dates import Named, around
from nlu.facts.plain import Plain, plain_of
from nlu.vocabulary import Vocabulary, hashed

Array = NDArray[np.float32]

# Chosen by cross-validation on nlu/examples/told.jsonl (four parts, each text in one).
EMBEDDING_SHARE = 1.5
WORDS_SHARE = 0.35
LOOSENESS = 1.0
WRITTEN_ON = date(2026, 11, 30)  # the day on which the tellings were written
SEEN_IN = 2  # times around which a name must stand to count


class TimeReader:
    """A logistic regression over the encoder's view of a time and the words around it."""

    def __init__(self, packed: NDArray[np.uint8], weights: Array, of_vector: Array, bias: float):
        self._packed = packed
        self._weights = weights
        self._of_vector = of_vector
        self._bias = bias
        self._known = Vocabulary(packed.tobytes().decode().split("\n"), len(weights))

    @classmethod
    def train(cls, told: Iterable[Told], embedding: SentenceEmbedding) -> TimeReader:
        """Learn from the tellings whose times are marked."""
        rows: list[list[str]] = []
        vectors: list[Array] = []
        labels: list[bool] = []
        for one in told:
            plain = plain_of(one.text)
            times = dates.times(plain.text, WRITTEN_ON, answering=False) if one.times else []
            seen = _vectors(embedding, plain, times)
            for time, vector in zip(times, seen, strict=True):
                of_deed = _label(one, *plain.span(time.start, time.end))
                if of_deed is not None:
                    rows.append(around.names(plain.text, time, times))
                    vectors.append(vector)
                    labels.append(of_deed)
        return cls._fitted(rows, np.stack(vectors), labels)

    @classmethod
    def _fitted(
        cls, rows: Sequence[Sequence[str]], vectors: Array, labels: Sequence[bool]
    ) -> TimeReader:
        known = _often(rows)
        at = {name: number for number, name in enumerate(known)}
        columns = [[at[name] for name in row if name in at] for row in rows]
        flat = np.array([number for row in columns for number in row], dtype=np.int32)
        values = np.full(len(flat), WORDS_SHARE, dtype=np.float32)
        ends = np.cumsum([0, *map(len, columns)])
        words = scipy.sparse.csr_matrix((values, flat, ends), (len(rows), len(known)))
        states = scipy.sparse.csr_matrix(vectors * EMBEDDING_SHARE)
        model = LogisticRegression(C=LOOSENESS, max_iter=300, solver="liblinear")
        model.fit(scipy.sparse.hstack([states, words]).tocsr(), labels)
        of_states, of_words = np.split(model.coef_[0].astype(np.float32), [vectors.shape[1]])
        return cls(
            np.frombuffer("\n".join(known).encode(), dtype=np.uint8),
            of_words * WORDS_SHARE,
            of_states * EMBEDDING_SHARE,
            float(model.intercept_[0]),
        )

    def read(
        self, embedding: SentenceEmbedding, plain: Plain, times: Sequence[Named]
    ) -> list[float]:
        """How likely each time of a telling is that of what happened, 0 to 1, in order."""
        seen = _vectors(embedding, plain, times)
        return [
            self._odds(around.names(plain.text, time, times), vector)
            for time, vector in zip(times, seen, strict=True)
        ]

    def _odds(self, names: Sequence[str], vector: Array) -> float:
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
    def of_arrays(cls, kept: Mapping[str, NDArray[Any]]) -> TimeReader:
        """The classifier whose `arrays` these are."""
        return cls(kept["names"], kept["weights"], kept["of_vector"], float(kept["bias"][0]))


def _label(told: Told, start: int, end: int) -> bool | None:
    """Whether the time that stands there is marked as that of what happened; None: not marked."""
    marks = [mark.of_deed for mark in told.times if mark.start < end and start < mark.end]
    return any(marks) if marks else None


def _often(rows: Iterable[Sequence[str]]) -> list[str]:
    seen = Counter(name for row in rows for name in row)
    return sorted(name for name, often in seen.items() if often >= SEEN_IN)


def _vectors(embedding: SentenceEmbedding, plain: Plain, times: Sequence[Named]) -> list[Array]:
    """What the encoder makes of each time; nought beyond the end of what it reads."""
    if not times:
        return []
    tokens = embedding.tokens(plain.original)
    places = np.array(tokens.places)
    out = []
    for time in times:
        start, end = plain.span(time.start, time.end)
        within = (places[:, 0] < end) & (places[:, 1] > start) & (places[:, 1] > places[:, 0])
        vector = tokens.vectors[within].sum(axis=0)
        out.append((vector / max(float(np.linalg.norm(vector)), 1e-9)).astype(np.float32))
    return out
