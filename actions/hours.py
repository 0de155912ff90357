"""The hours that typed words surely name: `after six`, `weekday evenings`, `mornings before ten`.

Only words that are understood to the last one name hours. What may be read in two ways, and what
depends on somebody, names none and is for a person to read: `after ten`, `when he is out`. What is
only said not to be safe opens nothing: `not mornings`.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from actions.clock_times import NotSure, Span, without
from actions.hours_beside import stands_clear, without_how
from actions.hours_grammar import Clause, check, clauses_of
from actions.hours_statements import Statement, statements_of
from actions.hours_words import Vocabulary

ANY: Span = (9 * 60, 20 * 60)
EVERY_DAY = tuple(range(7))


class Hours(NamedTuple):
    """Safe minutes of a day; ``school`` where they are so only while children are at school."""

    start: int
    end: int
    school: bool = False


Week = dict[int, list[Hours]]  # day of the week -> the safe hours of it


def hours_of(said: str, beside: str = "") -> list[dict[str, Any]]:
    """The hours that words name, as the record keeps them; none when it is not sure.

    ``beside`` is all that was said in the same message.
    """
    said, beside = (without_how(_plain(text)) for text in (said, beside or said))
    try:
        statements = statements_of(list(Vocabulary.load().read(said)))
        if not stands_clear(said, beside, any_time=_is_any_time(statements)):
            return []
        return list(_grouped(_week(statements)))
    except NotSure:
        return []


def _plain(text: str) -> str:
    """Lower case, one kind of apostrophe, and a line is a sentence."""
    lines = (line.strip() for line in text.lower().replace("’", "'").splitlines())
    return ". ".join(line for line in lines if line)


def _is_any_time(statements: Sequence[Statement]) -> bool:
    return all(word.kind in ("any", "good") for one in statements for word in one.words)


def _week(statements: Sequence[Statement]) -> Week:
    safe = [one for one in statements if one.is_safe]
    if not safe:
        raise NotSure
    week = _safe(_told(safe))
    for one in statements:
        if not one.is_safe:
            week = _without(week, clauses_of(one.words, wide=True))
    return week


def _told(safe: Sequence[Statement]) -> list[Clause]:
    """All clauses; `otherwise` is about the days that were not named before."""
    told: list[Clause] = []
    together: list[Clause] = []
    for one in safe:
        clauses = clauses_of(one.words)
        if one.is_of_the_rest:
            named = {day for clause in told for day in clause.days}
            rest = [day for day in EVERY_DAY if day not in named]
            clauses = [one if one.days or not named else one.on(rest) for one in clauses]
            together = []
        together += clauses
        check(together)
        told += clauses
    return told


def _safe(clauses: Sequence[Clause]) -> Week:
    """`Any time` beside other hours opens no more than they do: `evenings, any time`."""
    narrower = [one for one in clauses if not one.is_bare]
    if any(one.is_whatever for one in clauses) and narrower:
        raise NotSure  # whatever it was that does not matter
    week: Week = {day: [] for day in EVERY_DAY}
    for one in narrower or clauses:
        spans = [(ANY if one.names_no_hours else span) for span in one.spans(wide=False)]
        for day in one.days or EVERY_DAY:
            week[day] += [Hours(*span, one.school) for span in spans]
    return week


def _without(week: Week, never: Sequence[Clause]) -> Week:
    cut: dict[int, list[Span]] = {day: [] for day in EVERY_DAY}
    for one in never:
        for day in one.days or EVERY_DAY:
            cut[day] += one.spans(wide=True)
    return {
        day: [
            Hours(*span, hours.school)
            for hours in of_day
            for span in without([(hours.start, hours.end)], cut[day])
        ]
        for day, of_day in week.items()
    }


def _grouped(week: Week) -> Iterator[dict[str, Any]]:
    """Each span once, with the days on which it holds."""
    told = {hours for of_day in week.values() for hours in of_day if hours.start < hours.end}
    for hours in sorted(told):
        start, end = in_record((hours.start, hours.end))
        days = [day for day, of_day in week.items() if hours in of_day]
        kept = {"days": days, "from": start, "to": end}
        yield kept | {"school": True} if hours.school else kept


def in_record(span: Span) -> tuple[str, str]:
    """A span as the record writes it: `18:00`, `20:00`."""
    start, end = (f"{at // 60:02d}:{at % 60:02d}" for at in span)
    return start, end
