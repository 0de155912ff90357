"""The words of this room, read once from ``words.yml``."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent


@cache
def _all() -> dict[str, Any]:
    with (HERE / "words.yml").open(encoding="utf-8") as file:
        loaded: dict[str, Any] = yaml.safe_load(file)
    return loaded


def word(name: str, key: str, /, **values: str) -> str:
    """One piece of wording of a group, with its gaps filled."""
    return str(_all()[name][key]).format(**values)


def group(name: str) -> tuple[str, ...]:
    """The keys of one group of words, or the entries of a list, in their order."""
    return tuple(_all()[name])


def has(name: str, key: str) -> bool:
    """Whether a group has words for this key."""
    return key in _all()[name]


def words(name: str) -> dict[str, str]:
    """All wording of one group by its keys."""
    return dict(_all()[name])


def table(name: str) -> list[dict[str, str]]:
    """The rows of one data file of this room."""
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
