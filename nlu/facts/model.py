"""The shape of a fact that was read from a message."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Fact:
    """One field of the assessment, its value in the form of the contract, and the words."""

    name: str
    value: Any
    as_said: str

    def as_dict(self) -> dict[str, Any]:
        """The fact as JSON."""
        return asdict(self)
