"""Reads labelled messages and keeps training apart from evaluation."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from nlu.embedding import Vectors
from nlu.risk.normalise import Normaliser

PROJECT = Path(__file__).parents[3]
TRAIN = Path(__file__).parent / "train"
TALKS = Path(__file__).parent / "talks"
DEVELOPMENT = PROJECT / "tests" / "nlu" / "risk" / "development.jsonl"
REGRESSION = PROJECT / "tests" / "nlu" / "risk" / "regression.jsonl"
CHECK = PROJECT / "tests" / "nlu" / "risk" / "check.jsonl"  # measured; its mistakes were read once
EVALUATION = (DEVELOPMENT, REGRESSION, CHECK)
TOO_NEAR = 0.95


@dataclass(frozen=True)
class Message:
    """A labelled message; `why` is the writer's reason for the label."""

    text: str
    disposition: str
    categories: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    question: str | None = None
    why: str = ""
    earlier: tuple[str, ...] = ()  # what the person said before, where that is known


def read_messages(path: Path) -> list[Message]:
    """The messages of a JSON-lines file; none when there is no such file."""
    if not path.exists():
        return []
    lines = path.read_text("utf-8").splitlines()
    return [_message(json.loads(line)) for line in lines if line.strip()]


def training_messages(folder: Path = TRAIN) -> list[Message]:
    """Every training message, each text with its question once."""
    found: dict[tuple[str, str | None], Message] = {}
    for path in sorted(folder.glob("*.jsonl")):
        for message in read_messages(path):
            found.setdefault((message.text, message.question), message)
    return list(found.values())


def training_talks(folder: Path = TALKS) -> list[Message]:
    """Every line of the training conversations, with those said before it."""
    found: list[Message] = []
    for path in sorted(folder.glob("*.jsonl")):
        before: dict[str, list[str]] = {}
        for line in path.read_text("utf-8").splitlines():
            entry = json.loads(line)
            said = before.setdefault(entry["talk"], [])
            found.append(replace(_message(entry), earlier=tuple(said)))
            said.append(entry["text"])
    return found


def left_out(message: Message) -> bool:
    """Whether a message is kept from the encoder, for calibration: about one in eight.

    The lines of a conversation are kept from it together.
    """
    first = message.earlier[0] if message.earlier else message.text
    return random.Random(first).random() < 0.12  # noqa: S311 - a fixed draw, no secret


def plain(message: Message, normaliser: Normaliser) -> str:
    """The message as plain words, with its question: what makes two messages the same."""
    words = " ".join(
        word.text for word in normaliser.words(message.text) if word.text[0].isalnum()
    )
    return f"{message.question or ''}|{words}"


@dataclass(frozen=True)
class Near:
    """A training message that is too like an evaluation message, by index into both lists."""

    train: int
    other: int
    likeness: float


def too_near(
    train: tuple[list[str], Vectors], other: tuple[list[str], Vectors], limit: float = TOO_NEAR
) -> list[Near]:
    """Pairs whose plain text is equal or whose embeddings are nearer than the limit."""
    if not train[0] or not other[0]:
        return []
    likeness = train[1] @ other[1].T
    places = {text: at for at, text in enumerate(other[0])}
    same = [Near(at, places[text], 1.0) for at, text in enumerate(train[0]) if text in places]
    rows, columns = np.nonzero(likeness > limit)
    # replies to different questions are different messages however alike their words are
    return same + [
        Near(int(row), int(column), float(likeness[row, column]))
        for row, column in zip(rows, columns)  # noqa: B905 - equal by construction
        if train[0][row].split("|")[0] == other[0][column].split("|")[0]
    ]


def digest(paths: Iterable[Path]) -> str:
    """One digest over the names and contents of some files."""
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(path.name.encode())
        total.update(path.read_bytes())
    return total.hexdigest()


def _message(entry: dict[str, object]) -> Message:
    fields = {
        key: entry[key] for key in ("text", "disposition", "question", "why") if key in entry
    }
    lists = {
        key: tuple(value)
        for key in ("categories", "styles")
        if isinstance(value := entry.get(key), list)
    }
    return Message(**fields, **lists)  # type: ignore[arg-type]
