"""Examples that need more than an intent: answers with their question, and facts they tell.

answers/<question>.yml: answers to one question, under intents (`tell_role/victim`: with the fact)
role.yml: messages of any kind, under who writes
reported.yml: clauses about the police, under whether they know
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

FOLDER = Path(__file__).parent
NONE = "none"  # the label of a text that does not tell the fact
OF_CRIME = {
    "business_crime": "business_contact",
    "homicide_bereavement": "bereaved_relative",
    "road_collision_bereavement": "bereaved_relative",
}
ROLE, REPORTED = "tell_role", "tell_reported"


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


def of_role(said: Iterable[Example]) -> Iterator[Example]:
    """Who writes: role.yml, and what labelled messages and answers show of it."""
    yield from _read(FOLDER / "role.yml", None)
    for example in said:
        if (role := _role(example)) is not None:
            yield Example(example.text, _only(example.question, "role"), role)


def of_reported() -> Iterator[Example]:
    """Whether the police know: reported.yml, and the answers to whether they do."""
    yield from _read(FOLDER / "reported.yml", None)
    for example in _read(FOLDER / "answers" / "reported.yml", "reported"):
        intent, _, told = example.label.partition("/")
        yield Example(example.text, "reported", told if intent == REPORTED else NONE)


def _role(example: Example) -> str | None:
    """The role that a labelled message shows; None where its label leaves that open."""
    intent, _, told = example.label.partition("/")
    if intent == "tell":
        return OF_CRIME.get(told)
    if intent == ROLE:
        return told or None
    return NONE if example.question else None


def _only(question: str | None, wanted: str) -> str | None:
    return question if question == wanted else None


def _read(path: Path, question: str | None) -> Iterator[Example]:
    for label, texts in yaml.safe_load(path.read_text("utf-8")).items():
        for text in texts.splitlines():
            yield Example(text, question, label)
