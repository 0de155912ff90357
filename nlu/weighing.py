"""Weighs all signs of a fact in a whole message: its words, the rules that fit, other readers.

Rules and readers of clauses know their own sign only; what they are worth beside each other is
learned here, from messages of which every fact is known (nlu/examples/told.jsonl).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from nlu.facts.model import Odds
from nlu.facts.plain import Plain
from nlu.facts.rulebook import rulebook
from nlu.meaning import Meaning
from nlu.ngrams import Ngrams

Array = NDArray[np.float32]
Pair = tuple[str, float]

CRIME = "crime_type"
RULES = ("role", "reported", "repeated", CRIME)
FACTS = ("role", CRIME, "reported", "repeated")
LABEL, WHOLE = "label", "whole reported"  # odds of the whole message that nobody else reads
# Chosen by cross-validation on told.jsonl.
EMBEDDING_SHARE = 1.5
LOOSENESS = 3.0
ROUNDS = 1000
LEAST = 0.01  # odds below it are no sign


@dataclass(frozen=True)
class Judge:
    """The weights of one fact: a row a label, a column a feature."""

    labels: Sequence[str]
    weights: Array
    bias: Array

    def rank(self, at: NDArray[np.int64], by: Array) -> list[Pair]:
        """All labels with their odds, the likeliest first."""
        scores = self.weights[:, at] @ by + self.bias
        odds = np.exp(scores - scores.max())
        pairs = zip(self.labels, (float(odd) for odd in odds / odds.sum()), strict=True)
        return sorted(pairs, key=_less_sure)


class Weigher:
    """For each fact of `FACTS` a logistic regression over everything that may be a sign of it."""

    def __init__(self, ngrams: Ngrams, signs: Sequence[str], judges: Mapping[str, Judge]) -> None:
        self._ngrams = ngrams
        self._signs = list(signs)
        self._places = {sign: at for at, sign in enumerate(self._signs)}
        self._judges = judges

    @classmethod
    def train(
        cls,
        texts: Sequence[str],
        vectors: Array,
        signs: Sequence[Mapping[str, float]],
        facts: Mapping[str, Sequence[str]],
    ) -> Weigher:
        """Learn from whole messages, their embeddings, their signs and each one's label a fact.

        Needs three labels or more of each fact.
        """
        names = sorted({name for one in signs for name in one})
        weigher = cls(Ngrams.learn_words(texts), names, {})
        rows = [weigher._row(*one) for one in zip(texts, vectors, signs, strict=True)]
        features = _matrix(rows, weigher._width(vectors.shape[1]))
        judges = {name: _judge(features, labels) for name, labels in facts.items()}
        return cls(weigher._ngrams, names, judges)

    def weigh(self, text: str, vector: Array, signs: Mapping[str, float]) -> dict[str, list[Pair]]:
        """For each fact its values and how likely each is, the likeliest first."""
        row = self._row(text, vector, signs)
        return {name: judge.rank(*row) for name, judge in self._judges.items()}

    def arrays(self) -> dict[str, NDArray[Any]]:
        """The weigher as plain arrays, for `of_arrays`."""
        kept: dict[str, NDArray[Any]] = {
            "names": _packed(self._ngrams.names),
            "rarity": self._ngrams.rarity,
            "signs": _packed(self._signs),
        }
        for name, judge in self._judges.items():
            kept[f"labels_{name}"] = np.array(judge.labels)
            kept[f"weights_{name}"] = judge.weights.astype(np.float16)
            kept[f"bias_{name}"] = judge.bias
        return kept

    @classmethod
    def of_arrays(cls, kept: Mapping[str, NDArray[Any]]) -> Weigher:
        """The weigher whose `arrays` these are."""
        judges = {
            name: Judge(
                [str(label) for label in kept[f"labels_{name}"]],
                kept[f"weights_{name}"].astype(np.float32),
                kept[f"bias_{name}"],
            )
            for name in FACTS
        }
        return cls(
            Ngrams(_unpacked(kept["names"]), kept["rarity"]), _unpacked(kept["signs"]), judges
        )

    def _row(
        self, text: str, vector: Array, signs: Mapping[str, float]
    ) -> tuple[NDArray[np.int64], Array]:
        """The places of a message's features and their values: embedding, signs, n-grams."""
        width = len(vector)
        known = [(self._places[name], by) for name, by in signs.items() if name in self._places]
        signed = np.array([at for at, _ in known], dtype=np.int64)
        at, by = self._ngrams.row(text)
        strong = np.array([by for _, by in known], dtype=np.float32)
        places = [np.arange(width), width + signed, width + len(self._signs) + at]
        return np.concatenate(places), np.concatenate([vector * EMBEDDING_SHARE, strong, by])

    def _width(self, dimension: int) -> int:
        return dimension + len(self._signs) + len(self._ngrams.names)


def signs_of(text: str, intents: Sequence[Meaning], odds: Odds) -> dict[str, float]:
    """What rules and readers say of a message, by name: 1 or the root of the odds."""
    signs = dict(_fitting(Plain(text)))
    for meaning in intents:
        if meaning.confidence >= LEAST:
            signs[f"means {meaning.label}"] = float(np.sqrt(meaning.confidence))
    for name, ranked in odds.items():
        total = sum(odd for _, odd in ranked) if name == CRIME else 1.0
        for label, odd in reversed(ranked):  # of a label said twice, the surest stays
            if odd >= LEAST:
                signs[f"{name} {label}"] = float(np.sqrt(odd / total))
    return signs


def _fitting(plain: Plain) -> Iterator[Pair]:
    """Every group of rules that fits, and the value of the first of each field."""
    for name in RULES:
        for number, hit in enumerate(rulebook(name).hits(plain)):
            yield f"{name} rule {hit.group.name}", 1.0
            if number == 0:
                yield f"{name} ruled {hit.group.value}", 1.0


def _judge(features: scipy.sparse.csr_matrix, labels: Sequence[str]) -> Judge:
    model = LogisticRegression(C=LOOSENESS, max_iter=ROUNDS).fit(features, labels)
    weights, bias = model.coef_.astype(np.float32), model.intercept_.astype(np.float32)
    return Judge([str(label) for label in model.classes_], weights, bias)


def _matrix(
    rows: Sequence[tuple[NDArray[np.int64], Array]], width: int
) -> scipy.sparse.csr_matrix:
    ends = np.cumsum([0, *(len(at) for at, _ in rows)])
    columns = np.concatenate([at for at, _ in rows])
    values = np.concatenate([by for _, by in rows])
    return scipy.sparse.csr_matrix((values, columns, ends), (len(rows), width))


def _packed(names: Sequence[str]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(names).encode(), dtype=np.uint8)


def _unpacked(kept: NDArray[Any]) -> list[str]:
    return kept.tobytes().decode().split("\n")


def _less_sure(pair: Pair) -> float:
    return -pair[1]
