"""Marks answers of `make understand` as tests/nlu/understanding/README.md says."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

MESSAGES = Path(__file__).parent / "understanding" / "messages.jsonl"
VARIED = MESSAGES.with_name("varied.jsonl")
SHORT = 4  # words of an answer to a question
# Finding one of these where none is listed is a mistake; of the others it may be a matter of view.
STRICT = ("crime_type", "place", "occurred", "reported", "role")
SOFT = ("needs", "repeated", "contact", "safe_now", "crime_reference")
SLACK = timedelta(7)


@dataclass
class Marks:
    """How often something was right, of how many, and wrong."""

    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    total: Counter[str] = field(default_factory=Counter)

    def share(self, name: str) -> float:
        """Right ones among all of a name."""
        return self.right[name] / max(self.total[name], 1)

    def table(self) -> str:
        """A line a name."""
        return "\n".join(
            f"{name:28} {self.right[name]:4} of {total:4} {self.share(name):6.1%}"
            f"  wrong {self.wrong[name]:3}"
            for name, total in sorted(self.total.items())
        )


def evaluation() -> list[dict[str, Any]]:
    """The messages of the evaluation."""
    return _rows(MESSAGES)


def varied() -> list[dict[str, Any]]:
    """Messages of development that are hard on purpose."""
    return _rows(VARIED)


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def intents(rows: Iterable[dict[str, Any]], answers: Iterable[dict[str, Any]]) -> Marks:
    """How often the intent is right: in all, of short answers, by question and by intent."""
    marks = Marks()
    for row, answer in zip(rows, answers, strict=True):
        fitting = {label.partition("/")[0] for label in [row["intent"], *(row["also"] or ())]}
        right = answer["intent"] in fitting
        names = ["all", f"question {row['question']}", f"intent {row['intent'].partition('/')[0]}"]
        if row["question"] and len(row["text"].split()) <= SHORT:
            names.append("short answers")
        for name in names:
            marks.total[name] += 1
            (marks.right if right else marks.wrong)[name] += 1
    return marks


def facts(rows: Iterable[dict[str, Any]], answers: Iterable[dict[str, Any]]) -> Marks:
    """How many facts that were told are found, and how many found ones are wrong, by field."""
    marks = Marks()
    for row, answer in zip(rows, answers, strict=True):
        for name in (*STRICT, *SOFT):
            told, found = row["facts"].get(name), answer["facts"].get(name)
            if told is not None and not _nowhere(name, told):
                marks.total[name] += 1
                marks.right[name] += found is not None and fits(name, told, found, row)
            if found is not None and _is_mistake(name, told, found, row):
                marks.wrong[name] += 1
    return marks


def _is_mistake(name: str, told: Any, found: Any, row: dict[str, Any]) -> bool:
    if told is None:
        return name in STRICT and not (name == "role" and found == "victim")
    return not fits(name, told, found, row)


def fits(name: str, told: Any, found: Any, row: dict[str, Any]) -> bool:
    """Whether a found value says what was told."""
    if name == "crime_type":
        return found in {told, *(label.partition("/")[2] for label in row["also"] or ())}
    if name == "place":
        return bool(found.get("district") == told["district"])
    if name == "occurred":
        return _near(told, found)
    if name == "needs":
        named = {need for need, much in found.items() if much}
        return named == {need for need, much in told.items() if much}
    if name == "contact":
        return bool(told.get("how") == found.get("how") or "how" not in told)
    return bool(found == told)


def _nowhere(name: str, told: Any) -> bool:
    """A place that must not be put to a district: there is nothing to find."""
    return name == "place" and told["district"] is None


def _near(told: dict[str, str], found: dict[str, str]) -> bool:
    days = [date.fromisoformat(span[end]) for span in (told, found) for end in ("from", "to")]
    if days[0] == days[1]:  # one day was said
        return days[:2] == days[2:]
    off = max(abs(days[0] - days[2]), abs(days[1] - days[3]))
    unit = max(SLACK, days[1] - days[0])
    return days[2] <= days[1] and days[0] <= days[3] and off <= unit
