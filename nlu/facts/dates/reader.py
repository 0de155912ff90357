"""The time of what happened, chosen among all times a message names."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from nlu.facts.dates.context import TELLS_FIRST, is_of_death, noticed, weight
from nlu.facts.dates.phrases import TRIGGER, Named, times
from nlu.facts.plain import Plain

_NO = re.compile(
    r"[,.!\- ]*(?:oh )?(?:no|nope|wait|sorry|actually|or rather|correction|scrap that|i mean|"
    r"hang on|hold on|i meant)\b[^.?!]{0,30}$"
    r"|[,.!\- ]+(?:well|or|really)(?: well| really)?,? (?:it was )?"
    r"(?:(?:the )?(?:early |small )?(?:hours|morning|night) of )?(?:the )?$"
)
_VAGUE = re.compile(
    r"\W*(?:on for|for|over|been|in)?(?: ?(?:the|these|many|some|so many|past|last|literally))* ?"
    r"\b(?:days|weeks|months|years|ages)\b(?: ago| back)?\W*$"
    r"|(?:quite |for )?a (?:good |long |little |fair |short )?while(?: ago| back| now)?\W*$"
    # a season told in passing names three months of no sure year; since one is to today
    r"|(?!since\b)(?!.*\b(?:19|20)\d\d\b)(?!.*\bthis ).*\b(?:spring|summer|autumn|winter)\b"
)
_SEASON = re.compile(r"\b(?:spring|summer|autumn|winter)\b")
_BEFORE_ANOTHER = re.compile(r"\W*(?:before|after|when|that|i was)\b(?! (?:last|covid is)\W*$)")
LONG = timedelta(180)
SOON = timedelta(60)
NEXT_TO_IT = 32  # characters
SURELY = 2  # a time that weighs more stands beside a deed
# How likely a time of a telling must be that of what happened, by its weight: chosen on tellings
# that were left out of the training, and on development sets.
NEEDED = {0: 0.8, 1: 0.4, 2: 0.3, 3: 0.2}
AT_MOST = 4.0  # the weight of a time that surely is
TimeOdds = Callable[[Sequence[Named]], Sequence[float]]


@dataclass(frozen=True)
class When:
    """The days in which it happened. ``town`` when `March` may be the place instead."""

    first: date
    last: date
    as_said: str
    town: bool
    start: int
    end: int
    ongoing: bool = False  # it still goes on
    open: bool = False  # an answer that no calendar holds: `the winter before covid`

    @property
    def vague(self) -> bool:
        """Whether the words count nothing, or no more than a season: `years ago`."""
        return bool(_VAGUE.match(self.as_said.lower()))


def read(
    plain: Plain,
    question: str | None,
    today: date,
    *,
    tells: bool,
    odds: TimeOdds | None = None,
) -> When | None:
    """The days in which it happened; None when the message names none.

    ``tells`` says that the message tells of a crime, so that a time in it is likely its time;
    ``odds`` what a classifier thinks of each time of a telling (nlu/times.py).
    """
    text = plain.text
    if not TRIGGER.search(text):
        return None
    every = times(text, today, answering=question == "when")
    named = _put_right(text, every)
    weighed: list[tuple[float, Named]] = [
        (weight(text, time, question, tells=tells, today=today), time) for time in named
    ]
    if odds and tells and question in TELLS_FIRST and named:
        weighed = _learned(weighed, odds(every), every)
    told = _counted(text, [pair for pair in weighed if pair[0]], question)
    if question == "when" and len(named) < len(every):
        told.reverse()  # of what stands after a correction, the last holds
    deeds = _without_deaths(text, [pair for pair in told if not noticed(text, pair[1])])
    best = _best(deeds, question) or _best(told, question)
    if best is None:
        return None
    best = _narrowed(text, best, [time for _, time in told])
    said = plain.said(best.start, best.end)
    town = best.town and question != "when"
    ongoing = best.ongoing or best.kind == "for"
    when = When(best.first, best.last, said, town, best.start, best.end, ongoing)
    return when if question != "when" or _answers(when, text) else replace(when, open=True)


def _learned(
    weighed: list[tuple[float, Named]], odds: Sequence[float], every: list[Named]
) -> list[tuple[float, Named]]:
    """The times that are likely enough that of what happened, by how likely they are."""
    likely = dict(zip(every, odds, strict=True))
    enough = [pair for pair in weighed if likely[pair[1]] >= NEEDED[int(pair[0])]]
    # `third time this year, on Friday`: what the rules leave out counts where nothing else does
    told = [pair for pair in enough if pair[0]] or enough
    return [(AT_MOST * likely[time], time) for _, time in told]


def _counted(
    text: str, weighed: list[tuple[float, Named]], question: str | None
) -> list[tuple[float, Named]]:
    """Without what counts nothing, `for weeks`, where a day is told."""
    sure = [pair for pair in weighed if not _VAGUE.match(text[pair[1].start : pair[1].end])]
    told = sure and (question == "when" or max(value for value, _ in sure) > SURELY)
    return sure if told else weighed


def _answers(when: When, text: str) -> bool:
    """Whether an answer to when it was tells it, and not only that it is long ago."""
    if when.vague and not when.ongoing and when.last - when.first > LONG:
        return False
    of_another = _SEASON.search(when.as_said.lower()) and _BEFORE_ANOTHER.match(text, when.end)
    return not of_another


def _put_right(text: str, named: list[Named]) -> list[Named]:
    """The times without those that the next one corrects: `yesterday, no sorry, sunday`."""
    after = [text[one.end : other.start] for one, other in pairwise(named)]
    kept = [one for one, between in zip(named, after, strict=False) if not _NO.match(between)]
    return [*kept, *named[-1:]]


def _without_deaths(text: str, weighed: list[tuple[float, Named]]) -> list[tuple[float, Named]]:
    """Without the day somebody died of it, where one shortly before is told as well."""
    lived = [(value, time) for value, time in weighed if not is_of_death(text, time)]
    return [
        (value, time)
        for value, time in weighed
        if (value, time) in lived
        or not any(timedelta(0) <= time.first - one.last <= SOON for _, one in lived)
    ]


def _narrowed(text: str, best: Named, told: list[Named]) -> Named:
    """The day itself where it follows the span it lies in: `on the May trip, Sunday the 11th`."""
    for time in told:
        within = best.first <= time.first == time.last <= best.last != best.first
        gap = text[best.end : time.start]
        if within and not best.ongoing and best.kind != "for" and 0 < len(gap) <= NEXT_TO_IT:
            return time
    return best


def _best(weighed: list[tuple[float, Named]], question: str | None) -> Named | None:
    if not weighed or (question == "when" and max(pair[0] for pair in weighed) < 2):
        return None
    ongoing = [
        time for value, time in weighed if (time.ongoing or time.kind == "for") and value > 1
    ]
    if ongoing:
        return min(ongoing, key=lambda time: time.first)
    if question != "when":  # beside another time, `in March` is the town
        weighed = [pair for pair in weighed if not pair[1].town] or weighed
    top = max(value for value, _ in weighed)
    return next(time for value, time in weighed if value == top)
