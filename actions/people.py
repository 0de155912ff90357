"""Whom the words of a wish speak of."""

from __future__ import annotations

from knowledge.directory import Query
from knowledge.directory.person import read


def names_people(words: str) -> bool:
    """Whether the words say whom help is for: men, a daughter, somebody deaf."""
    return bool(read(Query(text=words)).query.audience)
