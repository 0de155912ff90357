"""Figures of the recogniser on labelled messages, with their intervals."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from nlu.risk.answer import EMERGENCY, NONE, Answer
from nlu.risk.data import Message

Z = 1.96  # 95 % of a normal distribution
HARD_NEGATIVES = frozenset(
    [
        "denial",
        "long_past_safe",
        "figure_of_speech",
        "media",
        "general_question",
        "upset_no_risk",
        "negated",
        "other_person_safe",
        "professional",
    ]
)


@dataclass(frozen=True)
class Share:
    """So many of so many, with the Wilson interval of 95 %."""

    count: int
    total: int

    @property
    def rate(self) -> float:
        """The share itself; 0 of nothing."""
        return self.count / self.total if self.total else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's score interval."""
        if not self.total:
            return 0.0, 1.0
        n, p = self.total, self.rate
        middle = (p + Z * Z / (2 * n)) / (1 + Z * Z / n)
        half = Z * math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n)) / (1 + Z * Z / n)
        return max(0.0, middle - half), min(1.0, middle + half)

    def __str__(self) -> str:
        low, high = self.interval
        rate = f"{100 * self.rate:.1f} % ({100 * low:.1f} to {100 * high:.1f})"
        return f"{rate}, {self.count} of {self.total}"


@dataclass(frozen=True)
class Case:
    """A labelled message and what the recogniser answered."""

    message: Message
    answer: Answer

    @property
    def risky(self) -> bool:
        """Whether it is risk by its label."""
        return self.message.disposition != NONE

    @property
    def handed_off(self) -> bool:
        """Whether the recogniser brings a human in."""
        return self.answer.disposition != NONE

    @property
    def hard_negative(self) -> bool:
        """Harmless, and written to look like risk."""
        return not self.risky and bool(HARD_NEGATIVES & set(self.message.styles))


def share(cases: Iterable[Case], wanted: Callable[[Case], bool]) -> Share:
    """How many of some cases are as wanted."""
    hits = [wanted(case) for case in cases]
    return Share(sum(hits), len(hits))


def figures(cases: Sequence[Case]) -> dict[str, Share]:
    """The main figures, by name."""
    risky = [case for case in cases if case.risky]
    grave = [case for case in cases if case.message.disposition == EMERGENCY]
    hard = [case for case in cases if case.hard_negative]
    ordinary = [case for case in cases if not case.risky and not case.hard_negative]
    caught = [case for case in risky if case.handed_off and case.message.categories]
    return {
        "all risk handed off": share(risky, lambda case: case.handed_off),
        "emergencies handed off": share(grave, lambda case: case.handed_off),
        "emergencies recognised as such": share(
            grave, lambda case: case.answer.disposition == EMERGENCY
        ),
        "needless hand-offs, ordinary messages": share(ordinary, lambda case: case.handed_off),
        "needless hand-offs, hard negatives": share(hard, lambda case: case.handed_off),
        "right category among those given": share(
            caught, lambda case: bool(set(case.answer.categories) & set(case.message.categories))
        ),
    }


def by_group(
    cases: Sequence[Case], groups_of: Callable[[Message], Iterable[str]]
) -> dict[str, tuple[Share, Share]]:
    """Risk handed off and needless hand-offs, for each style or category."""
    names = sorted({name for case in cases for name in groups_of(case.message)})
    out: dict[str, tuple[Share, Share]] = {}
    for name in names:
        inside = [case for case in cases if name in groups_of(case.message)]
        risky = [case for case in inside if case.risky]
        harmless = [case for case in inside if not case.risky]
        out[name] = (
            share(risky, lambda case: case.handed_off),
            share(harmless, lambda case: case.handed_off),
        )
    return out
