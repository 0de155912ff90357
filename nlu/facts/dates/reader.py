"""The time of what happened, chosen among all times a message names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from nlu.facts.dates.context import weight
from nlu.facts.dates.phrases import TRIGGER, Named, times
from nlu.facts.plain import Plain


@dataclass(frozen=True)
class When:
    """The days in which it happened. ``town`` when `March` may be the place instead."""

    first: date
    last: date
    as_said: str
    town: bool
    start: int
    end: int


def read(plain: Plain, question: str | None, today: date, *, tells: bool) -> When | None:
    """The days in which it happened; None when the message names none.

    ``tells`` says that the message tells of a crime, so that a time in it is likely its time.
    """
    text = plain.text
    if not TRIGGER.search(text):
        return None
    named = times(text, today, answering=question == "when")
    weighed = [(weight(text, time, question, tells=tells, today=today), time) for time in named]
    best = _best([pair for pair in weighed if pair[0]], question)
    if best is None:
        return None
    said = plain.said(best.start, best.end)
    return When(
        best.first, best.last, said, best.town and question != "when", best.start, best.end
    )


def _best(weighed: list[tuple[int, Named]], question: str | None) -> Named | None:
    if not weighed or (question == "when" and max(pair[0] for pair in weighed) < 2):
        return None
    ongoing = [
        time for value, time in weighed if (time.ongoing or time.kind == "for") and value > 1
    ]
    if ongoing:
        return min(ongoing, key=lambda time: time.first)
    top = max(value for value, _ in weighed)
    return next(time for value, time in weighed if value == top)
