"""The quick linear classifiers say what scikit-learn's say."""

from __future__ import annotations

from typing import Any

import joblib  # type: ignore[import-untyped]
import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from nlu.risk.artefact import DEFAULT_FOLDER, FILE
from nlu.risk.lines import Lines

TEXTS = ["he said he will kill me if i leave", "my bike was stolen", "", "help " * 200]


@pytest.fixture(scope="module")
def model() -> Any:
    return joblib.load(DEFAULT_FOLDER / FILE)


def test_yes_or_no_from_words(model: Any) -> None:
    rows = model.letters.transform(TEXTS)
    for learned in (model.risk.linear, model.emergency.linear):
        assert np.allclose(
            Lines(learned).decision_function(rows), learned.decision_function(rows), atol=1e-12
        )


def test_curves(model: Any) -> None:
    for learned in (model.risk.curve, model.emergency.curve):
        rows = np.linspace(-30, 30, 12).reshape(-1, learned.coef_.shape[1])
        assert np.allclose(Lines(learned).predict_proba(rows), learned.predict_proba(rows))


def test_kinds(model: Any) -> None:
    rows, ours = model.letters.transform(TEXTS), Lines(model.kinds)
    assert list(ours.classes_) == list(model.kinds.classes_)
    assert np.allclose(ours.predict_proba(rows), model.kinds.predict_proba(rows))


def test_classes_that_are_weighed_together_are_refused() -> None:
    learned = LogisticRegression().fit(np.eye(3), [0, 1, 2])
    with pytest.raises(ValueError, match="against the rest"):
        Lines(learned)
