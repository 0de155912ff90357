"""How and when help must come: what a message says about it, whatever else it tells."""

from __future__ import annotations

from dataclasses import dataclass

from nlu.facts.plain import plain_of
from nlu.facts.rulebook import rulebook


@dataclass(frozen=True)
class Wish:
    """One wish (`open_now`, `no_phone`, `no_trace`, `no_police`, `child`) and where it stands."""

    name: str
    start: int
    end: int


def read(text: str) -> tuple[Wish, ...]:
    """The wishes of a message, each at most once; ``start`` and ``end`` are of ``text``."""
    plain = plain_of(text)
    hits = rulebook("help_wanted").hits(plain)
    return tuple(Wish(hit.group.name, *plain.span(hit.start, hit.end)) for hit in hits)
