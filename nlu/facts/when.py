"""When it happened: days as people say them, read against the day of the message."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from nlu.facts.model import Fact

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "couple of": 2, "a couple of": 2, "three": 3, "few": 3, "a few": 3, "four": 4, "five": 5, "six": 6}

Span = tuple[date, date]

_DAY = r"(?P<day>mon|tue|tues|wed|weds|thu|thur|thurs|fri|sat|sun)[a-z]*"
_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*"
_NUMBER = r"(?P<number>\d{1,3}|a couple of|couple of|a few|few|an?|one|two|three|four|five|six)"


def _today(found: re.Match[str], today: date) -> Span:
    return today, today


def _yesterday(found: re.Match[str], today: date) -> Span:
    return (today - timedelta(1),) * 2  # type: ignore[return-value]


def _before_yesterday(found: re.Match[str], today: date) -> Span:
    return (today - timedelta(2),) * 2  # type: ignore[return-value]


def _weekday(found: re.Match[str], today: date) -> Span:
    wanted = next(i for i, name in enumerate(DAYS) if name.startswith(found["day"].lower()[:3]))
    back = (today.weekday() - wanted) % 7 or 7
    if found.groupdict().get("week_before"):
        back += 7
    day = today - timedelta(back)
    return day, day


def _ago(found: re.Match[str], today: date) -> Span:
    said = found["number"].lower()
    number = NUMBERS[said] if said in NUMBERS else int(said)
    unit = found["unit"].lower()
    days = number * {"day": 1, "week": 7, "month": 30, "year": 365}[unit]
    slack = {"day": 0, "week": 1, "month": 7, "year": 90}[unit]
    middle = today - timedelta(days)
    return middle - timedelta(slack), min(middle + timedelta(slack), today)


def _last_unit(found: re.Match[str], today: date) -> Span:
    unit = (found["unit"] or "weekend").lower()
    if unit == "week":
        monday = today - timedelta(today.weekday() + 7)
        return monday, monday + timedelta(6)
    if unit == "month":
        end = today.replace(day=1) - timedelta(1)
        return end.replace(day=1), end
    if unit == "year":
        return date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)
    saturday = today - timedelta((today.weekday() - 5) % 7 or 7)
    return saturday, saturday + timedelta(1)


def _day_of_month(found: re.Match[str], today: date) -> Span:
    number = int(found["date"])
    month = _month_number(found["month"])
    year = int(found["year"]) if found["year"] else today.year
    day = date(year, month, number)
    if day > today and not found["year"]:
        day = date(year - 1, month, number)
    return day, day


def _slashes(found: re.Match[str], today: date) -> Span:
    year = int(found["year"] or today.year)
    day = date(year + 2000 if year < 100 else year, int(found["month"]), int(found["date"]))
    if day > today and not found["year"]:
        day = day.replace(year=day.year - 1)
    return day, day


def _month_number(said: str) -> int:
    return next(i for i, name in enumerate(MONTHS, 1) if name.startswith(said.lower()[:3]))


RULES: tuple[tuple[str, Callable[[re.Match[str], date], Span]], ...] = (
    (rf"\b(?P<date>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_MONTH}(?:,? (?P<year>20\d\d))?\b", _day_of_month),
    (r"\b(?P<date>\d{1,2})[/.](?P<month>\d{1,2})(?:[/.](?P<year>\d{2,4}))?\b", _slashes),
    (r"\bday before yesterday\b", _before_yesterday),
    (r"\b(?:yesterday|last night|lastnight|yday)\b", _yesterday),
    (r"\b(?:today|this (?:morning|afternoon|evening)|tonight|just now|an hour ago|(?:\d+|a few|couple of) hours ago)\b", _today),
    (rf"\b(?P<week_before>a week (?:ago )?(?:last|on) ){_DAY}\b", _weekday),
    (rf"\b{_DAY} (?P<week_before>(?:before last|last week|week ago))\b", _weekday),
    (rf"\b(?:last|on|this|since|every)? ?{_DAY}\b(?! to\b)", _weekday),
    (rf"\b{_NUMBER} (?P<unit>day|week|month|year)s? (?:ago|back)\b", _ago),
    (r"\blast (?P<unit>week|month|year|weekend)\b|\b(?:at|over|on) the weekend\b", _last_unit),
)  # fmt: skip
_RULES = tuple((re.compile(pattern, re.IGNORECASE), read) for pattern, read in RULES)


def read(text: str, today: date) -> Fact | None:
    """The days in which it happened, in the form of the assessment; None if none is named."""
    for rule, reader in _RULES:
        for found in rule.finditer(text):
            try:
                first, last = reader(found, today)
            except (ValueError, KeyError, AttributeError):  # the 31st of June, a price
                continue
            said = found.group().strip()
            value = {"from": first.isoformat(), "to": last.isoformat(), "as_said": said}
            return Fact("occurred", value, said)
    return None
