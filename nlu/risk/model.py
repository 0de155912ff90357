"""The learned half of the recogniser: how likely a message is risk, how grave, of which kind.

Two views of a text are joined: what it means (support vectors over the sentence embedding) and
how it is written (linear weights over words and letter groups). A long message is read in
windows; the quick second view reads all of them, the embedding those that it fears most.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack  # type: ignore[import-untyped]
from sklearn.feature_extraction.text import TfidfVectorizer  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]
from sklearn.pipeline import FeatureUnion  # type: ignore[import-untyped]
from sklearn.svm import SVC  # type: ignore[import-untyped]

from nlu.embedding import SentenceEmbedding, Vectors
from nlu.risk.answer import EMERGENCY, NONE, URGENT, Answer, Evidence
from nlu.risk.reading import Reading
from nlu.risk.windows import windows

Floats = NDArray[np.float64]
EMBEDDED = 3  # windows of a long message that the embedding reads
KINDS_GIVEN = 3


@dataclass(frozen=True)
class Thresholds:
    """From which probability the model raises the alarm."""

    risk: float = 0.5
    emergency: float = 0.5
    kind: float = 0.06


@dataclass(frozen=True)
class Kernel:
    """A trained support-vector machine over unit vectors, as one matrix product."""

    vectors: Vectors
    weights: Floats
    bias: float
    gamma: float

    @classmethod
    def learn(cls, meaning: Vectors, truth: Floats, gamma: float = 2.0) -> Kernel:
        """Learn to tell 1 from 0 by the distances of unit vectors."""
        svm = SVC(C=3.0, gamma=gamma, class_weight="balanced").fit(meaning, truth)
        vectors = svm.support_vectors_.astype(np.float32)
        return cls(vectors, svm.dual_coef_[0], float(svm.intercept_[0]), gamma)

    def margin(self, meaning: Vectors) -> Floats:
        """How far each vector lies on the side of yes."""
        # the squared distance of unit vectors is 2 - 2 times their product
        near = np.exp(2 * self.gamma * (meaning @ self.vectors.T - 1))
        return np.asarray(near @ self.weights + self.bias)


@dataclass
class TwoViews:
    """A yes-or-no classifier over both views, joined by a calibrating logistic curve."""

    kernel: Kernel
    linear: Any
    curve: Any = None

    @classmethod
    def learn(cls, meaning: Vectors, letters: Any, truth: Floats) -> TwoViews:
        """Learn both views; the curve is fitted apart, on texts that were not learnt from."""
        linear = LogisticRegression(C=10.0, solver="liblinear", class_weight="balanced")
        return cls(Kernel.learn(meaning, truth), linear.fit(letters, truth))

    def margins(self, meaning: Vectors, letters: Any) -> Floats:
        """The scores of both views, one column each."""
        return np.column_stack(
            [self.kernel.margin(meaning), self.linear.decision_function(letters)]
        )

    def probability(self, meaning: Vectors, letters: Any) -> Floats:
        """The calibrated probability of yes."""
        return np.asarray(self.curve.predict_proba(self.margins(meaning, letters))[:, 1])


@dataclass
class Model:
    """The classifiers of risk, of emergency and of the kinds of risk."""

    letters: FeatureUnion
    risk: TwoViews
    emergency: TwoViews
    kinds: Any
    thresholds: Thresholds = Thresholds()

    def answer(
        self, reading: Reading, question: str | None, embedding: SentenceEmbedding
    ) -> Answer:
        """What the model makes of a message, with the window that it fears most as evidence."""
        read = self._read(reading, question, embedding)
        if read is None:
            return Answer(NONE)
        texts, letters, meaning, risk, emergency = read
        worst = int(np.argmax(risk))
        if risk[worst] < self.thresholds.risk:
            return Answer(NONE)
        grave = emergency[risk >= self.thresholds.risk].max() >= self.thresholds.emergency
        said = Evidence(texts[worst], "model", round(float(risk[worst]), 3))
        kinds = self.kinds_of(joined(letters, meaning)[worst])
        return Answer(EMERGENCY if grave else URGENT, kinds, (said,))

    def score(self, reading: Reading, question: str | None, embedding: SentenceEmbedding) -> float:
        """The probability that a message is risk."""
        read = self._read(reading, question, embedding)
        return float(read[3].max()) if read else 0.0

    def _read(
        self, reading: Reading, question: str | None, embedding: SentenceEmbedding
    ) -> tuple[list[str], Any, Vectors, Floats, Floats] | None:
        """The windows that were read in full, both views of them, and both probabilities."""
        texts = windows(reading, question)
        if not any(texts):
            return None
        letters = self.letters.transform(texts)
        if len(texts) > EMBEDDED:
            feared = np.argsort(-self.risk.linear.decision_function(letters))[:EMBEDDED]
            texts, letters = [texts[at] for at in feared], letters[feared]
        meaning = embedding.embed(texts)
        return (
            texts,
            letters,
            meaning,
            self.risk.probability(meaning, letters),
            self.emergency.probability(meaning, letters),
        )

    def kinds_of(self, row: Any) -> tuple[str, ...]:
        """The likely categories of one text (both views joined), the likeliest always."""
        chances = self.kinds.predict_proba(row)[0]
        order = np.argsort(-chances)[:KINDS_GIVEN]
        return tuple(
            self.kinds.classes_[at]
            for rank, at in enumerate(order)
            if rank == 0 or chances[at] >= self.thresholds.kind
        )


def letter_view() -> FeatureUnion:
    """Words, word pairs and triples, and groups of letters within words."""
    words = TfidfVectorizer(
        ngram_range=(1, 3),
        sublinear_tf=True,
        min_df=2,
        token_pattern=r"\w+",  # noqa: S106 - a pattern, no password
    )
    groups = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, min_df=2)
    return FeatureUnion([("words", words), ("groups", groups)])


def kind_classifier() -> Any:
    """Learns the main category of a risk from both views joined."""
    return LogisticRegression(C=10.0, solver="liblinear")


def joined(letters: Any, meaning: Vectors) -> Any:
    """Both views side by side, the embedding at the weight that measured best."""
    return hstack([letters, csr_matrix(2 * meaning)]).tocsr()
