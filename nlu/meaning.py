"""What a message means: an intent, and for `tell` the crime type, learned from nlu/en/."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from nlu.embedding import SentenceEmbedding

ASK_PERSON = "ask_person"
SURE_OF_A_WISH = 0.6  # a clause that asks for a person outweighs what else a message says
CLAUSES = 4
_CLAUSE_ENDS = re.compile(r"[.!?;,\n]+\s*|\s+(?:and|but|about|because|cos)\s+", re.IGNORECASE)


@dataclass(frozen=True)
class Meaning:
    """A label of the contract (`tell/burglary`, `affirm`) and how sure we are of it, 0 to 1."""

    label: str
    confidence: float

    @property
    def intent(self) -> str:
        """The label without its crime type."""
        return self.label.partition("/")[0]


class MeaningReader:
    """A linear classifier over the sentence embedding; one row of weights a label."""

    def __init__(
        self, labels: Sequence[str], weights: NDArray[np.float64], bias: NDArray[np.float64]
    ) -> None:
        self.labels = list(labels)
        self._weights = weights
        self._bias = bias
        self._intents = [label.partition("/")[0] for label in self.labels]

    @classmethod
    def train(
        cls, texts: Sequence[str], labels: Sequence[str], embedding: SentenceEmbedding
    ) -> MeaningReader:
        """Learn from examples. Needs at least two labels."""
        # The vectors are of unit length: a weak regularisation lets the weights grow to them.
        model = LogisticRegression(C=20.0, max_iter=1000, class_weight="balanced")
        model.fit(embedding.embed(texts), labels)
        return cls(list(model.classes_), model.coef_, model.intercept_)

    def rank(self, vector: NDArray[np.float32]) -> list[Meaning]:
        """All labels for one embedded text, the likeliest first."""
        scores = self._weights @ vector + self._bias
        odds = np.exp(scores - scores.max())
        odds /= odds.sum()
        ranked = sorted(zip(self.labels, odds, strict=True), key=lambda pair: -pair[1])
        return [Meaning(label, float(odd)) for label, odd in ranked]

    def intents(self, ranked: Sequence[Meaning]) -> list[Meaning]:
        """The same by intent: what the labels of one intent say together."""
        sums: dict[str, float] = {}
        for meaning in ranked:
            sums[meaning.intent] = sums.get(meaning.intent, 0.0) + meaning.confidence
        return [Meaning(*pair) for pair in sorted(sums.items(), key=lambda pair: -pair[1])]

    def asks_for_person(self, clauses: Sequence[NDArray[np.float32]]) -> bool:
        """Whether one of these embedded clauses surely asks for a human."""
        best = (self.intents(self.rank(clause))[0] for clause in clauses)
        return any(one.intent == ASK_PERSON and one.confidence >= SURE_OF_A_WISH for one in best)

    def save(self, path: Path) -> None:
        """Keep the classifier in one file."""
        np.savez(path, labels=np.array(self.labels), weights=self._weights, bias=self._bias)

    @classmethod
    def load(cls, path: Path) -> MeaningReader:
        """The classifier that `save` kept."""
        with np.load(path) as kept:
            return cls([str(label) for label in kept["labels"]], kept["weights"], kept["bias"])


def clauses_of(text: str) -> list[str]:
    """The first clauses of a message that has more than one; empty for a simple one."""
    clauses = [part for part in _CLAUSE_ENDS.split(text) if len(part.split()) > 1]
    return clauses[:CLAUSES] if len(clauses) > 1 else []
