"""Tunes the adapter of the sentence encoder for risk, with TensorFlow.

It takes about ten minutes on two idle cores and is no part of `make`: the adapter is kept with
the code, so that every machine answers alike. Run `python -m nlu.risk tune` after changes of the
training data. One message in eight is left out, so that `train` can join the views with the help
of messages that the encoder has never seen.
"""

from __future__ import annotations

import logging
import random
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from nlu.embedding import SentenceEmbedding
from nlu.risk.answer import CATEGORIES, DISPOSITIONS, NONE
from nlu.risk.data import TRAIN, Message, digest, left_out, training_messages
from nlu.risk.encoder_weights import (
    ADAPTER,
    HEADS,
    KNOWN,
    LAYERS,
    SCALE,
    Weights,
    float_weights,
    matrices,
    padded,
    token_ids,
    tokenizer,
)
from nlu.risk.normalise import Normaliser
from nlu.risk.reading import Reader
from nlu.risk.rulebook import Lexicon

RANK, RATE, EPOCHS, DROPOUT = 16, 6e-4, 5, 0.1
BATCH_TOKENS, BATCH_ROWS, SEED = 1500, 32, 5
LONG_HARMLESS, LONG_RISK = 200, 150  # messages strung together from short ones
MISSPELT = 0.25  # share of messages that are misspelt anew in each epoch
SMOOTH = 0.05
STYLES = (
    "long_past_safe", "media", "general_question", "figure_of_speech", "denial", "negated",
    "upset_no_risk", "other_person_safe", "asb", "ordinary_crime", "answer", "professional",
    "about_other", "watched", "veiled", "child",
)  # fmt: skip
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Goals:
    """What the encoder is to say of each message, and to learn on the way."""

    disposition: NDArray[np.float32]
    kinds: NDArray[np.float32]
    styles: NDArray[np.float32]
    reasons: NDArray[np.float32]  # the writer's reason for the label, as a sentence embedding


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

    def variables(self) -> list[Any]:
        """Everything that is learnt."""
        return [*self.changes.values(), *self.heads.values(), *self.biases.values()]

    def __call__(self, ids: Any, mask: Any, dropout: float) -> dict[str, Any]:
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
        shown = mask[:, :, None]
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
        out = tf.matmul(flat, self.fixed[f"{name}.weight"], transpose_b=True)
        out += SCALE * tf.matmul(low, self.changes[f"{name}.up"], transpose_b=True)
        return tf.reshape(out + self.fixed[f"{name}.bias"], (batch, size, out.shape[-1]))

    def _norm(self, states: Any, name: str) -> Any:
        mean, variance = tf.nn.moments(states, -1, keepdims=True)
        scaled = (states - mean) * tf.math.rsqrt(variance + 1e-12)
        return scaled * self.fixed[f"{name}.weight"] + self.fixed[f"{name}.bias"]


def tune() -> None:
    """Tune on the training messages and write the adapter."""
    from nlu.risk.train import apart_from_evaluation

    tf.random.set_seed(SEED)
    embedding = SentenceEmbedding.installed()
    known = apart_from_evaluation(training_messages(), embedding)
    messages = [message for message in known if not left_out(message)]
    messages += strung_together(messages, random.Random(SEED))  # noqa: S311
    log.info("tuning on %d messages", len(messages))
    encoder = Encoder(float_weights())
    _learn(
        encoder,
        messages,
        goals(messages, embedding),
        Reader(Normaliser(embedding.words()), Lexicon()),
    )


def save(encoder: Encoder) -> None:
    """Write the adapter: half precision is more than the encoder's int8 keeps."""
    stored = {name: value.numpy().astype(np.float16) for name, value in encoder.changes.items()}
    for name in ("disposition", "kinds"):
        stored[f"head.{name}.weight"] = encoder.heads[name].numpy().astype(np.float16)
        stored[f"head.{name}.bias"] = encoder.biases[name].numpy().astype(np.float16)
    np.savez_compressed(ADAPTER, **stored)
    KNOWN.write_text(digest(TRAIN.glob("*.jsonl")) + "\n", "utf-8")


def strung_together(messages: list[Message], chance: random.Random) -> list[Message]:
    """Long messages out of short ones: all harmless, or with one of risk among them."""
    short = [m for m in messages if not m.question and len(m.text) < 350]
    harmless = [m for m in short if m.disposition == NONE]
    risky = [m for m in short if m.disposition != NONE]
    out = []
    for _ in range(LONG_HARMLESS):
        parts = [m.text for m in chance.sample(harmless, chance.randint(2, 4))]
        out.append(Message(". ".join(parts), NONE, why="harmless, several matters"))
    for risk in chance.sample(risky, LONG_RISK):
        parts = [m.text for m in chance.sample(harmless, chance.randint(1, 3))]
        parts.insert(chance.randint(0, len(parts)), risk.text)
        out.append(replace(risk, text=". ".join(parts)))
    return out


def goals(messages: list[Message], embedding: SentenceEmbedding) -> Goals:
    """What is to be learnt of each message."""
    places = np.array([DISPOSITIONS.index(m.disposition) for m in messages])
    return Goals(
        np.eye(3, dtype=np.float32)[places] * (1 - SMOOTH) + SMOOTH / 3,
        np.array([[k in m.categories for k in CATEGORIES] for m in messages], np.float32),
        np.array([[k in m.styles for k in STYLES] for m in messages], np.float32),
        embedding.embed([m.why or m.disposition for m in messages]),
    )


def misspelt(text: str, chance: random.Random) -> str:
    """The text with a slip of the finger in about one word of eight."""
    words = text.split(" ")
    for at, word in enumerate(words):
        if len(word) < 4 or chance.random() > 0.13:
            continue
        place = chance.randrange(1, len(word) - 1)
        left, one, two, right = word[:place], word[place], word[place + 1], word[place + 2 :]
        slips = (two + one, two, one + one + two)
        words[at] = left + chance.choice(slips) + right
    return " ".join(words)


def batches(rows: list[list[int]], chance: random.Random) -> list[list[int]]:
    """Indices of rows of like length, in random order."""
    order = list(range(len(rows)))
    chance.shuffle(order)
    out: list[list[int]] = []
    for start in range(0, len(order), 512):
        current: list[int] = []
        for at in sorted(order[start : start + 512], key=lambda at: len(rows[at])):
            full = len(rows[at]) * (len(current) + 1) > BATCH_TOKENS or len(current) >= BATCH_ROWS
            if current and full:
                out.append(current)
                current = []
            current.append(at)
        out.append(current)
    chance.shuffle(out)
    return out


def _learn(encoder: Encoder, messages: list[Message], wanted: Goals, words: Reader) -> None:
    chance = random.Random(SEED)  # noqa: S311
    made = tokenizer()
    optimiser = tf.keras.optimizers.legacy.Adam(RATE, epsilon=1e-7)
    step = _step(encoder, optimiser)
    goal = (wanted.disposition, wanted.kinds, wanted.styles, wanted.reasons)
    done, total = 0, 0
    for epoch in range(EPOCHS):
        rows = [token_ids(made, _heard(m, chance, words), m.question) for m in messages]
        parts = batches(rows, chance)
        total = total or EPOCHS * len(parts)
        losses = []
        for part in parts:
            done += 1
            rate = RATE * min(1.0, done / (0.08 * total)) * max(0.02, 1 - done / total)
            optimiser.learning_rate.assign(rate)
            ids, mask = padded([rows[at] for at in part])
            given = [tf.constant(array) for array in (ids, mask, *(g[part] for g in goal))]
            losses.append(float(step(*given)))
        log.info("epoch %d of %d: loss %.3f", epoch + 1, EPOCHS, np.mean(losses))
    save(encoder)


def _step(encoder: Encoder, optimiser: Any) -> Any:
    """One step of learning, compiled; returns the loss of the disposition."""
    variables = encoder.variables()
    optimiser._create_all_weights(variables)

    @tf.function(reduce_retracing=True)  # type: ignore[untyped-decorator, unused-ignore]
    def step(ids: Any, mask: Any, disposition: Any, kinds: Any, styles: Any, reasons: Any) -> Any:
        with tf.GradientTape() as tape:
            said = encoder(ids, mask, DROPOUT)
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


def _heard(message: Message, chance: random.Random, words: Reader) -> str:
    slips = chance.random() < MISSPELT
    return words.read(misspelt(message.text, chance) if slips else message.text).text


def _each(wanted: Any, said: Any) -> Any:
    losses = tf.nn.sigmoid_cross_entropy_with_logits(wanted, said)
    return tf.reduce_mean(tf.reduce_sum(losses, -1))
