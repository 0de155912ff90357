"""What a message means: an intent, and for `tell` the crime type, learned from nlu/en/."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import scipy.sparse
from numpy.typing import NDArray
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

from nlu.ngrams import Ngrams

Array = NDArray[np.float32]

# Chosen by cross-validation on nlu/en/: 0.71 of the labels right with the embedding alone,
# 0.68 with the n-grams alone, 0.78 with both.
EMBEDDING_SHARE = 1.5
LOOSENESS = 0.5
TOLERANCE = 1e-3
SHARPNESS = np.arange(2.0, 8.1, 0.5)
FOLDS = 3
# Examples of one hand resemble each other more than a stranger's message resembles them:
# odds that are true of left-out examples are too bold by about this much.
CAUTION = 0.75
ASKED_SHARE = 0.7
ASKED = "asked_"
STORED = np.float16


@dataclass(frozen=True)
class Meaning:
    """A label of the contract (`tell/burglary`, `affirm`) and how sure we are of it, 0 to 1."""

    label: str
    confidence: float

    @property
    def intent(self) -> str:
        """The label without its crime type."""
        return intent_of(self.label)


@dataclass(frozen=True)
class Weights:
    """One row of weights a label for the embedding, one column a label for the n-grams.

    Those of the n-grams are many and each of little weight: half of a float holds them.
    ``asked`` holds what an embedding says over and above that when it answers a question.
    """

    embedding: Array
    ngrams: NDArray[np.float16]
    bias: Array
    asked: Mapping[str, Array]


class MeaningReader:
    """A linear classifier over the sentence embedding and the wording of a message."""

    def __init__(self, labels: Sequence[str], ngrams: Ngrams, weights: Weights) -> None:
        self.labels = list(labels)
        self._ngrams = ngrams
        self._weights = weights
        self._intents = [intent_of(label) for label in self.labels]

    @classmethod
    def train(
        cls,
        texts: Sequence[str],
        labels: Sequence[str],
        embedded: Array,
        questions: Sequence[str | None] = (),
    ) -> MeaningReader:
        """Learn from examples. Needs three labels or more, and three examples of each.

        ``embedded`` holds the embedding of each text, a row a text; ``questions`` says which of
        them answer a question.
        """
        ngrams = Ngrams.learn(texts, questions)
        asked = sorted({question for question in questions if question})
        vectors = scipy.sparse.csr_matrix(embedded * EMBEDDING_SHARE)
        blocks = [vectors, *_by_question(vectors, asked, questions)]
        features = scipy.sparse.hstack([*blocks, ngrams.matrix(texts, questions)]).tocsr()
        model = LinearSVC(C=LOOSENESS, tol=TOLERANCE, random_state=0)
        scale = CAUTION * _sharpness(model, features, np.array(labels))
        model.fit(features, labels)
        rows = (model.coef_ * scale).astype(np.float32)
        bias = (model.intercept_ * scale).astype(np.float32)
        width = embedded.shape[1]
        whole, *parts, of_ngrams = np.split(
            rows, [width * number for number in range(1, len(blocks) + 1)], axis=1
        )
        by_question = {
            question: part * EMBEDDING_SHARE * ASKED_SHARE
            for question, part in zip(asked, parts, strict=True)
        }
        weights = Weights(
            whole * EMBEDDING_SHARE, of_ngrams.T.astype(STORED, order="C"), bias, by_question
        )
        return cls(list(model.classes_), ngrams, weights)

    def rank(
        self,
        text: str,
        vector: Array,
        likelier: Mapping[str, float] | None = None,
        question: str | None = None,
    ) -> list[Meaning]:
        """All labels for a text and its embedding, the likeliest first.

        ``likelier`` says how many times likelier than usual some intents are, ``question`` what
        the text answers.
        """
        weights = self._weights
        asked = weights.asked.get(question or "")
        at, by = self._ngrams.row(text, question if asked is not None else None)
        worded = by @ weights.ngrams[at].astype(np.float32)
        scores = weights.embedding @ vector + worded + weights.bias
        if asked is not None:
            scores = scores + asked @ vector
        odds = np.exp(scores - scores.max())
        if likelier:
            odds *= [likelier.get(intent, 1.0) for intent in self._intents]
        ranked = sorted(zip(self.labels, odds / odds.sum(), strict=True), key=_less_sure)
        return [Meaning(label, float(odd)) for label, odd in ranked]

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of the examples."""
        return self._ngrams.words()

    def arrays(self) -> dict[str, NDArray[Any]]:
        """The classifier as plain arrays, for `of_arrays`."""
        weights = self._weights
        return {
            "labels": np.array(self.labels),
            "names": self._ngrams.packed,
            "rarity": self._ngrams.rarity,
            "embedding": weights.embedding,
            "ngrams": weights.ngrams,
            "bias": weights.bias,
            **{f"{ASKED}{name}": of.astype(STORED) for name, of in weights.asked.items()},
        }

    @classmethod
    def of_arrays(cls, kept: Mapping[str, NDArray[Any]]) -> MeaningReader:
        """The classifier whose `arrays` these are."""
        asked = {
            name[len(ASKED) :]: weights.astype(np.float32)
            for name, weights in kept.items()
            if name.startswith(ASKED)
        }
        weights = Weights(kept["embedding"], kept["ngrams"], kept["bias"], asked)
        labels = [str(label) for label in kept["labels"]]
        return cls(labels, Ngrams(kept["names"], kept["rarity"]), weights)


def intent_of(label: str) -> str:
    """The intent of a label: what stands before its crime type."""
    return label.partition("/")[0]


def by_intent(ranked: Iterable[Meaning], means: Mapping[str, str] | None = None) -> list[Meaning]:
    """Ranked labels as ranked intents: what the labels of one intent say together.

    ``means`` names intents that count as another one.
    """
    sums: dict[str, float] = {}
    for meaning in ranked:
        intent = (means or {}).get(meaning.intent, meaning.intent)
        sums[intent] = sums.get(intent, 0.0) + meaning.confidence
    return [Meaning(*pair) for pair in sorted(sums.items(), key=_less_sure)]


def _by_question(
    vectors: scipy.sparse.csr_matrix, asked: Sequence[str], questions: Sequence[str | None]
) -> Iterator[scipy.sparse.csr_matrix]:
    """For each question the vectors of its answers, with nothing in the rows of others."""
    for one in asked:
        answers = np.array([ASKED_SHARE * (question == one) for question in questions])
        block = scipy.sparse.diags(answers) @ vectors
        block.eliminate_zeros()
        yield block


def _less_sure(pair: tuple[str, float]) -> float:
    return -pair[1]


def _sharpness(
    model: LinearSVC, features: scipy.sparse.csr_matrix, labels: NDArray[np.str_]
) -> float:
    """What margins are to be multiplied with so that, as exponents, they are true odds.

    Margins are not probabilities; those of examples that were left out of the training tell
    how far they can be trusted (temperature scaling, Guo and others 2017).
    """
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=0)
    learned, left_out = next(folds.split(features, labels))
    model.fit(features[learned], labels[learned])
    margins = model.decision_function(features[left_out])
    told = np.searchsorted(model.classes_, labels[left_out])
    return float(min(SHARPNESS, key=lambda scale: _surprise(margins * scale, told)))


def _surprise(scores: NDArray[np.float64], told: NDArray[np.int64]) -> float:
    logs = scores - scores.max(axis=1, keepdims=True)
    logs -= np.log(np.exp(logs).sum(axis=1, keepdims=True))
    return -float(logs[np.arange(len(told)), told].mean())
