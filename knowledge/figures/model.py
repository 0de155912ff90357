"""Time limits and other figures as data."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import yaml

FILE = Path(__file__).with_name("figures.yml")


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One figure: what is said, what it means, where it was read, and when to look again."""

    says: str
    means: str
    source: str
    checked: date
    review_by: date


@cache
def load(path: Path = FILE) -> dict[str, Figure]:
    """All figures by name. Raises TypeError when one lacks its source or a date."""
    kept = yaml.safe_load(path.read_text("utf-8"))
    return {name: Figure(**row) for name, row in kept.items()}


def figures() -> dict[str, str]:
    """What is said for each figure, for filling a sentence."""
    return {name: figure.says for name, figure in load().items()}
