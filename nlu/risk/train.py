"""Trains the model from `data/train/*.jsonl`, and does nothing when nothing has changed."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]
from sklearn.model_selection import StratifiedKFold  # type: ignore[import-untyped]

from nlu.embedding import SentenceEmbedding, Vectors
from nlu.risk.answer import EMERGENCY, NONE
from nlu.risk.artefact import (
    DEFAULT_FOLDER,
    Artefact,
    model_digest,
    save_artefact,
    trained_digest,
)
from nlu.risk.data import (
    DEVELOPMENT,
    REGRESSION,
    Message,
    plain,
    read_messages,
    too_near,
    training_messages,
)
from nlu.risk.model import Model, Thresholds, TwoViews, joined, kind_classifier, letter_view
from nlu.risk.normalise import Normaliser
from nlu.risk.reading import Reader
from nlu.risk.rulebook import Lexicon
from nlu.risk.windows import windows

FOLDS = 3
# of the training messages when left out; the development set is easier (see the card)
RISK_RECALL, EMERGENCY_RECALL = 0.93, 0.93
log = logging.getLogger(__name__)
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Examples:
    """Training texts in both views, and the truth about each."""

    texts: list[str]
    meaning: Vectors
    owner: NDArray[np.int64]  # the message that each text belongs to
    messages: list[Message]

    def telling(self) -> NDArray[np.bool_]:
        """Texts whose label is sure: most windows of a long risk message are harmless."""
        windows_of = np.bincount(self.owner, minlength=len(self.messages))
        sure: NDArray[np.bool_] = (windows_of[self.owner] == 1) | (self.truth(False) == 0)
        return sure

    def truth(self, emergency: bool) -> Floats:
        """1 for texts of risk messages (of emergencies), else 0."""
        wanted = [
            m.disposition == EMERGENCY if emergency else m.disposition != NONE
            for m in self.messages
        ]
        truth: Floats = np.array(wanted, dtype=np.float64)[self.owner]
        return truth


def train(folder: Path = DEFAULT_FOLDER) -> bool:
    """Train and save; returns False when the model in the folder is already of these sources."""
    wanted = model_digest()
    if trained_digest(folder) == wanted:
        return False
    embedding = SentenceEmbedding.installed()
    messages = apart_from_evaluation(training_messages(), embedding)
    log.info("training on %d messages", len(messages))
    save_artefact(Artefact(fit(messages, embedding), wanted), folder)
    return True


def apart_from_evaluation(messages: list[Message], embedding: SentenceEmbedding) -> list[Message]:
    """The messages that are not near-duplicates of development or regression messages."""
    normaliser = Normaliser(embedding.words())
    kept_out = read_messages(DEVELOPMENT) + read_messages(REGRESSION)
    train_side, other = (
        (plains, embedding.embed([text.split("|", 1)[1] for text in plains]))
        for plains in ([plain(m, normaliser) for m in group] for group in (messages, kept_out))
    )
    dropped = {near.train for near in too_near(train_side, other)}
    return [message for at, message in enumerate(messages) if at not in dropped]


def examples_of(messages: list[Message], embedding: SentenceEmbedding) -> Examples:
    """The windows of all messages, embedded."""
    reader = Reader(Normaliser(embedding.words()), Lexicon())
    texts: list[str] = []
    owner: list[int] = []
    for at, message in enumerate(messages):
        parts = windows(reader.read(message.text), message.question)
        texts += parts
        owner += [at] * len(parts)
    return Examples(texts, embedding.embed(texts), np.array(owner, dtype=np.int64), messages)


def fit(messages: list[Message], embedding: SentenceEmbedding) -> Model:
    """A model with calibrated scores and thresholds from cross-validation."""
    examples = examples_of(messages, embedding)
    letters = letter_view().fit(examples.texts)
    rows = letters.transform(examples.texts)
    views, chances = {}, {}
    for name, emergency in (("risk", False), ("emergency", True)):
        views[name], chances[name] = fit_views(examples, rows, emergency)
    risky = examples.truth(emergency=False) > 0
    kinds = kind_classifier().fit(
        joined(rows[risky], examples.meaning[risky]),
        [(messages[at].categories or ("immediate_danger",))[0] for at in examples.owner[risky]],
    )
    thresholds = Thresholds(
        threshold(examples, chances["risk"], False, RISK_RECALL),
        threshold(examples, chances["emergency"], True, EMERGENCY_RECALL),
    )
    return Model(letters, views["risk"], views["emergency"], kinds, thresholds)


def fit_views(examples: Examples, rows: Any, emergency: bool) -> tuple[TwoViews, Floats]:
    """Both views fitted on all examples, and each example's chance when it was left out."""
    truth = examples.truth(emergency)
    margins = np.zeros((len(truth), 2))
    sure = examples.telling()
    for everything, outside in folds(examples):
        inside = everything[sure[everything]]
        part = TwoViews.learn(examples.meaning[inside], rows[inside], truth[inside])
        margins[outside] = part.margins(examples.meaning[outside], rows[outside])
    views = TwoViews.learn(examples.meaning[sure], rows[sure], truth[sure])
    views.curve = LogisticRegression().fit(margins[sure], truth[sure])
    return views, np.asarray(views.curve.predict_proba(margins)[:, 1])


def folds(examples: Examples) -> list[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Parts of the examples; windows of one message stay together."""
    kinds = [message.disposition for message in examples.messages]
    split = StratifiedKFold(FOLDS, shuffle=True, random_state=7)
    return [
        (np.flatnonzero(np.isin(examples.owner, a)), np.flatnonzero(np.isin(examples.owner, b)))
        for a, b in split.split(kinds, kinds)
    ]


def threshold(examples: Examples, chances: Floats, emergency: bool, recall: float) -> float:
    """The highest threshold at which this share of the wanted messages is found."""
    best = np.zeros(len(examples.messages))
    np.maximum.at(best, examples.owner, chances)
    wanted = np.array(
        [
            m.disposition == EMERGENCY if emergency else m.disposition != NONE
            for m in examples.messages
        ]
    )
    return float(np.quantile(best[wanted], 1 - recall))
