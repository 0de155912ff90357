"""All patterns of times in one table: exact, named, relative, months and seasons."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from nlu.facts.dates import days, exact, named, relative, relative_words
from nlu.facts.dates.days import Span
from nlu.facts.dates.exact import Found, Reader
from nlu.facts.dates.words import MONTHS, NUMBER, month_number
from nlu.facts.literals import Search

_AFTER = (
    r"(?:,? (?:of |in )?(?P<year>(?:19|20)\d\d)\b|,? (?:of )?(?P<relative>last "
    r"year|this year|the year before last|the year before))?"
)
_PREP = (
    r"(?:in|last|since|this|during|early|late|mid|end of|start of|beginning of|"
    r"middle of|around|about|from|until|till|between|before|after|to|"
    r"and|or|of|back in|over|through|first week of|year,?|time|was|were)"
)
_NO_DAY = r"(?! \d(?!\d{3}\b))"  # `January 5` is a day, `January 2025` a month
_SAFE_MONTH = "january|february|july|september|october|november|december"


@cache
def rules(answering: bool) -> tuple[tuple[str, Search, Reader], ...]:
    """Kind, pattern and reader of each time, in the order in which they claim words."""
    table: list[tuple[str, str, Reader]] = []
    nothing, *others = relative_words.RULES
    if answering:
        table += [("exact", pattern, reader) for pattern, reader in exact.RULES]
        table.append(("relative", *nothing))
    else:
        table.append(("relative", *nothing))
        table += [("exact", pattern, reader) for pattern, reader in exact.RULES]
    table += [("named", *row) for row in _named_rules()]
    table += [("month", *row) for row in _month_rules()]
    if not answering:
        table += [("exact", pattern, reader) for pattern, reader in exact.TELLINGS]
        others = [*relative_words.TELLINGS, *others]
    table += [(_kind(reader), pattern, reader) for pattern, reader in others]
    if answering:
        table += [("exact", pattern, reader) for pattern, reader in exact.ANSWERS]
        extra = relative_words.ANSWERS
        table += [(_kind(reader), pattern, reader) for pattern, reader in extra]
    return tuple((kind, Search(pattern), reader) for kind, pattern, reader in table)


def _kind(reader: Reader) -> str:
    return "for" if reader in relative.SPANS_TO_NOW else "relative"


def _named_rules() -> Iterator[tuple[str, Reader]]:
    holiday = r"\b(?:the |last |this )?bank holiday"
    for pattern, of_year in named.table():
        yield (
            rf"\b(?:last |this |the |this last )?(?:{pattern.pattern})\b{_AFTER}",
            _latest(of_year),
        )
    yield rf"{holiday} monday\b{_AFTER}", _latest(named.bank_holidays(0))
    yield rf"{holiday}(?: weekend)?\b{_AFTER}", _latest(named.bank_holidays(2))
    yield rf"\b(?:last |this |the )?half[ -]?term\b{_AFTER}", _latest(named.half_terms)


def _month_rules() -> Iterator[tuple[str, Reader]]:
    any_month = "|".join(MONTHS)
    yield rf"\b(?:a )?year (?:ago )?last (?P<month>{any_month})\b", relative.month_before_last
    yield (
        rf"\bwill be {NUMBER} years (?:in |this |next )(?P<month>{any_month})\b",
        relative.anniversary,
    )
    yield (
        (
            rf"\b{_PREP} (?:the )?(?:last |this |early |late |mid )?(?P<month>{any_month})\b"
            rf"{_NO_DAY}(?! (?:have|be|not|know|has|road|street|ball|town|station|market|high))"
            rf"(?: time)?{_AFTER}"
        ),
        _month,
    )
    yield (
        (
            rf"\b(?P<relative>last year|this year|the year before),? (?:it was )?(?:in "
            rf"|around |about |on )?(?P<month>{any_month})\b(?! \d)"
        ),
        _month,
    )
    yield rf"\b(?P<month>{_SAFE_MONTH})\b{_NO_DAY}{_AFTER}", _month
    yield (
        (
            r"\b(?P<month>march|april|june|august|may|dec|jun|jul)\b,? (?:of |"
            r"in )?(?:(?P<year>(?:19|20)\d\d)|(?P<relative>last year|this year|"
            r"the year before last|the year before))\b"
        ),
        _month,
    )
    yield (
        (
            rf"^\W*(?:it was |maybe |about |around )?(?P<month>{any_month}|mar|"
            rf"jun|jul)\b{_NO_DAY}\W*(?:i think|time|sometime|ish)?{_AFTER}\W*$"
        ),
        _month,
    )
    yield (
        (
            r"\b(?:the |last )?(?P<season>spring|summer|autumn|winter)\b[^.!?]{0,24}"
            r"\b(?:the one before|not this (?:one|year|past)|not the one just gone|before last)"
            r"(?: (?:one )?gone)?(?:,? the one before)?\b"
        ),
        _season_before,
    )
    yield (
        (
            rf"\b(?:the|last|this|in|over|during|since|early|late|mid|end of|"
            rf"start of|back in|that) (?:the )?(?:last |early |late |mid |whole )?"
            rf"(?P<season>spring|"
            rf"summer|autumn|winter)\b(?! (?:garden|term|coat|road|house)){_AFTER}"
        ),
        _season,
    )
    yield (
        (
            r"\b(?P<season>spring|summer|autumn|winter),? (?:of |in )?(?:(?P<year>(?:19|"
            r"20)\d\d)|(?P<relative>last year|this year))\b"
        ),
        _season,
    )


def _latest(of_year: named.OfYear) -> Reader:
    def read(found: Found, today: date) -> Span | None:
        return _of(found, of_year, today)

    return read


def _month(found: Found, today: date) -> Span | None:
    number = month_number(found["month"])
    if number == today.month and re.search(r"\blast [a-z]+$", found.group()):
        return days.month(today.year - 1, number)
    return _of(found, named.month(month_number(found["month"])), today)


def _season(found: Found, today: date) -> Span | None:
    return _of(found, named.season(found["season"]), today)


def _season_before(found: Found, today: date) -> Span | None:
    return named.latest(named.season(found["season"]), today, back=1)


def _of(found: Found, of_year: named.OfYear, today: date) -> Span | None:
    said = found.groupdict()
    if said.get("year"):
        return named.in_year(of_year, int(said["year"]))
    if said.get("relative"):
        back = {"this year": 0, "last year": 1}.get(said["relative"], 2)
        return named.in_year(of_year, today.year - back)
    return named.latest(of_year, today)
