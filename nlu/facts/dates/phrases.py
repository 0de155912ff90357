"""Every time a text names, in order, whatever it is about."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from nlu.facts.dates import days
from nlu.facts.dates.beside import NEAR, beside
from nlu.facts.dates.days import Span
from nlu.facts.dates.exact import Found, Reader
from nlu.facts.dates.tables import rules
from nlu.facts.dates.words import MONTHS, PARTS

# Nothing below is worth trying without one of these.
TRIGGER = re.compile(
    r"\d|day\b|days\b|week|month|year|night|today|yester|morning|afternoon|"
    r"evening|hour|minute|now\b"
    r"|tea ?time|dinner ?time|lunch|weekend|fortnight|decade|ages\b|while|recent|lately|ago\b|"
    r"back\b|"
    r"sat\b|sun\b|wed\b|half|happened|earlier|eigh|ninet|sevent|sixt|"
    + "|".join(MONTHS)
    + r"|christmas|easter|bonfire|firework|fawkes|hallow|valentine|eve\b|"
    r"bank hol|term|summer|winter|spring|autumn|lock|eid|ramad|diwali|"
    r"clocks|jubilee|funeral|coronation|fool|nye|year"
)
_PARTS = re.compile(
    r"(?:\b(?:(?:right )?(?:at |in |towards |around |by )?the )?(?P<part>"
    + "|".join(sorted(PARTS, key=len, reverse=True))
    + r")(?: the)?[ -])$"
)
_SINCE = re.compile(
    r"\b(?:ever since|since|start(?:ed|ing)(?: up)?(?: again)?(?: in|"
    r" on| from| around| about| at| over| back in)?"
    r"|began(?: in| on| around)?)(?: (?:about|around|the|roughly|at least|"
    r"way back in|back in|on|in|at|early|late|mid))* ?$"
    r"|\b(?:since|started when|began when) (?:the |my |our |his |her |they |he |she |we |i )?"
    r"(?:\w+ ){1,4}(?:in|on|at|last)(?: the)? ?$|\bsince (?:\w+ ){1,3}\w+, $"
)
_ONWARDS = re.compile(r" ?(?:onwards?|(?:up )?(?:to|until|till) (?:now|today|this day|present))\b")
_JOINT = re.compile(
    r"^,? ?(?:(?:right )?(?:up )?(?P<word>to|until|till|and|or|-|–|"
    r"through to|through|into|going into|then)) (?:(?:again|the|then|"
    r"also|on|in|early|late|into|again on) )*$|^(?P<dash> ?[-–/] ?)$"
)
_SAME = re.compile(
    r"^(?:,? ?(?:(?:on|in|the|a|it was|around|about|of|being|so|(?:that|which|it) (?:is|was|"
    r"would be|would have been|must have been|makes it)|i think) ?)*|,? ?\()$"
)
_DURING = re.compile(r"^ ?(?:of|in|during) (?:the )?$")
_YEAR_SAID = re.compile(r"\b(?:19|20)\d\d|/\d\d\b")
_YEARS = re.compile(r"\byears? (?:ago|back)$|\blast year$")
_WEEKDAY_BESIDE = re.compile(r"(?:just |right )?(?P<side>before|after|following) ")
_LAST_TIME = re.compile(r"\b(?:last time|most recent|latest|and (?:then )?again)\b[^.?!]*$")
_LEAD = re.compile(
    r"\b(?:last|this|back in|in|over|during|on|at|since|around|about|"
    r"early|late|for|ever since)(?: the)? $"
)
# What starts, or starts again, does so in a month.
_SURELY_A_MONTH = re.compile(r"\b(?:back|started|began|begun|starting|ago) in $")
_NO_LEAD = re.compile(
    r"(?:last (?:night|evening)|yesterday|today|tonight)\b"
)  # `kicked in last night`


@dataclass(frozen=True)
class Named:
    """A time in the text. ``ongoing`` when it is the start of something that still goes on."""

    start: int
    end: int
    first: date
    last: date
    kind: str
    ongoing: bool = False
    town: bool = False


def times(text: str, today: date, *, answering: bool) -> list[Named]:
    """The times of the past that the text names; ``answering`` reads bare numbers too."""
    found = _merged(text, _claimed(text, today, answering), today)
    return [item for item in found if item.first <= item.last]


def _claimed(text: str, today: date, answering: bool) -> list[Named]:
    taken: list[tuple[int, int]] = []
    found: list[Named] = []
    for kind, pattern, reader in rules(answering):
        for match in pattern.finditer(text):
            start, end = _place(kind, match)
            while start < end and not text[start].isalnum():
                start += 1
            if any(a < end and start < b for a, b in taken):
                continue
            taken.append((start, end))
            if span := _safely(reader, match, today):
                item = Named(start, end, *span, kind, town=_may_be_town(kind, text, match))
                found.append(_shaped(text, item, today))
    return sorted((item for item in found if item.first <= today), key=lambda item: item.start)


def _place(kind: str, match: Found) -> tuple[int, int]:
    """Where the time stands; the words that led to a month are read again as its shape."""
    said = match.groupdict()
    names = ("day", "month", "season", "year") if kind == "exact" else ("day", "month", "season")
    starts = [match.start(name) for name in names if said.get(name)]
    return min(starts, default=match.start()), match.end()


def _safely(reader: Reader, match: Found, today: date) -> Span | None:
    try:
        span = reader(match, today)
    except (ValueError, OverflowError):  # the 31st of June, nine hundred years ago
        return None
    return span if span and span[0] <= today else None


def _shaped(text: str, item: Named, today: date) -> Named:
    """The time with the words before it: early, since, the week before."""
    before = text[max(0, item.start - 48) : item.start]
    span = (item.first, item.last)
    if (part := _PARTS.search(before)) and (span[1] - span[0]).days > 5:
        span = days.part_of(span, PARTS[part["part"]])
        item = replace(item, start=item.start - len(part.group()), town=False)
    elif item.kind in ("named", "exact") and (near := _near(item, before)):
        span = beside(span, near)
        item = replace(item, start=item.start - len(near.group()))
    before = text[max(0, item.start - 48) : item.start]
    ongoing = bool(_SINCE.search(before)) or bool(_ONWARDS.match(text, item.end))
    if ongoing or item.kind == "for":
        span = (span[0], today)
    if (lead := _LEAD.search(before)) and not _NO_LEAD.match(text, item.start):
        item = replace(item, start=item.start - len(lead.group()))
    return replace(item, first=span[0], last=min(span[1], today), ongoing=ongoing)


def _near(item: Named, before: str) -> Found | None:
    """Words that put a time beside another; for a date whole ones: `the night before the 5th`."""
    near = NEAR.search(before)
    whole = item.kind == "named" or (item.first == item.last and near and near["unit"])
    return near if whole else None


def _merged(text: str, found: list[Named], today: date) -> list[Named]:
    """`From Friday to Sunday`, `Saturday or Sunday`, first time and last time: one span."""
    merged: list[Named] = []
    for item in found:
        if merged and (one := _placed(text, merged[-1], item)):
            merged[-1] = one
        elif (
            merged
            and _SAME.match(text[merged[-1].end : item.start])
            and _one_day(merged[-1], item)
        ):
            merged[-1] = _narrower(merged[-1], item)
        elif merged and _belong(text, merged[-1], item):
            before, item = _in_order(merged[-1], item, today)
            first, last = min(before.first, item.first), max(before.last, item.last)
            merged[-1] = replace(
                before, end=item.end, first=first, last=min(last, today), town=False
            )
        else:
            merged.append(item)
    return merged


def _placed(text: str, one: Named, other: Named) -> Named | None:
    """The two as one time where one says in which week, season or year the other lies."""
    if day := _weekday_within(text, one, other):
        return replace(one, end=other.end, first=day, last=day)
    if _SAME.match(text[one.end : other.start]) and (span := _month_of_season(one, other)):
        return replace(other, start=one.start, first=span[0], last=span[1])
    return _of_that_year(text, one, other)


def _of_that_year(text: str, one: Named, other: Named) -> Named | None:
    """`Two years ago on bonfire night`, `the Saturday after bonfire night`: one day."""
    if _is_a_year(one) and _is_shorter(text, other) and _SAME.match(text[one.end : other.start]):
        back = other.first.year - one.first.year
        first, last = (days.months_back(end, 12 * back) for end in (other.first, other.last))
        return replace(one, end=other.end, first=first, last=last)
    if other.kind not in ("named", "month") or not _SAME.match(text[one.end : other.start]):
        return None
    said = text[one.start : one.end]
    if one.kind == "relative" and _YEARS.search(said):
        back = other.first.year - one.first.year
        first, last = (days.months_back(end, 12 * back) for end in (other.first, other.last))
        return replace(one, end=other.end, first=first, last=last)
    beside = _WEEKDAY_BESIDE.match(text[other.start : other.end])
    if one.kind != "relative" or one.first != one.last or beside is None:
        return None
    near = [other.first + timedelta(n) for n in range(7)]
    if beside["side"] == "before":
        near = [other.last - timedelta(n) for n in range(7)]
    day = next(day for day in near if day.weekday() == one.first.weekday())
    return replace(one, end=other.end, first=day, last=day)


def _weekday_within(text: str, one: Named, other: Named) -> date | None:
    """`Thursday of half term`: that day of the named week; None where there are two."""
    if one.kind != "relative" or one.first != one.last or other.kind != "named":
        return None
    if not _DURING.match(text[one.end : other.start]) or other.last - other.first > timedelta(9):
        return None
    size = (other.last - other.first).days
    within = [other.first + timedelta(n) for n in range(size + 1)]
    fitting = [day for day in within if day.weekday() == one.first.weekday()]
    return fitting[0] if len(fitting) == 1 else None


def _month_of_season(one: Named, other: Named) -> Span | None:
    """`The winter before last, January`: a month told after its season, which has the year."""
    season = one.kind == "month" and timedelta(31) < one.last - one.first < timedelta(95)
    if not season or one.ongoing or other.kind != "month":
        return None
    for year in range(one.first.year, one.last.year + 1):
        span = days.month(year, other.first.month)
        if one.first <= span[0] <= one.last:
            return span[0], min(span[1], one.last)
    return None


def _is_a_year(item: Named) -> bool:
    return item.first == date(item.first.year, 1, 1) and item.last == date(item.first.year, 12, 31)


def _is_shorter(text: str, item: Named) -> bool:
    """A season, a month or a day that was said without its year."""
    day = item.kind == "exact" and not _YEAR_SAID.search(text, item.start, item.end)
    return (day or item.kind in ("season", "month")) and not item.ongoing


def _in_order(one: Named, other: Named, today: date) -> tuple[Named, Named]:
    """From Friday to Sunday runs forward, whichever day today is."""
    week = timedelta(7)
    if {one.kind, other.kind} != {"relative"} or other.last >= one.first:
        return one, other
    if other.last + week <= today:
        return one, replace(other, first=other.first + week, last=other.last + week)
    return replace(one, first=one.first - week, last=one.last - week), other


def _one_day(one: Named, other: Named) -> bool:
    """`Tuesday the 10th`, `the 14th, a Thursday`, `last year in March`: one time said twice."""
    kinds = {one.kind, other.kind}
    inside = one.first <= other.first and other.last <= one.last
    return inside or kinds == {"exact", "relative"}


def _narrower(one: Named, other: Named) -> Named:
    exact = [item for item in (one, other) if item.kind in ("exact", "named")]
    best = min(exact or (one, other), key=lambda item: item.last - item.first)
    ongoing = one.ongoing or other.ongoing
    return replace(best, start=one.start, end=other.end, ongoing=ongoing)


def _belong(text: str, one: Named, other: Named) -> bool:
    between = text[one.end : other.start]
    if len(between) > 80:
        return False
    joint = _JOINT.match(between)
    if joint is None:
        return (
            bool(_LAST_TIME.search(between))
            and "first time" in text[max(0, one.start - 80) : one.start]
        )
    close = abs((other.first - one.first).days) <= 60
    return close or joint["word"] not in ("and", "then")


def _may_be_town(kind: str, text: str, match: Found) -> bool:
    """`In March` alone: the month or the town in Fenland."""
    said = match.groupdict()
    if kind != "month" or said.get("month") != "march" or said.get("year") or said.get("relative"):
        return False
    before = text[: match.start("month")]
    if _SURELY_A_MONTH.search(before):
        return False
    return not before.strip() or bool(re.search(r"\b(?:in|from|to|near|at) $", before))
