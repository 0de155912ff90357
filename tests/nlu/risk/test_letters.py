"""The quick letter view has the columns and weights of the one that was trained."""

from __future__ import annotations

import joblib  # type: ignore[import-untyped]
import numpy as np
import pytest

from nlu.risk.artefact import DEFAULT_FOLDER, FILE
from nlu.risk.letters import Letters

TEXTS = [
    "he said he will kill me if i leave",
    "HE HIT ME AGAIN!!! 999 £5 at 10pm",
    "",
    "!!! ???",
    "qzxqz",
    "he hit me . " * 300,
    "Größe straße naïve 你好 سلام",
    "how can we help you ? ok",
]


@pytest.fixture(scope="module")
def learned() -> object:
    return joblib.load(DEFAULT_FOLDER / FILE).letters


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_each_text_is_read_alike(learned: object, text: str) -> None:
    theirs, ours = learned.transform([text]), Letters(learned).transform([text])  # type: ignore[attr-defined]
    assert theirs.shape == ours.shape
    assert np.allclose(theirs.toarray(), ours.toarray(), rtol=0, atol=1e-14)


def test_many_texts_are_read_at_once(learned: object) -> None:
    theirs, ours = learned.transform(TEXTS), Letters(learned).transform(TEXTS)  # type: ignore[attr-defined]
    assert np.allclose(theirs.toarray(), ours.toarray(), rtol=0, atol=1e-14)
