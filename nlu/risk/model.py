"""The learned half of the recogniser: how likely a message is risk, how grave, of which kind.

Two views of a text are joined: what it means (support vectors over the sentence embedding) and
how it is written (linear weights over words and letter groups). A long message is read in
windows; the quick second view reads all of them, the embedding those that it fears most.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]
from sklearn.pipeline import FeatureUnion  # type: ignore[import-untyped]
from sklearn.svm import SVC  # type: ignore[import-untyped]

from nlu.embedding import SentenceEmbedding, Vectors
from nlu.risk.answer import CATEGORIES, EMERGENCY, NONE, URGENT, Answer, Evidence
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
    kind: float = 0.3


@dataclass
class TwoViews:
    """A yes-or-no classifier over both views, joined by a calibrating logistic curve."""

    svm: Any = field(default_factory=lambda: SVC(C=3.0, gamma=2.0, class_weight="balanced"))
    linear: Any = field(
        default_factory=lambda: LogisticRegression(C=10.0, max_iter=400, class_weight="balanced")
    )
    curve: Any = field(default_factory=lambda: LogisticRegression(C=1.0))

    def fit(self, meaning: Vectors, letters: Any, truth: Floats) -> None:
        """Learn both views; the curve is fitted apart, on texts that were not learnt from."""
        self.svm.fit(meaning, truth)
        self.linear.fit(letters, truth)

    def margins(self, meaning: Vectors, letters: Any) -> Floats:
        """The scores of both views, one column each."""
        return np.column_stack(
            [self.svm.decision_function(meaning), self.linear.decision_function(letters)]
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
        texts = windows(reading, question)
        if not any(texts):
            return Answer(NONE)
        letters = self.letters.transform(texts)
        if len(texts) > EMBEDDED:
            feared = np.argsort(-self.risk.linear.decision_function(letters))[:EMBEDDED]
            texts, letters = [texts[at] for at in feared], letters[feared]
        meaning = embedding.embed(texts)
        risk = self.risk.probability(meaning, letters)
        emergency = self.emergency.probability(meaning, letters)
        worst = int(np.argmax(risk))
        if risk[worst] < self.thresholds.risk:
            return Answer(NONE)
        grave = emergency[risk >= self.thresholds.risk].max() >= self.thresholds.emergency
        said = Evidence(texts[worst], "model", round(float(risk[worst]), 3))
        kinds = self.kinds_of(meaning[worst : worst + 1])
        return Answer(EMERGENCY if grave else URGENT, kinds, (said,))

    def kinds_of(self, meaning: Vectors) -> tuple[str, ...]:
        """The likely categories of one text, the likeliest always."""
        chances = self.kinds.predict_proba(meaning)[0]
        order = np.argsort(-chances)[:KINDS_GIVEN]
        return tuple(
            self.kinds.classes_[at]
            for rank, at in enumerate(order)
            if rank == 0 or chances[at] >= self.thresholds.kind
        )


def letter_view() -> FeatureUnion:
    """Words, word pairs and triples, and groups of letters within words."""
    words = TfidfVectorizer(ngram_range=(1, 3), sublinear_tf=True, min_df=2, token_pattern=r"\w+")
    groups = TfidfVectorizer(
        analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, min_df=2
    )
    return FeatureUnion([("words", words), ("groups", groups)])


def kind_classifier() -> Any:
    """Learns the main category of a risk from its embedding."""
    return LogisticRegression(C=10.0, max_iter=400, class_weight="balanced")


__all__ = ["CATEGORIES", "Model", "Sequence", "Thresholds", "TwoViews", "kind_classifier", "letter_view"]
