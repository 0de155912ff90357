"""Facts as rules and readers tell them, against what whole messages have taught (nlu/weighing.py).

What words say outright stands, unless everything else speaks against it: then the fact is left
open and asked. What a reader of one sign thought must be likely in the whole. Where nothing was
read, a value that is likely enough is taken.
"""

from __future__ import annotations

from dataclasses import dataclass

from nlu.facts.model import Fact, Odds
from nlu.facts.plain import Plain
from nlu.facts.rulebook import rulebook

WEIGHED = "weighed "  # before the name of a fact, among the odds
NONE = "none"
LONGEST_WORDS = 160


@dataclass(frozen=True)
class Limits:
    """How likely a value must be that rules found, that a reader found, that nobody found."""

    ruled: float
    read: float
    unread: float


# Chosen by cross-validation on nlu/examples/told.jsonl (figures: nlu/examples/README.md).
LIMITS = {
    "role": Limits(ruled=0.1, read=0.45, unread=0.7),
    "crime_type": Limits(ruled=0.02, read=0.4, unread=0.75),
    "reported": Limits(ruled=0.0, read=0.4, unread=0.85),
    "repeated": Limits(ruled=0.0, read=0.0, unread=0.8),
}
VALUES: dict[str, bool | str] = {"True": True, "False": False}


def settle(name: str, fact: Fact | None, plain: Plain, odds: Odds, *, asks: bool) -> Fact | None:
    """The fact as it stands in the whole message; None where it is to be asked.

    A message that ``asks`` for something tells nothing more than was read.
    """
    ranked = odds.get(WEIGHED + name)
    if not ranked:
        return fact
    limits = LIMITS[name]
    if fact is not None:
        needed = limits.ruled if _ruled(fact, plain) else limits.read
        if dict(ranked).get(str(fact.value), 0.0) >= needed:
            return fact
    likeliest, sure = ranked[0]
    if asks or likeliest == NONE or sure < limits.unread or (fact and _ruled(fact, plain)):
        return None
    return Fact(
        name, VALUES.get(likeliest, likeliest), plain.said(0, len(plain.text))[:LONGEST_WORDS]
    )


def _ruled(fact: Fact, plain: Plain) -> bool:
    return any(hit.group.value == fact.value for hit in rulebook(fact.name).hits(plain))
