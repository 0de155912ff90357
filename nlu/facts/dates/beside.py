"""Times that stand beside another: the night before the 5th, two days before Christmas."""

from __future__ import annotations

import re
from datetime import date, timedelta

from nlu.facts.dates.days import Span

NEAR = re.compile(
    r"\b(?:(?P<count>a|the|two|2|three|3|few|a few|couple of|a couple of) )?(?P<unit>day|"
    r"night|morning|week|weekend)s? "
    r"(?P<side>before|after|leading up to) "
    r"(?:the |(?:my|our|his|her) \w+,? (?:which |that )?(?:is |was )(?:on )?(?:the )?)?$"
    r"|\b(?:just |right |shortly |some ?time |a bit |not long )?(?P<alone>before|after|"
    r"following) (?:the )?$"
)


def beside(span: Span, near: re.Match[str]) -> Span:
    """The days that the words of ``NEAR`` put beside a span."""
    first, last = span
    if near["alone"]:
        if near["alone"] == "before":
            return first - timedelta(21), first - timedelta(1)
        return last + timedelta(1), last + timedelta(14)
    christmas = date(first.year, 12, 25)
    if first <= christmas <= last:  # of the days around it, the one that others are counted from
        first = last = christmas
    size = {"day": 1, "night": 1, "morning": 1}.get(near["unit"], 7)
    count = {"two": 2, "2": 2, "three": 3, "3": 3}.get(near["count"] or "", 1)
    if near["count"] and ("few" in near["count"] or "couple" in near["count"]):
        count, counted = 3, False
    else:
        counted = size == 1  # `two days before Christmas` is one day
    if near["side"] == "after":
        end = last + timedelta(size * count)
        return end if counted else last + timedelta(1), end
    begin = first - timedelta(size * count)
    return begin, begin if counted else first - timedelta(1)
