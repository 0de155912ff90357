"""What the recogniser says about a message: plain frozen values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

NONE, URGENT, EMERGENCY = "none", "urgent", "emergency"
DISPOSITIONS = (NONE, URGENT, EMERGENCY)

CATEGORIES = (
    "immediate_danger",
    "suicide_self_harm",
    "domestic_abuse",
    "sexual_violence",
    "child_at_risk",
    "stalking_harassment",
    "honour_based_abuse",
    "modern_slavery",
    "threat_to_life",
    "vulnerable_adult",
    "hate_crime",
    "mental_health_crisis",
    "harm_to_others",
)


@dataclass(frozen=True)
class Evidence:
    """The person's own words and who noticed them: `rule:<name>`, `model` or `fallback`."""

    text: str
    by: str
    score: float | None = None


@dataclass(frozen=True)
class Answer:
    """Whether a human must come in now, for which kinds of risk, and because of which words."""

    disposition: str
    categories: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The answer as the command line writes it."""
        return {
            "disposition": self.disposition,
            "categories": list(self.categories),
            "evidence": [
                {"text": item.text, "by": item.by, "score": item.score} for item in self.evidence
            ],
        }


def most_serious(dispositions: Iterable[str]) -> str:
    """The gravest of some dispositions; `none` for an empty list."""
    return max(dispositions, key=DISPOSITIONS.index, default=NONE)
