"""Dates by their distance: last Tuesday, a week last Tuesday, 3 weeks ago, for two years."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from nlu.facts.dates import days
from nlu.facts.dates.days import Span
from nlu.facts.dates.words import DAY_NAME, NUMBER, UNIT, WEEKDAY, WEEKDAYS, amount, weekday_number

Found = re.Match[str]
Reader = Callable[[Found, date], "Span | None"]
LENGTH = {"day": 1, "night": 1, "week": 7, "weekend": 7, "fortnight": 14, "month": 30.44, "year": 365.25, "decade": 3652.5}
# How far off people are who count in this unit.
SLACK = {"day": 0, "night": 0, "week": 3, "weekend": 3, "fortnight": 3, "month": 10, "year": 120, "decade": 900}
_WEEKS = r"(?P<weeks>a|one|1|two|2|three|3|four|4)"
_PART = r"(?:(?:morning|afternoon|evening|night|lunchtime|teatime|tea time|eve)\b)"


def nothing(found: Found, today: date) -> Span | None:
    """A time that is no day in the past: next Friday, every Tuesday."""
    return None


def _back(first: int, last: int = -1) -> Reader:
    end = first if last < 0 else last
    return lambda found, today: (today - timedelta(first), today - timedelta(end))


def _weekday(found: Found, today: date) -> Span:
    wanted = weekday_number(found["weekday"])
    if found.groupdict().get("this") and wanted == today.weekday():
        return days.one(today)
    return days.one(days.last_weekday(today, wanted))


def _weekday_before(found: Found, today: date) -> Span:
    return days.one(days.last_weekday(today, weekday_number(found["weekday"])) - timedelta(7))


def _weeks_and_weekday(found: Found, today: date) -> Span:
    count = amount(found["weeks"])[0] * (2 if "fortnight" in found.group() else 1)
    return days.one(
        days.last_weekday(today, weekday_number(found["weekday"])) - timedelta(int(count) * 7)
    )


def _weekday_weeks_ago(found: Found, today: date) -> Span:
    low, high = amount(found["number"])
    wanted = weekday_number(found["weekday"])
    weeks = 2 if "fortnight" in found.group() else 1
    first, last = (days.nearest_weekday(today - timedelta(7 * weeks * n), wanted) for n in (high, low))
    return first, last


def _weekday_of_week(found: Found, today: date) -> Span | None:
    back = {"last week": 1, "this week": 0}.get(found["which"], 2)
    day = days.monday_of(today) + timedelta(weekday_number(found["weekday"]) - 7 * back)
    return days.one(day) if day <= today else None


def _so_many_weekdays(found: Found, today: date) -> Span:
    low, high = amount(found["number"])
    last = days.last_weekday(today, weekday_number(found["weekday"]))
    return last - timedelta(7 * (int(high) - 1)), last - timedelta(7 * (int(low) - 1))


def _other_weekday(found: Found, today: date) -> Span:
    last = days.last_weekday(today, weekday_number(found["weekday"]))
    return last - timedelta(14), last


def _ago(found: Found, today: date) -> Span:
    low, high = amount(found["number"])
    unit = found["unit"]
    half = 0.5 if found["half"] or found.groupdict().get("half_after") else 0
    slack = 0 if found.groupdict().get("exact") else SLACK[unit]
    first = today - days.days((high + half) * LENGTH[unit] + slack)
    last = today - days.days((low + half) * LENGTH[unit] - slack)
    return (first, last) if low < high or slack else days.one(_exactly(low + half, unit, today))


def _exactly(number: float, unit: str, today: date) -> date:
    if unit in ("month", "year") and number == int(number):
        return days.months_back(today, int(number) * (12 if unit == "year" else 1))
    return today - days.days(number * LENGTH[unit])


def _for(found: Found, today: date) -> Span:
    _, high = amount(found["number"])
    half = 0.5 if found["half"] else 0
    return today - days.days((high + half) * LENGTH[found["unit"]]), today


def _vaguely_for(found: Found, today: date) -> Span:
    units = {"days": 7, "weeks": 42, "months": 274, "years": 3652, "ages": 730}
    return today - timedelta(units[found["units"]]), today


def _vaguely_ago(found: Found, today: date) -> Span:
    low, high = {"days": (2, 7), "weeks": (14, 56), "months": (60, 335)}[found["units"]]
    return today - timedelta(high), today - timedelta(low)


def _last_unit(found: Found, today: date) -> Span:
    back = 2 if found.groupdict().get("before") else 1
    return _unit_back(found["unit"], today, back)


def _unit_back(unit: str, today: date, back: int) -> Span:
    if unit == "week":
        monday = days.monday_of(today) - timedelta(7 * back)
        return monday, monday + timedelta(6)
    if unit == "month":
        first = days.months_back(today.replace(day=1), back)
        return days.month(first.year, first.month)
    if unit == "weekend":
        saturday = days.monday_of(today) - timedelta(7 * back - 5)
        return saturday, saturday + timedelta(1)
    return days.whole_year(today.year - back)


def _this_unit(found: Found, today: date) -> Span:
    unit = found["unit"]
    if unit == "weekend":
        return days.weekend_of(today) if today.weekday() != days.SAT else days.one(today)
    start = {"week": days.monday_of(today), "month": today.replace(day=1)}
    return start.get(unit, today.replace(month=1, day=1)), today


def _weekend(found: Found, today: date) -> Span:
    return days.weekend_of(today)


def _running(found: Found, today: date) -> Span:
    _, high = amount(found["number"])
    return today - timedelta(int(high * LENGTH[found["unit"]])), today


RULES: tuple[tuple[str, Reader], ...] = (
    (rf"\b(?:next|every|each|any|most|by|until|till|coming|following|(?:see|back|again) on) (?:single |other )?(?:{WEEKDAY}|week|weekend|month|year|day|night)s?\b|\b(?:mon|tues|wednes|thurs|fri|satur|sun)days\b(?! ago)|\btomorrow\b|\bin (?:a|\d+|two|three|a few|a couple of) (?:days|weeks|months|hours)?(?:'? time)\b", nothing),
    (r"(?<!from )(?<!between )\b(?:mon|tues|wednes|thurs|fri|satur|sun)day (?:to|-|through|thru) (?:mon|tues|wednes|thurs|fri|satur|sun)day\b", nothing),
    (r"\b(?:the )?(?:night|evening|day|morning|afternoon) before (?:last|yesterday)\b|\bthe day before yesterday\b|\bbefore yesterday\b|\btwo nights ago\b", _back(2)),
    (r"\b(?:yesterday|last night|last evening|the last night)\b(?: (?:morning|afternoon|evening|night|lunchtime|teatime))?", _back(1)),
    (r"\b(?:overnight|over night|during the night|in the night|in the middle of the night|(?:in )?the early hours(?: of this morning)?)\b(?! (?:of|on))(?! (?:bag|shift|stay))", _back(1, 0)),
    (rf"\b(?:today|this (?:morning|afternoon|evening|lunchtime)|tonight|earlier on|earlier today|just now|(?:just|only) happened|happening (?:right )?now|(?:\d+|a|an|one|two|three|four|few|a few|couple of|a couple of|half an|several|some) (?:hours?|minutes?|mins) ago|(?:an )?hour or (?:so|two) ago|moments ago)\b(?: {_PART})?", _back(0)),
    (r"\bjust (?:been|got|had my \w+(?: \w+)?) (?=(?:mugged|robbed|burgled|attacked|assaulted|hit|beaten|punched|stolen|nicked|snatched|broken into|scammed|raped|threatened|taken)\b)", _back(0)),
    (rf"\b{_WEEKS} (?:weeks?|fortnight) (?:ago )?(?:last|past|this past) {DAY_NAME}", _weeks_and_weekday),
    (rf"\b(?P<weeks>a )?fortnight (?:ago )?(?:last|past|on) {DAY_NAME}", lambda f, t: days.one(days.last_weekday(t, weekday_number(f["weekday"])) - timedelta(14))),
    (rf"\bweek last {DAY_NAME}|\b(?:a |1 |one )week ago (?:on )?(?P<weekday2>{WEEKDAY})\b", lambda f, t: days.one(days.last_weekday(t, weekday_number(f["weekday"] or f["weekday2"])) - timedelta(7))),
    (rf"{DAY_NAME} (?:a )?week ago\b", _weekday_before),
    (rf"\b{NUMBER} (?:weeks?|fortnight) ago,? (?:on |last |this )?(?:a )?{DAY_NAME}", _weekday_weeks_ago),
    (rf"{DAY_NAME},? (?:(?:night|morning|afternoon|evening) )?(?:about |around |like )?{NUMBER} (?:weeks?|fortnight) (?:ago|back)\b", _weekday_weeks_ago),
    (rf"\b(?:the )?(?:last )?{DAY_NAME} (?:(?:night|morning|afternoon|evening) )?(?:before last|last but one)\b", _weekday_before),
    (rf"\b(?P<which>last week|this week|the week before last),? (?:on )?(?:the )?{DAY_NAME}", _weekday_of_week),
    (rf"{DAY_NAME} (?:(?:night|morning|afternoon|evening) )?(?:of )?(?P<which>last week|this week|the week before last)\b", _weekday_of_week),
    (rf"\b{NUMBER} (?P<weekday>{'|'.join(WEEKDAYS)})s ago\b", _so_many_weekdays),
    (rf"\bthe other {DAY_NAME}", _other_weekday),
    (r"\b(?:the )?other (?:day|night|evening|morning|afternoon)\b", _back(7, 1)),
    (r"\b(?:the )?other week\b", _back(21, 7)),
    (r"\b(?:the )?other weekend\b", _back(21, 1)),
    (r"\b(?:the )?other month\b", _back(75, 25)),
    (rf"\b{NUMBER} (?P<unit>night|day|week|weekend)s (?:running|in a row|on the trot|on the bounce)\b", _running),
    (r"\b(?:the |over the |at the )?(?P<unit>week|weekend|month|year) (?P<before>before last)\b", _last_unit),
    (r"\blast (?P<unit>week|month|year|weekend)\b(?! (?:of|and a half))", _last_unit),
    (r"\b(?:later |earlier |all |some ?time |during )?this (?P<unit>week|month|year|weekend)\b", _this_unit),
    (r"\b(?:over|at|during|all|on) (?:the )?weekend\b|\bweekend just gone\b|\bthe weekend\b(?! (?:before|after|rota|shift))", _weekend),
    (rf"\b(?:a )?{NUMBER} {UNIT}(?P<half_after> and a half)? (?:ago|back|since|previous(?:ly)?|past)\b(?P<exact> (?:today|to the day|exactly|this very day))?(?! (?:to|into|at|home))", _ago),
    (rf"\b(?:year|years) and a half ago\b", _back(640, 450)),
    (r"\b(?:a )?half (?:a )?year ago\b", _back(215, 150)),
    (rf"\b(?:for|over|during|throughout|these|(?:in|within)(?= (?:the )?(?:past|last))) (?:about |around |at least |over |nearly |almost |more than |well over |going on |roughly |like |the )*(?:the )?(?:past |last |previous |whole )*{NUMBER} {UNIT}\b(?! (?:ago|back|old|time|later|from now|into|after|before))", _for),
    (rf"\b(?:the )?(?:past|last) {NUMBER} {UNIT}\b(?! (?:ago|back|old))", _for),
    (rf"\b(?:about |around |nearly |over |going on (?:for )?)?{NUMBER} {UNIT} (?:now|of this|of (?:hell|abuse|it|him|her))\b", _for),
    (r"\bgoing on (?:about |for )?(?P<number>\d{1,2}|two|three|four|five|six)(?P<half> and a half)? (?P<unit>week|month|year)s\b", _for),
    (r"\b(?:for|over|been|in)(?: (?:the|these))?(?: (?:many|several|some|so many|past|last|a few|absolute|literally))* (?P<units>weeks|months|years|ages|days)\b(?! (?:ago|to come|old|and a))", _vaguely_for),
    (r"\b(?P<units>days|weeks|months) (?:ago|back|and (?:days|weeks|months) ago)\b", _vaguely_ago),
    (rf"\b(?:on |late on |early on |early |late )?(?:(?P<this>this)|last|this past|past)? ?{DAY_NAME}(?: (?:just )?(?:gone|past))?(?: {_PART})?(?: last)?(?=\W|$)(?! week\b)", _weekday),
)  # fmt: skip

# Only in an answer to "when?".
ANSWERS: tuple[tuple[str, Reader], ...] = (
    (rf"^\W*(?:about |around |maybe |like |roughly |nearly |over |it is been |it has been |before )*{NUMBER} {UNIT}\b(?! old)", _ago),
    (r"^\W*(?P<weekday>sat|sun|wed)\b", _weekday),
    (r"\bjust now\b|^\W*(?:now|right now|happening now|earlier|minutes ago)\b", _back(0)),
    (r"\brecent(?:ly)?\b|\bnot (?:that |very |so )?long ago\b|\bjust the other\b", _back(60, 0)),
    (r"\blately\b", _back(90, 0)),
    (r"\b(?:a )?(?:little |short )?while (?:ago|back)\b|\bsome time ago\b", _back(365, 14)),
    (r"\b(?:years|ages|a long time|long time|many years|decades|donkeys years) (?:ago|back)\b", _back(9131, 548)),
    (r"^\W*(?P<units>weeks|months|years|ages)\b", _vaguely_for),
)  # fmt: skip


# What these find lasts until today.
SPANS_TO_NOW = frozenset({_for, _vaguely_for})
