"""The learned half of the recogniser: how likely a message is risk, how grave, of which kind.

Two views of a text are joined: the encoder that was tuned for risk, and how the text is written
(linear weights over words and letter groups). A long message is read in windows; the quick second
view reads all of them, the encoder those that it fears most.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion

from nlu.risk.answer import CATEGORIES, EMERGENCY, NONE, URGENT, Answer, Evidence
from nlu.risk.encoder import Heard, RiskEncoder, Said
from nlu.risk.questions import with_question
from nlu.risk.reading import Reading
from nlu.risk.thresholds import (
    ALARM_FROM,
    ALARM_WITH,
    EMERGENCY_FROM,
    KIND_FROM,
    LONG_RISK_FROM,
    RISK_FROM,
)
from nlu.risk.windows import windows

Floats = NDArray[np.float64]
# How much each view counts (encoder, letters). For risk the weights are fixed: those learnt from
# the left-out training messages lean on the encoder, which knows these writers' ways better than
# other writers'. For emergencies the curve weighs the views itself.
RISK_BLEND = np.array([[0.3], [0.4]])
EMERGENCY_BLEND = np.eye(2)
READ = 2  # windows of a long message that the encoder reads
KINDS_GIVEN = 3


@dataclass
class Views:
    """A yes-or-no classifier over all views, joined by a calibrating logistic curve."""

    linear: Any
    blend: Floats
    curve: Any = None

    @classmethod
    def learn(cls, letters: Any, truth: Floats, blend: Floats) -> Views:
        """Learn the letters; the curve is fitted apart, on texts that were not learnt from."""
        linear = LogisticRegression(C=10.0, solver="liblinear", class_weight="balanced")
        return cls(linear.fit(letters, truth), blend)

    def columns(self, letters: Any, tuned: Floats) -> Floats:
        """The scores of both views, blended: what the curve reads."""
        views = [tuned, self.linear.decision_function(letters)]
        return np.asarray(np.column_stack(views) @ self.blend)

    def probability(self, letters: Any, tuned: Floats) -> Floats:
        """The calibrated probability of yes."""
        return np.asarray(self.curve.predict_proba(self.columns(letters, tuned))[:, 1])


@dataclass(frozen=True)
class Windows:
    """The windows of a message that were read in full, and how likely each is what."""

    texts: list[str]
    risk: Floats
    emergency: Floats
    kinds: Floats  # the chance of each category, in the order of CATEGORIES


@dataclass
class Model:
    """The classifiers of risk, of emergency and of the kinds of risk."""

    letters: FeatureUnion
    risk: Views
    emergency: Views
    kinds: Any

    def read(self, reading: Reading, question: str | None, encoder: RiskEncoder) -> Windows | None:
        """The windows of a message with their probabilities; None of an empty message."""
        texts = windows(reading)
        if not any(texts):
            return None
        letters = self.letters.transform([with_question(question, text) for text in texts])
        if len(texts) > READ:
            feared = np.argsort(-self.risk.linear.decision_function(letters))[:READ]
            texts, letters = [texts[at] for at in feared], letters[feared]
        said = encoder.read([Heard(text, question) for text in texts])
        return Windows(
            texts,
            self.risk.probability(letters, tuned_risk(said)),
            self.emergency.probability(letters, tuned_emergency(said)),
            self._kinds(said, letters),
        )

    def _kinds(self, said: Said, letters: Any) -> Floats:
        """The chance of each category: what the encoder and the letters say, halved."""
        chances = np.zeros(said.kinds.shape)
        places = [CATEGORIES.index(name) for name in self.kinds.classes_]
        chances[:, places] = self.kinds.predict_proba(letters)
        return np.asarray((chances + 1 / (1 + np.exp(-said.kinds))) / 2)

    def answer(self, read: Windows | None) -> Answer:
        """What the model makes of a message, with the window that it fears most as evidence."""
        if read is None:
            return Answer(NONE)
        least = RISK_FROM if len(read.texts) == 1 else LONG_RISK_FROM
        grave = (read.emergency >= ALARM_FROM) & (read.risk >= ALARM_WITH)
        alarming = (read.risk >= least) | grave
        if not alarming.any():
            return Answer(NONE)
        worst = int(np.argmax(read.risk + alarming))
        now = read.emergency[alarming].max() >= EMERGENCY_FROM
        said = Evidence(read.texts[worst], "model", round(float(read.risk[worst]), 3))
        kinds = kinds_of(read.kinds[worst], KIND_FROM)
        return Answer(EMERGENCY if now else URGENT, kinds, (said,))


def tuned_risk(said: Said) -> Floats:
    """The encoder's log-odds of any risk."""
    risk = np.logaddexp(said.disposition[:, 1], said.disposition[:, 2])
    return np.asarray(risk - said.disposition[:, 0], dtype=np.float64)


def tuned_emergency(said: Said) -> Floats:
    """The encoder's log-odds of an emergency."""
    other = np.logaddexp(said.disposition[:, 0], said.disposition[:, 1])
    return np.asarray(said.disposition[:, 2] - other, dtype=np.float64)


def kinds_of(chances: Floats, threshold: float) -> tuple[str, ...]:
    """The likely categories of one text, the likeliest always."""
    order = np.argsort(-chances)[:KINDS_GIVEN]
    return tuple(
        CATEGORIES[at] for rank, at in enumerate(order) if rank == 0 or chances[at] >= threshold
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
    """Learns the main category of a risk from letters."""
    return LogisticRegression(C=10.0, solver="liblinear")
