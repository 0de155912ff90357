"""What follows from the help that a reader hears a wish to be after (aims.csv), and how surely.

An aim that nothing tells surely is not gone by. Then the aims of one kind (a refuge, somebody
hurt at home, a dog that can't stay) may be sure together, and what they have in common counts;
else who helps after any crime is the answer, and what the words name outright.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from .wording import table

GENERAL = "general"  # help after any crime: no aim of its own
# Chosen on the sets of wishes by different hands: each left out in turn, the others say the same.
SURE = 0.5
SURER_THAN_WORDS = 0.9  # words named outright count for less than an aim as sure as this
HARDLY = 0.02
KIN, ANY_CRIME = "kin", "any"
_CRIMES = frozenset({"crime_type", "crime_surely", "goes_with"})

Aim = tuple[str, float]
Told = tuple[str, str]  # what it fills, and with what value


@cache
def _rows() -> dict[str, tuple[Told, ...]]:
    rows: dict[str, tuple[Told, ...]] = {}
    for row in table("aims.csv"):
        rows[row["aim"]] = (*rows.get(row["aim"], ()), (row["fills"], row["value"]))
    return rows


def told(aims: Sequence[Aim]) -> tuple[Told, ...]:
    """What follows from likely aims: from the one that is sure, or from what several share."""
    if not aims:
        return ()
    best, odds = max(aims, key=_odds)
    if odds < SURE:
        best, odds = max(_kinds(aims).items(), key=_odds, default=(GENERAL, 0.0))
    return _rows().get(best, ()) if odds >= SURE else ()


def is_general(aims: Sequence[Aim]) -> bool:
    """Whether what is surely asked for is who helps after any crime."""
    return dict(aims).get(GENERAL, 0.0) >= SURE


def outweighs_words(aims: Sequence[Aim]) -> bool:
    """Whether an aim is so sure that words named beside it are not what the person is after."""
    best = max(aims, key=_odds, default=(GENERAL, 0.0))
    return best[0] != GENERAL and best[1] >= SURER_THAN_WORDS


def doubts(crime: str, aims: Sequence[Aim]) -> bool:
    """Whether a thought of this crime is idle: what is surely asked for goes with others."""
    best = max(aims, key=_odds, default=(GENERAL, 0.0))
    if best[1] < SURER_THAN_WORDS:
        return False
    return sum(odds for aim, odds in aims if _goes_with(aim, crime)) < HARDLY


def _kinds(aims: Sequence[Aim]) -> dict[str, float]:
    """Kinds of aims with the odds of all that are of the kind."""
    sums: dict[str, float] = {}
    for aim, odds in aims:
        kind = dict(_rows().get(aim, ())).get(KIN, aim)
        sums[kind] = sums.get(kind, 0.0) + odds
    return sums


def _goes_with(aim: str, crime: str) -> bool:
    values = [value for fills, value in _rows().get(aim, ()) if fills in _CRIMES]
    crimes = {crime for value in values for crime in value.split("|")}
    return crime in crimes or ANY_CRIME in crimes


def _odds(aim: Aim) -> float:
    return aim[1]
