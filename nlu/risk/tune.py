"""Tunes the adapter of the sentence encoder for risk, with TensorFlow.

It takes minutes and is no part of `make`: the adapter is kept with the code, so that every machine
answers alike. Run `python -m nlu.risk tune` after changes of the training data: it goes on from
the kept adapter; `tune --afresh` forgets it first. One message in eight is left out, so that
`train` can join the views with the help of messages that the encoder has never seen.

Which window of a long message of risk carries the risk, nobody said: from the second epoch on it
is the one that the encoder itself fears most. Any window of a harmless message is harmless.
"""

from __future__ import annotations

import logging
import random
from pathlib import Path
from typing import Any

import numpy as np
import tensorflow as tf

from nlu.embedding import SentenceEmbedding
from nlu.risk.answer import CATEGORIES, DISPOSITIONS
from nlu.risk.data import Message, digest, left_out, training_messages, training_talks
from nlu.risk.encoder import Heard, RiskEncoder, build
from nlu.risk.encoder_weights import (
    ADAPTER,
    HEADS,
    KNOWN,
    LAYERS,
    OF_TALKS,
    SCALE,
    Floats,
    Row,
    Weights,
    float_weights,
    load_adapter,
    matrices,
    padded,
)
from nlu.risk.normalise import Normaliser
from nlu.risk.reading import Reader
from nlu.risk.rulebook import Lexicon
from nlu.risk.tune_texts import SEED, STYLES, Texts, told_in
from nlu.risk.windows import windows

RANK, DROPOUT = 24, 0.1
AFRESH, ONWARD = (4, 6e-4), (2, 3e-4)  # epochs and the highest rate of learning
BATCH_TOKENS, BATCH_ROWS = 1500, 32
# going on hears all that the kept encoder is less sure of, and a share of the rest
SURE, REMINDED = 0.8, 0.25
log = logging.getLogger(__name__)


class Encoder:
    """The encoder as TensorFlow sees it: fixed weights, a low-rank change, and heads."""

    def __init__(self, weights: Weights) -> None:
        self.fixed = {name: tf.constant(value) for name, value in weights.items()}
        self.changes: dict[str, tf.Variable] = {}
        for name in matrices():
            rows, columns = weights[f"{name}.weight"].shape
            down = tf.random.uniform((RANK, columns), -1, 1) / np.sqrt(columns)
            self.changes[f"{name}.down"] = tf.Variable(down)
            self.changes[f"{name}.up"] = tf.Variable(tf.zeros((rows, RANK)))
        width = 2 * 384
        self.heads = {
            name: tf.Variable(tf.random.normal((width, size), stddev=0.02))
            for name, size in (
                ("disposition", 3),
                ("kinds", len(CATEGORIES)),
                ("styles", len(STYLES)),
                ("reasons", 384),
            )
        }
        self.biases = {
            name: tf.Variable(tf.fill((head.shape[1],), -2.0 if name == "kinds" else 0.0))
            for name, head in self.heads.items()
        }

    def resume(self, adapter: Weights) -> None:
        """Go on from what an adapter has learnt."""
        for name, change in self.changes.items():
            change.assign(adapter[name])
        for name in ("disposition", "kinds"):
            self.heads[name].assign(adapter[f"head.{name}.weight"])
            self.biases[name].assign(adapter[f"head.{name}.bias"])

    def risk_of(self, rows: list[Row]) -> Floats:
        """How likely each token row is risk, as log-odds."""
        ids, mask, judged = map(tf.constant, padded(rows))
        said = self(ids, mask, judged, 0.0)["disposition"].numpy()
        odds: Floats = np.logaddexp(said[:, 1], said[:, 2]) - said[:, 0]
        return odds

    def variables(self) -> list[Any]:
        """Everything that is learnt."""
        return [*self.changes.values(), *self.heads.values(), *self.biases.values()]

    def __call__(self, ids: Any, mask: Any, judged: Any, dropout: float) -> dict[str, Any]:
        """What every head says of a batch of token rows."""
        size = tf.shape(ids)[1]
        named = "embeddings.{}.weight".format
        states = (
            tf.gather(self.fixed[named("word_embeddings")], ids)
            + self.fixed[named("position_embeddings")][:size]
            + self.fixed[named("token_type_embeddings")][0]
        )
        states = self._norm(states, "embeddings.LayerNorm")
        for layer in range(LAYERS):
            states = self._layer(states, mask, f"encoder.layer.{layer}.", dropout)
        shown = judged[:, :, None]
        mean = tf.reduce_sum(states * shown, 1) / tf.reduce_sum(shown, 1)
        pooled = tf.concat([mean, tf.reduce_max(states - (1 - shown) * 1e4, 1)], -1)
        pooled = tf.nn.dropout(pooled, dropout) if dropout else pooled
        return {name: pooled @ head + self.biases[name] for name, head in self.heads.items()}

    def _layer(self, states: Any, mask: Any, prefix: str, dropout: float) -> Any:
        batch, size, width = tf.shape(states)[0], tf.shape(states)[1], states.shape[-1]

        def split(name: str) -> Any:
            parts = self._dense(states, f"{prefix}attention.self.{name}")
            return tf.transpose(tf.reshape(parts, (batch, size, HEADS, -1)), (0, 2, 1, 3))

        scores = tf.matmul(split("query"), split("key"), transpose_b=True)
        scores = scores / np.sqrt(width / HEADS) - (1 - mask[:, None, None, :]) * 1e9
        looked = tf.nn.softmax(scores) @ split("value")
        looked = tf.reshape(tf.transpose(looked, (0, 2, 1, 3)), (batch, size, width))
        out = self._dense(looked, f"{prefix}attention.output.dense")
        out = tf.nn.dropout(out, dropout) if dropout else out
        states = self._norm(states + out, f"{prefix}attention.output.LayerNorm")
        out = tf.nn.gelu(self._dense(states, f"{prefix}intermediate.dense"))
        out = self._dense(out, f"{prefix}output.dense")
        out = tf.nn.dropout(out, dropout) if dropout else out
        return self._norm(states + out, f"{prefix}output.LayerNorm")

    def _dense(self, states: Any, name: str) -> Any:
        batch, size = tf.shape(states)[0], tf.shape(states)[1]
        flat = tf.reshape(states, (-1, states.shape[-1]))
        low = tf.matmul(flat, self.changes[f"{name}.down"], transpose_b=True)
        change = tf.matmul(low, self.changes[f"{name}.up"], transpose_b=True)
        out = tf.matmul(flat, self.fixed[f"{name}.weight"], transpose_b=True)
        out += SCALE * change + self.fixed[f"{name}.bias"]
        return tf.reshape(out, (batch, size, out.shape[-1]))

    def _norm(self, states: Any, name: str) -> Any:
        mean, variance = tf.nn.moments(states, -1, keepdims=True)
        scaled = (states - mean) * tf.math.rsqrt(variance + 1e-12)
        return scaled * self.fixed[f"{name}.weight"] + self.fixed[f"{name}.bias"]


def tune(afresh: bool = False, talks: bool = False) -> None:
    """Tune on the training messages and write the adapter; go on from the kept one or afresh.

    ``talks``: the other adapter, which learns from the training conversations besides.
    """
    from nlu.risk.train import apart_from_evaluation

    tf.random.set_seed(SEED)
    embedding = SentenceEmbedding.installed()
    heard = [*training_messages(), *(training_talks() if talks else ())]
    known = apart_from_evaluation(heard, embedding)
    adapter = OF_TALKS if talks else ADAPTER
    messages = [message for message in known if not left_out(message)]
    log.info("tuning on %d messages", len(messages))
    encoder = Encoder(float_weights())
    if not afresh:
        encoder.resume(load_adapter(adapter))
        messages = worth_hearing(messages, build(adapter), embedding)
        log.info("of these, %d are worth hearing again", len(messages))
    _learn(encoder, Texts(messages, embedding), *(AFRESH if afresh else ONWARD))
    save(encoder, adapter)


def worth_hearing(
    messages: list[Message], kept_encoder: bytes, embedding: SentenceEmbedding
) -> list[Message]:
    """Those that the kept encoder gets wrong or nearly so, and some of the rest lest it forget.

    Of a long message its first window stands for the whole. Lines of conversations are all heard,
    and other messages are tried in somebody else's ordinary one.
    """
    reader = Reader(Normaliser(embedding.words()), Lexicon())
    texts = [(windows(reader.read(m.text))[:1] or [""])[0] for m in messages]
    chance = random.Random(SEED)  # noqa: S311 - variety, no secret
    _, ordinary = told_in(messages, reader)
    before = [chance.choice(ordinary or [""]) for _ in messages]
    heard = [Heard(t, m.question, told) for t, m, told in zip(texts, messages, before)]  # noqa: B905
    said = RiskEncoder(kept_encoder, 2).read(heard)
    odds = np.exp(said.disposition - said.disposition.max(axis=1, keepdims=True))
    told = [DISPOSITIONS.index(m.disposition) for m in messages]
    sure = odds[np.arange(len(told)), told] / odds.sum(axis=1)
    kept = (sure < SURE) | (np.random.default_rng(SEED).random(len(told)) < REMINDED)
    return [m for m, wanted in zip(messages, kept) if wanted or m.earlier]  # noqa: B905


def save(encoder: Encoder, adapter: Path) -> None:
    """Write an adapter: half precision is more than the encoder's int8 keeps."""
    stored = {name: value.numpy().astype(np.float16) for name, value in encoder.changes.items()}
    for name in ("disposition", "kinds"):
        stored[f"head.{name}.weight"] = encoder.heads[name].numpy().astype(np.float16)
        stored[f"head.{name}.bias"] = encoder.biases[name].numpy().astype(np.float16)
    np.savez_compressed(adapter, **stored)
    KNOWN.write_text(digest([ADAPTER, OF_TALKS]) + "\n", "utf-8")


def batches(rows: list[Row], chance: random.Random) -> list[list[int]]:
    """Indices of rows of like length, in random order."""
    order = list(range(len(rows)))
    chance.shuffle(order)
    out: list[list[int]] = []
    for start in range(0, len(order), 512):
        current: list[int] = []
        for at in sorted(order[start : start + 512], key=lambda at: len(rows[at].ids)):
            tokens = len(rows[at].ids) * (len(current) + 1)
            full = tokens > BATCH_TOKENS or len(current) >= BATCH_ROWS
            if current and full:
                out.append(current)
                current = []
            current.append(at)
        out.append(current)
    chance.shuffle(out)
    return out


def _learn(encoder: Encoder, texts: Texts, epochs: int, highest: float) -> None:
    chance = random.Random(SEED)  # noqa: S311
    optimiser = tf.keras.optimizers.legacy.Adam(highest, epsilon=1e-7)
    step = _step(encoder, optimiser)
    done, total = 0, 0
    for epoch in range(epochs):
        if epoch or epochs == ONWARD[0]:  # an encoder that knows nothing fears nothing
            texts.fear(encoder.risk_of)
        rows, wanted = texts.epoch()
        parts = batches(rows, chance)
        total = total or epochs * len(parts)
        losses = []
        for part in parts:
            done += 1
            rate = highest * min(1.0, done / (0.08 * total)) * max(0.02, 1 - done / total)
            optimiser.learning_rate.assign(rate)
            asked = padded([rows[at] for at in part])
            given = [tf.constant(array) for array in (*asked, *wanted.of(part))]
            losses.append(float(step(*given)))
        log.info("epoch %d of %d: loss %.3f", epoch + 1, epochs, np.mean(losses))


def _step(encoder: Encoder, optimiser: Any) -> Any:
    """One step of learning, compiled; returns the loss of the disposition."""
    variables = encoder.variables()
    optimiser._create_all_weights(variables)

    @tf.function(reduce_retracing=True)  # type: ignore[untyped-decorator, unused-ignore]
    def step(*given: Any) -> Any:
        ids, mask, judged, disposition, kinds, styles, reasons = given
        with tf.GradientTape() as tape:
            said = encoder(ids, mask, judged, DROPOUT)
            main = tf.reduce_mean(
                tf.nn.softmax_cross_entropy_with_logits(disposition, said["disposition"])
            )
            loss = main + 0.3 * _each(kinds, said["kinds"]) + 0.15 * _each(styles, said["styles"])
            alike = tf.reduce_sum(tf.math.l2_normalize(said["reasons"], -1) * reasons, -1)
            loss += 0.3 * (1 - tf.reduce_mean(alike))
        steps, _ = tf.clip_by_global_norm(tape.gradient(loss, variables), 1.0)
        optimiser.apply_gradients(zip(steps, variables))  # noqa: B905 - same length
        return main

    return step


def _each(wanted: Any, said: Any) -> Any:
    losses = tf.nn.sigmoid_cross_entropy_with_logits(wanted, said)
    return tf.reduce_mean(tf.reduce_sum(losses, -1))
