"""The training messages as the encoder hears them while it is tuned."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nlu.embedding import SentenceEmbedding
from nlu.risk.answer import CATEGORIES, DISPOSITIONS, NONE
from nlu.risk.data import Message
from nlu.risk.earlier import told_before
from nlu.risk.encoder_weights import Floats, Row, token_row, tokenizer
from nlu.risk.normalise import Normaliser
from nlu.risk.reading import Reader
from nlu.risk.rulebook import Lexicon
from nlu.risk.windows import windows

SEED = 5
LONGEST_ROW = 260  # tokens; more than any window has, with what was told before
LONG_HARMLESS, LONG_RISK = 200, 120  # messages strung together from short ones, in each epoch
IN_WINDOWS = 0.7  # share of long messages that are read as one of their windows
MISSPELT = 0.25  # share of messages that are misspelt anew in each epoch
# share of the messages that stand alone that are heard in somebody else's ordinary conversation:
# what is plain in itself is so whatever was told before
ELSEWHERE = 0.7
AGAIN = 2  # times that a dangerous line of a conversation is heard once more in an epoch
SMOOTH = 0.05
STYLES = (
    "long_past_safe", "media", "general_question", "figure_of_speech", "denial", "negated",
    "upset_no_risk", "other_person_safe", "asb", "ordinary_crime", "answer", "professional",
    "about_other", "watched", "veiled", "child",
)  # fmt: skip


@dataclass(frozen=True)
class Goals:
    """What the encoder is to say of each message, and to learn on the way."""

    disposition: NDArray[np.float32]
    kinds: NDArray[np.float32]
    styles: NDArray[np.float32]
    reasons: NDArray[np.float32]  # the writer's reason for the label, as a sentence embedding

    def of(self, part: list[int]) -> tuple[Floats, ...]:
        """The goals of some rows."""
        return self.disposition[part], self.kinds[part], self.styles[part], self.reasons[part]


class Texts:
    """The messages as the encoder hears them: misspelt, in windows, strung together."""

    def __init__(self, messages: list[Message], embedding: SentenceEmbedding) -> None:
        self._chance = random.Random(SEED)  # noqa: S311 - variety, no secret
        self._reader = Reader(Normaliser(embedding.words()), Lexicon())
        self._made = tokenizer()
        self._messages = messages
        readings = [self._reader.read(message.text) for message in messages]
        self._plain = [reading.text for reading in readings]
        self._windows = [windows(reading) for reading in readings]
        self._feared: dict[int, str] = {}
        self._earlier, self._ordinary = told_in(messages, self._reader)
        self._reasons = embedding.embed([m.why or m.disposition for m in messages])
        short = [
            at
            for at, m in enumerate(messages)
            if not m.question and not m.earlier and len(self._plain[at]) < 350
        ]
        # danger in conversations is rare there, but must not seem so
        self._rare = AGAIN * [
            at for at, m in enumerate(messages) if m.earlier and m.disposition != NONE
        ]
        self._harmless = [at for at in short if messages[at].disposition == NONE]
        self._risky = [at for at in short if messages[at].disposition != NONE]

    def epoch(self) -> tuple[list[Row], Goals]:
        """The token rows of one epoch, heard anew, and what is to be learnt of each."""
        heard = [(at, self._heard(at)) for at in (*range(len(self._messages)), *self._rare)]
        heard += self._strung_together()
        rows = [self.row(at, text, self._before(at)) for at, text in heard]
        return rows, self._goals([at for at, _ in heard])

    def row(self, at: int, text: str, earlier: str = "") -> Row:
        """A text as tokens, after the question of its message."""
        question = self._messages[at].question
        return token_row(self._made, text, question, earlier).upto(LONGEST_ROW)

    def fear(self, risk_of: Callable[[list[Row]], Floats]) -> None:
        """Note the most feared window of every long message of risk."""
        for at, parts in enumerate(self._windows):
            message = self._messages[at]
            if len(parts) > 1 and message.disposition != NONE:
                rows = [self.row(at, part, self._earlier[at]) for part in parts]
                self._feared[at] = parts[int(np.argmax(risk_of(rows)))]

    def _before(self, at: int) -> str:
        """What was told before a message, or before somebody else's."""
        if self._earlier[at] or not self._ordinary or self._chance.random() > ELSEWHERE:
            return self._earlier[at]
        return self._chance.choice(self._ordinary)

    def _heard(self, at: int) -> str:
        message, draw = self._messages[at], self._chance.random()
        if draw < MISSPELT:
            return self._reader.read(misspelt(message.text, self._chance)).text
        if len(self._windows[at]) > 1 and self._chance.random() < IN_WINDOWS:
            if message.disposition == NONE:
                return self._chance.choice(self._windows[at])
            return self._feared.get(at, self._plain[at])
        return self._plain[at]

    def _strung_together(self) -> list[tuple[int, str]]:
        """Long messages out of short ones: all harmless, or with one of risk among them."""
        out = []
        for _ in range(LONG_HARMLESS):
            parts = self._chance.sample(self._harmless, self._chance.randint(2, 4))
            out.append((parts[0], self._joined(parts)))
        for risk in self._chance.sample(self._risky, LONG_RISK):
            parts = self._chance.sample(self._harmless, self._chance.randint(1, 3))
            parts.insert(self._chance.randint(0, len(parts)), risk)
            out.append((risk, self._joined(parts)))
        return out

    def _joined(self, parts: list[int]) -> str:
        return " . ".join(self._plain[at] for at in parts)

    def _goals(self, places: list[int]) -> Goals:
        messages = [self._messages[at] for at in places]
        told = np.array([DISPOSITIONS.index(m.disposition) for m in messages])
        return Goals(
            np.eye(3, dtype=np.float32)[told] * (1 - SMOOTH) + SMOOTH / 3,
            np.array([[k in m.categories for k in CATEGORIES] for m in messages], np.float32),
            np.array([[k in m.styles for k in STYLES] for m in messages], np.float32),
            self._reasons[places],
        )


def told_in(messages: list[Message], reader: Reader) -> tuple[list[str], list[str]]:
    """What was told before each message, and all that was told in ordinary conversations."""
    plains = {text: reader.read(text).text for m in messages for text in m.earlier}
    earlier = [told_before([plains[text] for text in m.earlier]) for m in messages]
    dangerous = {m.earlier[0] for m in messages if m.earlier and m.disposition != NONE}
    ordinary = [
        told
        for m, told in zip(messages, earlier)  # noqa: B905 - one each
        if m.earlier and m.earlier[0] not in dangerous
    ]
    return earlier, ordinary


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
