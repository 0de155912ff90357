"""Linear classifiers at work: what scikit-learn's logistic regressions give, without its checks.

It looks through every array again for each of the five questions that a message is asked. Training
keeps to scikit-learn's.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class Lines:
    """A fitted logistic regression of two classes, or of several each against the rest."""

    def __init__(self, learned: Any) -> None:
        """Take over what was learned. Raises ValueError where classes are weighed together."""
        many = len(learned.classes_) > 2
        if many and learned.solver != "liblinear":
            raise ValueError("several classes have to be learned each against the rest")
        self.classes_ = learned.classes_
        self._weights: Floats = np.ascontiguousarray(learned.coef_.T)
        self._bias: Floats = learned.intercept_

    def decision_function(self, rows: Any) -> Floats:
        """A score a row, of several classes one a class; `rows` are dense or sparse."""
        scores: Floats = rows @ self._weights + self._bias
        return scores[:, 0] if scores.shape[1] == 1 else scores

    def predict_proba(self, rows: Any) -> Floats:
        """The chance of each class, a row each."""
        chances = 1 / (1 + np.exp(-self.decision_function(rows)))
        if chances.ndim == 1:
            return np.column_stack([1 - chances, chances])
        return np.asarray(chances / chances.sum(axis=1, keepdims=True))
