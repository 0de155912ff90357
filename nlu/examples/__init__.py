"""Examples that need more than a label: answers with their question, and facts they tell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Example:
    """A text, the question that it answers (None for any other message) and its label."""

    text: str
    question: str | None
    label: str


def answers() -> Iterator[Example]:
    """Every answer of answers/<question>.yml."""
    for path in sorted((FOLDER / "answers").glob("*.yml")):
        yield from _read(path, path.stem)


def _read(path: Path, question: str | None) -> Iterator[Example]:
    for label, texts in yaml.safe_load(path.read_text("utf-8")).items():
        for text in texts.splitlines():
            yield Example(text, question, label)
