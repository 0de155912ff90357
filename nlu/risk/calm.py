"""Plain answers that the model fears needlessly: what a crime does to people (`calm.yml`).

A message is calm only where every clause of it is known; one clause more, and the model is heard.
"""

from __future__ import annotations

import re
from pathlib import Path

from nlu.risk.questions import ASKED
from nlu.risk.reading import Reading
from nlu.risk.rulebook import read_yaml

CALM = Path(__file__).with_name("calm.yml")
LONGEST = 40  # words
CLAUSE = 14  # words: how long a clause may be, and so how long a pattern may try
STOPS = re.compile(r"(?: ?[,;:.] ?| but )+")
JOINTS = re.compile(r"(?:^| )(?:and|so|because|or|as) ")
PART = re.compile(r"<(\w+)>")
# what is asked before the crime is known, or of danger, or said in a live chat
OPEN = frozenset(["welcome", "crime_type", "when", "safe_now", "co_ordinator"])
TOLD = frozenset(ASKED) - OPEN


class Calm:
    """Answers whether a message tells nothing but what is plainly harmless."""

    def __init__(self, path: Path = CALM) -> None:
        entries = read_yaml(path)
        parts = _parts(entries["parts"])
        self._effects = _pattern(entries["effects"], parts)
        self._fillers = _pattern(entries["fillers"], parts)
        self._over = re.compile(parts["over"])
        self._answers = {
            question: _pattern(entry["said"], parts)
            for entry in entries["answers"]
            for question in entry["asked"]
        }

    def holds(self, question: str | None, reading: Reading) -> bool:
        """Whether every clause is one of `calm.yml`, and the message more than fillers."""
        if reading.size > LONGEST:
            return False
        text = " . ".join(sentence.text for sentence in reading.sentences)
        told = question in TOLD or bool(self._over.search(text))
        telling = [self._effects] if told else []
        telling += [self._answers[question]] if question in self._answers else []
        if _is(text, telling):
            return True
        clauses = [clause for part in STOPS.split(text) for clause in self._clauses(part, telling)]
        return all(_is(clause, [*telling, self._fillers]) for clause in clauses) and any(
            _is(clause, telling) for clause in clauses
        )

    def _clauses(self, part: str, telling: list[re.Pattern[str]]) -> list[str]:
        """A part between two stops: whole where it is known, else at its "and"."""
        known = _is(part, [*telling, self._fillers])
        return [part] if known else [clause for clause in JOINTS.split(part) if clause]


def _is(clause: str, patterns: list[re.Pattern[str]]) -> bool:
    return clause.count(" ") < CLAUSE and any(pattern.fullmatch(clause) for pattern in patterns)


def _parts(entries: dict[str, str]) -> dict[str, str]:
    """The named parts, those that stand in others written out."""
    out: dict[str, str] = {}
    for name, pattern in entries.items():
        out[name] = _whole(pattern, out)
    return out


def _whole(pattern: str, parts: dict[str, str]) -> str:
    return PART.sub(lambda found: parts[found[1]], pattern)


def _pattern(patterns: list[str], parts: dict[str, str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{_whole(pattern, parts)})" for pattern in patterns))
