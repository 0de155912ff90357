"""The shape of what was read from a message."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from nlu.facts.dates.phrases import Named
from nlu.facts.plain import Plain

# What classifiers think: field of the assessment -> (value, how sure from 0 to 1), surest first.
Odds = Mapping[str, Sequence[tuple[str, float]]]


@dataclass(frozen=True)
class OddsOfMentions:
    """What classifiers think of the mentions in a message, 0 to 1.

    ``times``: how likely each time of a telling is that of what happened, in order; ``ways``: how
    likely each way of getting in touch that an answer names is wanted, the likeliest first.
    """

    times: Callable[[Plain, Sequence[Named]], Sequence[float]]
    ways: Callable[[Plain], Sequence[tuple[str, float]]]

    def __deepcopy__(self, memo: object) -> OddsOfMentions:
        """Itself: Rasa copies messages, and what reads them is not a part of them."""
        return self


@dataclass(frozen=True)
class Fact:
    """One field of the assessment, its value in the form of the contract, and the words."""

    name: str
    value: Any
    as_said: str

    def as_dict(self) -> dict[str, Any]:
        """The fact as JSON."""
        return asdict(self)


@dataclass(frozen=True)
class Unclear:
    """Words that may mean several things: ask, never guess.

    ``name`` is the field (`place`, or `place_or_time` for March, the town or the month);
    ``options`` are the facts of which one holds, the likeliest first.
    """

    name: str
    as_said: str
    options: tuple[Fact, ...]

    def as_dict(self) -> dict[str, Any]:
        """The question to ask as JSON."""
        return asdict(self)


@dataclass(frozen=True)
class Reading:
    """All that one message tells: facts, each field at most once, and what must be asked.

    ``supposed`` holds what was told but not surely understood: it is never asked for again, and
    holds only once the person has confirmed it. A value of None: told, but which is not known.
    """

    facts: tuple[Fact, ...]
    unclear: tuple[Unclear, ...] = ()
    supposed: tuple[Fact, ...] = ()
