"""Trains the model from `data/train/*.jsonl`, and does nothing when nothing has changed.

The encoder's adapter was tuned beforehand (`tune.py`) on seven of eight training messages; the
letter view learns from the same, and the curves that join the two from the eighth.
"""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from nlu.embedding import SentenceEmbedding
from nlu.risk.answer import EMERGENCY, NONE
from nlu.risk.artefact import (
    DEFAULT_FOLDER,
    Artefact,
    model_digest,
    save_artefact,
    trained_digest,
)
from nlu.risk.data import (
    EVALUATION,
    Message,
    left_out,
    plain,
    read_messages,
    too_near,
    training_messages,
)
from nlu.risk.encoder import Heard, RiskEncoder, Said, build
from nlu.risk.encoder_weights import OF_TALKS
from nlu.risk.model import (
    EMERGENCY_BLEND,
    RISK_BLEND,
    Model,
    Views,
    kind_classifier,
    letter_view,
    tuned_emergency,
    tuned_risk,
)
from nlu.risk.normalise import Normaliser
from nlu.risk.questions import with_question
from nlu.risk.reading import Reader
from nlu.risk.rulebook import Lexicon
from nlu.risk.windows import windows

log = logging.getLogger(__name__)
# near-duplicates share at least this much of their groups of letters (a test compares them all)
WORTH_COMPARING = 0.6
Floats = NDArray[np.float64]
Truths = NDArray[np.bool_]


@dataclass(frozen=True)
class Examples:
    """Training texts in all views, and the truth about each."""

    texts: list[str]  # with their questions, for the letter view
    said: Said  # of the texts that the curves come from; nothing of any other
    owner: NDArray[np.int64]  # the message that each text belongs to
    messages: list[Message]

    def truth(self, emergency: bool) -> Truths:
        """Whether each text belongs to a message of risk (an emergency)."""
        grave: Truths = np.array([m.disposition == EMERGENCY for m in self.messages])
        risky: Truths = np.array([m.disposition != NONE for m in self.messages])
        truth: Truths = (grave if emergency else risky)[self.owner]
        return truth

    def single(self) -> Truths:
        """Texts that are whole messages."""
        return _single(self.messages, self.owner)

    def left_out(self) -> Truths:
        """Texts of messages that nothing but the curves learns from."""
        return _left_out(self.messages, self.owner)


def train(folder: Path = DEFAULT_FOLDER) -> bool:
    """Train and save; returns False when the model in the folder is already of these sources."""
    digest = model_digest()
    if trained_digest(folder) == digest:
        return False
    embedding = SentenceEmbedding.installed()
    messages = apart_from_evaluation(training_messages(), embedding)
    log.info("training on %d messages", len(messages))
    encoder = build()
    reader = Reader(Normaliser(embedding.words()), Lexicon())
    model = fit(examples_of(messages, reader, RiskEncoder(encoder, os.cpu_count() or 1)))
    save_artefact(Artefact(model, encoder, build(OF_TALKS), digest), folder)
    return True


def apart_from_evaluation(messages: list[Message], embedding: SentenceEmbedding) -> list[Message]:
    """The messages that are not near-duplicates of evaluation messages."""
    normaliser = Normaliser(embedding.words())
    kept_out = [message for path in EVALUATION for message in read_messages(path)]
    plains, others = ([plain(m, normaliser) for m in group] for group in (messages, kept_out))
    rows, columns = alike_in_letters(plains, others)
    train_side, other = (
        (texts, embedding.embed_many([text.split("|", 1)[1] for text in texts]))
        for texts in ([plains[at] for at in rows], [others[at] for at in columns])
    )
    dropped = {rows[near.train] for near in too_near(train_side, other)}
    return [message for at, message in enumerate(messages) if at not in dropped]


def alike_in_letters(texts: list[str], others: list[str]) -> tuple[list[int], list[int]]:
    """Which texts of each side share enough groups of letters to be worth comparing in meaning."""
    groups = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 3), dtype=np.float32)
    likeness = (groups.fit_transform(texts) @ groups.transform(others).T).tocoo()
    alike = likeness.data >= WORTH_COMPARING
    return sorted(set(likeness.row[alike].tolist())), sorted(set(likeness.col[alike].tolist()))


def examples_of(messages: list[Message], reader: Reader, encoder: RiskEncoder) -> Examples:
    """The windows of all messages; those that the curves come from read by the encoder."""
    pairs: list[tuple[str, str | None]] = []
    owners: list[int] = []
    for at, message in enumerate(messages):
        parts = windows(reader.read(message.text))
        pairs += [(part, message.question) for part in parts]
        owners += [at] * len(parts)
    texts = [with_question(question, text) for text, question in pairs]
    owner = np.array(owners, dtype=np.int64)
    curved = _left_out(messages, owner) & _single(messages, owner)
    return Examples(texts, _said(pairs, curved, encoder), owner, messages)


def _said(pairs: list[tuple[str, str | None]], wanted: Truths, encoder: RiskEncoder) -> Said:
    """What the encoder says of the wanted pairs; noughts for the others, as it takes minutes."""
    read = encoder.read([Heard(*pair) for pair, at in zip(pairs, wanted) if at])  # noqa: B905
    return Said(*(_spread(rows, wanted) for rows in (read.disposition, read.kinds)))


def _spread(rows: Any, wanted: Truths) -> Any:
    spread = np.zeros((len(wanted), rows.shape[1]), rows.dtype)
    spread[wanted] = rows
    return spread


def _left_out(messages: list[Message], owner: NDArray[np.int64]) -> Truths:
    apart: Truths = np.array([left_out(message) for message in messages])[owner]
    return apart


def _single(messages: list[Message], owner: NDArray[np.int64]) -> Truths:
    single: Truths = np.bincount(owner, minlength=len(messages))[owner] == 1
    return single


def fit(examples: Examples) -> Model:
    """A model whose curves come from the left-out messages; its views then learn from all."""
    # most windows of a long risk message are harmless: their label says nothing
    telling = examples.single() | ~examples.truth(emergency=False)
    inside = telling & ~examples.left_out()
    curves = {}
    rows = letter_view().fit(_texts(examples, inside)).transform(examples.texts)
    for emergency in (False, True):
        curves[emergency] = _curve(examples, rows, inside, emergency)
    letters = letter_view().fit(_texts(examples, telling))
    rows = letters.transform(examples.texts)
    risk, grave = (_learnt(examples, rows, telling, emergency) for emergency in (False, True))
    risk.curve, grave.curve = curves[False], curves[True]
    return Model(letters, risk, grave, _kinds(examples, rows, telling))


def _kinds(examples: Examples, rows: Any, inside: Truths) -> Any:
    """The classifier of the main category, learnt from texts of risk."""
    risky = inside & examples.truth(emergency=False)
    main = [(m.categories or ("immediate_danger",))[0] for m in examples.messages]
    kinds = [main[at] for at in examples.owner[risky]]
    return kind_classifier().fit(rows[risky], kinds)


def _learnt(examples: Examples, rows: Any, inside: Truths, emergency: bool) -> Views:
    blend = EMERGENCY_BLEND if emergency else RISK_BLEND
    return Views.learn(rows[inside], examples.truth(emergency)[inside], blend)


def _curve(examples: Examples, rows: Any, inside: Truths, emergency: bool) -> Any:
    """The curve that joins the views, from messages that none of them has seen."""
    views = _learnt(examples, rows, inside, emergency)
    tuned = (tuned_emergency if emergency else tuned_risk)(examples.said)
    columns = views.columns(rows, tuned)
    truth = examples.truth(emergency)
    apart = examples.left_out() & examples.single()
    curve = LogisticRegression().fit(columns[apart], truth[apart])
    chances = curve.predict_proba(columns[apart])[:, 1]
    log.info("weights of the views: %s", np.round(curve.coef_[0], 2))
    for recall in (0.9, 0.95, 0.98):
        least = np.quantile(chances[truth[apart]], 1 - recall)
        needless = (chances[~truth[apart]] >= least).mean()
        log.info("%.0f %% found from %.2f: %.1f %% needless", 100 * recall, least, 100 * needless)
    return curve


def _texts(examples: Examples, wanted: Truths) -> list[str]:
    return [text for text, at in zip(examples.texts, wanted) if at]  # noqa: B905 - same length
