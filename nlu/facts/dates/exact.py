"""Dates with a number: 14th of March, 14/3, the 9th, 2019, the eighties."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from nlu.facts.dates import days
from nlu.facts.dates.days import Span
from nlu.facts.dates.words import (
    DAY_NAME,
    MONTH_AFTER_DAY,
    MONTHS,
    NUMBER,
    ORDINAL,
    ORDINALS,
    YEAR,
    amount,
    month_number,
    weekday_number,
)  # fmt: skip

Found = re.Match[str]
Reader = Callable[[Found, date], "Span | None"]

_YEAR_SAID = (
    # after a comma `10` is an hour, and only an apostrophe or the twenties make a year of it
    r"(?:,? (?:in |of )?(?P<year>(?:19|20)\d\d)|(?: |,? '|, (?=2))(?P<short>[012]\d)(?![\w:.]|"
    r" ?[ap]m)(?! [a-z]+s\b| (?:at|in|of|or|to|past|o'clock|people|men|ish|min)\b)|"
    r",? (?:of )?(?P<relative>last year|this year|the year before last|the year before))?"
)
_NOT_MAY = r"(?!(?<=may) (?:have|be|not|know|also|well|need|want|never|get|as|i|has)\b)"
_NO_COUNT = (
    r"(?! (?:time|floor|one|party|year|birthday|attempt|visit|person|car|house|man|guy|lad|day\b"
    r"|night|week|month|century|place|offence|incident|child|baby|wife|husband|marriage|street"
    r"|avenue|road|door|of them|appeal|degree|anniversary|form|class|grade|lockdown|option))"
)


def _day_month(found: Found, today: date) -> Span | None:
    number = ORDINALS.get(found["day"]) or int(found["day"])
    return _dated(number, month_number(found["month"]), found, today)


def _day_and_short_month(found: Found, today: date) -> Span | None:
    return _dated(int(found["day"]), _short(found["month"]), found, today)


def _dated(number: int, month: int, found: Found, today: date) -> Span | None:
    year = _year_said(found, today)
    if year is not None:
        return days.one(date(year, month, number))
    for tried in range(today.year, today.year - 5, -1):
        if (number, month) == (29, 2) and tried % 4:
            continue
        if (day := date(tried, month, number)) <= today:
            return days.one(day)
    return None


def _year_said(found: Found, today: date) -> int | None:
    said = found.groupdict()
    if said.get("year"):
        year = int(said["year"])
        return year + 2000 if year < 100 else year
    if said.get("short"):
        return 2000 + int(said["short"])
    back = {"this year": 0, "last year": 1, "the year before": 2, "the year before last": 2}
    return today.year - back[said["relative"]] if said.get("relative") else None


def _slashes(found: Found, today: date) -> Span | None:
    number, month = int(found["day"]), int(found["month"])
    if month > 12 >= number:  # written the American way
        number, month = month, number
    return _dated(number, month, found, today)


def _iso(found: Found, _today: date) -> Span | None:
    return days.one(date(int(found["year"]), int(found["month"]), int(found["day"])))


def _day_only(found: Found, today: date) -> Span | None:
    number = ORDINALS.get(found["day"]) or int(found["day"])
    back = {"last": 1, "this": 0}.get(found.groupdict().get("which") or "")
    for months in range(14) if back is None else (back,):
        first = days.months_back(today.replace(day=1), months)
        last = days.month(first.year, first.month)[1]
        if number <= last.day and first.replace(day=number) <= today:
            return days.one(first.replace(day=number))
    return None


def _two_days(found: Found, today: date) -> Span | None:
    number, month = int(found["last"]), month_number(found["month"])
    last = _dated(number, month, found, today)
    return last and (last[0].replace(day=int(found["day"])), last[1])


def _years_by(found: Found, today: date) -> Span | None:
    """`it will be three years on the 9th`: so many years before the next one."""
    day = int(found["day"])
    for ahead in (0, 1, 2):
        next_one = days.months_back(today.replace(day=1), -ahead).replace(day=day)
        if next_one >= today:
            return days.one(days.months_back(next_one, 12 * int(amount(found["number"])[0])))
    return None


def _ordinal(said: str) -> int:
    return ORDINALS.get(said) or int(said[:-2])


def _days_of_a_month(found: Found, today: date) -> Span | None:
    """`between the 2nd and the 9th`: of the latest month in which both are over."""
    first, last = _ordinal(found["day"]), _ordinal(found["last"])
    for months in range(14):
        month = days.months_back(today.replace(day=1), months)
        ends = days.month(month.year, month.month)[1]
        if first < last <= ends.day and month.replace(day=last) <= today:
            return month.replace(day=first), month.replace(day=last)
    return None


def _nth_weekday(found: Found, today: date) -> Span | None:
    """`the last Saturday in August`: of the named year, or of the latest that is over."""
    nth = _NTH.index(found["nth"]) + 1 if found["nth"] != "last" else -1
    weekday, month = weekday_number(found["weekday"]), month_number(found["month"])
    said = _year_said(found, today)
    for year in (today.year, today.year - 1) if said is None else (said,):
        day = days.nth_weekday(year, month, weekday, nth)
        if day <= today and day.month == month:
            return days.one(day)
    return None


def _whole_year(found: Found, _today: date) -> Span | None:
    return days.whole_year(int(found["year"]))


def _years(found: Found, _today: date) -> Span | None:
    return date(int(found["year"]), 1, 1), date(int(found["last"]), 12, 31)


def _decade(found: Found, _today: date) -> Span | None:
    words = {"sixties": 60, "seventies": 70, "eighties": 80, "nineties": 90}
    said = found["decade"]
    start = 1900 + words[said] if said in words else _decade_start(said)
    return date(start, 1, 1), date(start + 9, 12, 31)


def _decade_start(said: str) -> int:
    number = int(said.rstrip("s").rstrip("'"))
    if number > 100:
        return number
    return number + (1900 if number >= 40 else 2000)


_NTH = ("first", "second", "third", "fourth")
_M = rf"(?P<month>{MONTH_AFTER_DAY})\b{_NOT_MAY}"
RULES: tuple[tuple[str, Reader], ...] = (
    (
        rf"\bit will be {NUMBER} years on the (?P<day>\d{{1,2}})(?:st|nd|rd|th)\b",
        _years_by,
    ),
    (r"\b(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)\b", _iso),
    (
        r"(?<![\d/.\-])\b(?P<day>\d{1,2}) ?(?P<mark>[/.\-]) ?(?P<month>\d{1,2}) ?(?P=mark) ?"
        r"(?P<year>(?:19|20)?\d\d)\b(?![/\-]|\.\d)",
        _slashes,
    ),
    (
        r"(?<![\d/.\-£])(?:\b(?:on|since|from|dated?|of|was|until|till|"
        r"night of|morning of|before|after|"
        r"it is) (?:about |around |the )?|\bday )(?P<day>\d{1,2})/(?P<month>\d{1,2})\b(?![/\-]|"
        r"\.\d)(?<!24/7)",
        _slashes,
    ),
    (
        rf"\b(?<![\d/])(?P<day>\d{{1,2}})(?:st|nd|rd|th)? ?(?:to|and|-|until|"
        rf"till|or) ?(?:the )?(?P<last>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?{_M}{_YEAR_SAID}",
        _two_days,
    ),
    (
        rf"\b(?<![\d/:.£])(?:the )?(?P<day>\d{{1,2}})(?: ?(?:st|nd|rd|th))?,?(?: of)? "
        rf"{_M}{_YEAR_SAID}",
        _day_month,
    ),
    (
        rf"\b(?P<day>\d{{1,2}})(?P<month>jan|feb|mar|apr|may|jun|jul|aug|"
        rf"sep|oct|nov|dec)[a-z]*\b{_YEAR_SAID}",
        _day_and_short_month,
    ),
    (
        rf"\b(?:on )?(?:the )?(?P<nth>last|{'|'.join(_NTH)}) {DAY_NAME} (?:in|of) "
        rf"{_M}{_YEAR_SAID}",
        _nth_weekday,
    ),
    (rf"\b(?:the )?(?P<day>{ORDINAL})(?: day)?(?: of)? {_M}{_YEAR_SAID}", _day_month),
    (
        rf"\b{_M} (?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:/]|\.\d|"
        rf"(?: ?[ap]m\b)|(?:,? (?:people|men|lads|times|of|years?|days?|"
        rf"weeks?|months?|hours?|o'clock|boys|girls|kids)))(?:,? {YEAR})?\b",
        _day_month,
    ),
    (
        rf"\b(?:the )?(?P<day>\d{{1,2}}(?=st|nd|rd|th)|{ORDINAL})(?:st|nd|rd|th)? of "
        r"(?P<which>last|this) month\b",
        _day_only,
    ),
    (
        rf"\b(?:between|from) (?:the )?(?P<day>\d{{1,2}}(?:st|nd|rd|th)|{ORDINAL}) (?:and|to) "
        rf"(?:the )?(?P<last>\d{{1,2}}(?:st|nd|rd|th)|{ORDINAL})\b"
        r"(?! (?:of )?[a-z]*(?:ber|ary|uly|une|pril|arch|ust)\b)",
        _days_of_a_month,
    ),
    (
        r"\b(?:on|the|since|from|to|until|till|around|about|and|night of|morning of|"
        r"(?:mon|tues|wednes|thurs|fri|satur|sun)day) (?:the )?(?P<day>\d{1,2})(?:st|nd|rd|th)\b"
        rf"{_NO_COUNT}",
        _day_only,
    ),
    (
        rf"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day,? the (?P<day>{ORDINAL})\b{_NO_COUNT}",
        _day_only,
    ),
    (
        rf"\b(?:in|since|back in|from|around|about|during|until|between|"
        rf"summer|spring|autumn|winter|year|was|of|{'|'.join(MONTHS)}|early|"
        rf"late|mid) (?:about |around |the year |early |late |mid |summer )?(?P<year>(?:19[5-9]|"
        rf"20[0-4])\d) ?(?:-|to|until|till|and) ?(?P<last>(?:19|20)\d\d)\b",
        _years,
    ),
    (
        r"(?:^|(?<=[,.;(] ))(?P<year>(?:19[5-9]|20[0-4])\d) ?(?:-|to|until|till) ?"
        r"(?P<last>(?:19|20)\d\d)(?=[,.;)]|$)",
        _years,
    ),
    (
        r"\b(?:in|since|back in|from|around|about|during|until|before|after|(?:it|this|that) was|"
        r"early|late|mid|end of|start of|beginning of|through|throughout) (?:about |around |"
        r"the year |early |late |mid |roughly )?(?P<year>(?:19[3-9]|20[0-4])\d)\b(?![/\-\d]|"
        r"\.\d| ?(?:pounds|quid|people|pm|am|hours|hrs))",
        _whole_year,
    ),
    (r"(?<=[.!?;,] )(?P<year>(?:19[3-9]|20[0-4])\d)(?=[.!?;,]|$)", _whole_year),
    (
        r"\b(?:the |early |late |mid )(?:the )?(?P<decade>(?:19|20)?[0-9]0'?s|"
        r"sixties|seventies|eighties|nineties)\b(?! (?:road|bus|music|man|"
        r"woman))(?<!in her)",
        _decade,
    ),
)

# Only in a telling, between marks: `by the lido, 18/11 about nine`. Small fractions are none.
TELLINGS: tuple[tuple[str, Reader], ...] = (
    (
        r"(?:^|(?<=[,.;(] )|(?<=day ))(?P<day>[0-3]?\d)/(?P<month>[01]?\d)(?![\d/\-]|\.\d)"
        r"(?<!24/7)(?<!\b\d/10)(?<!\b[1-4]/[1-4])(?<!10/10)"
        r"(?=[,.;)]|$| (?:at|between|around|about|approx|from|just|in the|late|early|morning|"
        r"afternoon|evening|night|\d{1,2} ?(?:[ap]m|[:.]\d\d))\b)",
        _slashes,
    ),
)

# Only in an answer to "when?": a bare number that could be anything elsewhere.
ANSWERS: tuple[tuple[str, Reader], ...] = (
    (r"\b(?P<day>\d{1,2})/(?P<month>\d{1,2})\b(?![/\-]|\.\d)(?<!24/7)", _slashes),
    (r"\b(?P<day>\d{1,2})(?:st|nd|rd|th)\b", _day_only),
    (r"\b(?P<year>(?:19[3-9]|20[0-4])\d)\b", _whole_year),
)


def _short(said: str) -> int:
    return next(number for number, name in enumerate(MONTHS, 1) if name.startswith(said))
