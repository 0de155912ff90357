"""The hours that typed words surely name: `after six`, `weekday evenings`, `mornings before ten`.

Only words that are understood to the last one name hours. What may be read in two ways, and what
depends on somebody, names none and is for a person to read: `after ten`, `when he is out`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from actions.clock_times import NUMBERS, Clock, NotSure, Span, clock_of, range_of

Week = dict[int, list[Span]]  # day of the week -> the safe minutes of it

ANY: Span = (9 * 60, 20 * 60)
PARTS: dict[str, Span] = {
    "morning": (9 * 60, 12 * 60),
    "afternoon": (12 * 60, 17 * 60),
    "evening": (17 * 60, 20 * 60),
    "lunch": (12 * 60, 13 * 60),
    "day": (9 * 60, 17 * 60),
}
# What a part may hold at most: of hours in it, and of what is not safe.
WIDE: dict[str, Span] = {
    "morning": (0, 12 * 60),
    "afternoon": (12 * 60, 18 * 60),
    "evening": (17 * 60, 24 * 60),
    "lunch": (11 * 60, 15 * 60),
    "day": (7 * 60, 19 * 60),
}
SCHOOL: Span = (9 * 60 + 30, 14 * 60 + 30)  # without the way there and back
NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WORKDAYS, WEEKEND = range(5), range(5, 7)

_KIDS = (
    r"(?:they|(?:(?:the|my|our) )?(?:kids?|children|boys?|girls?|sons?|daughters?|little ones?))"
)
# What each word is, the first that fits: a letter, and how it is written.
_WORDS = [
    ("X", r"(?:but )?(?:not|except(?: for)?|apart from|other than)\b"),
    ("N", r"any ?time\b|all day\b|whenever\b"),
    ("_", r"at all\b"),
    ("H", rf"(?:when|while|once) {_KIDS} (?:is|are) (?:at|in) school\b"
          r"|(?:(?:in|during) )?school (?:hours|time|day)\b"),
    ("K", r"(?:office|working|business) hours\b"),
    ("V", r"(?:to|can|you can|i can|please|just|only)? ?(?:ring|call|text|phone|talk|speak|reach|"
          r"contact)(?: me| to me)?\b"),
    ("T", r"(?:half past |half )?(?:\d{1,2}(?:[:.]\d\d)?|" + "|".join(NUMBERS)
          + r")(?: ?o'?clock)?(?: ?(?:am|pm|a\.m\.?|p\.m\.?)(?![a-z]))?(?!\d|ish)|"
          r"(?:noon|mid ?day)\b"),
    ("L", r"week[ -]?days?\b|(?:(?:in|during) )?the week(?!end)\b|week[ -]?ends?\b|"
          r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:days?)?\b"),
    ("P", r"(?:morning|afternoon|evening)s?\b|lunch ?times?\b|day ?times?\b|the day\b"),
    ("F", r"from\b"), ("A", r"after\b|later than\b"), ("B", r"before\b|earlier than\b"),
    ("O", r"to\b|until\b|till?\b|up to\b|-|–"), ("W", r"between\b"), ("U", r"onwards?\b"),
    ("S", r"and\b|or\b|[,;/&+]"),
    ("E", r"\.(?=\s|$)"),
    ("_", r"(?:only|just|please|thanks|thank you|is|are|it|it's|its|that|would be|fine|ok|okay|"
          r"good|best|better|safe|great|easiest|on|in|the|at|during|every|me|for|yes)\b|[.!]"),
]  # fmt: skip
_WORD = re.compile("|".join(f"(?P<w{at}>{words})" for at, (_, words) in enumerate(_WORDS)))
_DAYS = r"(?:LOL|L(?:S?L)*)"
_RANGE = r"(?:WT[SO]T|F?TOT|FTU?|ATU?|TU|BT|OT)"
_CLAUSE = re.compile(
    rf"(?P<any>N?)(?P<days>{_DAYS}?)(?P<part>[PHK]?)(?P<range>{_RANGE}?)"
    rf"(?P<part_after>P?)(?P<days_after>{_DAYS}?)(?P<any_after>N?)"
)
# Somebody else, or a doubt, beside the hours: then they may not hold.
_DEPENDS = re.compile(
    r"\b(?:he|she|they|him|her|them|husband|wife|partner|boyfriend|girlfriend|ex|mum|dad|son|daughter"
    r"|brother|sister|unless|except|if|depend\w*|sometimes|usually|mostly|normally|might|may|maybe|"
    r"perhaps|probably|not always|shifts?|varies|roughly|about|around|ish)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Clause:
    """One wish of several: on which days, in which part of them, at which hours."""

    days: tuple[int, ...]
    part: str
    hours: tuple[str, list[Clock]] | None
    any_time: bool

    @property
    def says_more(self) -> bool:
        """Whether it names more than days."""
        return bool(self.part or self.hours or self.any_time)


def hours_of(said: str, beside: str = "") -> list[dict[str, Any]]:
    """The hours that words name, as the record keeps them; none when it is not sure.

    ``beside`` is all that was said in the same message.
    """
    if _DEPENDS.search(beside.replace(said, " ")):
        return []
    try:
        return _read(said.lower().replace("’", "'"))
    except NotSure:
        return []


def _read(said: str) -> list[dict[str, Any]]:
    safe, *never = _split(list(_words(said)))
    if len(never) > 1:
        raise NotSure
    clauses = list(_clauses(safe))
    if any(one.part == "H" for one in clauses):
        if len(clauses) > 1 or never or clauses[0].hours:
            raise NotSure
        return [_kept(clauses[0].days or tuple(WORKDAYS), SCHOOL) | {"school": True}]
    week = _week(clauses)
    if never:
        week = _without(week, _week(list(_clauses(never[0])), wide=True))
    return list(_grouped(week))


def _words(said: str) -> Iterator[tuple[str, str]]:
    at, named = 0, False
    while at < len(said):
        if said[at].isspace():
            at += 1
            continue
        found = _WORD.match(said, at)
        if found is None or not found[0]:
            raise NotSure
        letter = _WORDS[int(str(found.lastgroup)[1:])][0]
        at = found.end()
        if letter == "V" and named:
            raise NotSure  # `text any time, ring after six`
        if letter not in "_V":
            named = named or letter != "E"
            yield letter, found[0]


def _split(words: Sequence[tuple[str, str]]) -> list[list[tuple[str, str]]]:
    """What is safe, then what never is, also where it is told the other way round."""
    safe: list[tuple[str, str]] = []
    parts, into = [safe], safe
    for word in words:
        if word[0] == "X":
            parts.append([])
            into = parts[-1]
        elif word[0] != "E":
            into.append(word)
        elif not safe:
            into = safe
    return parts


def _clauses(words: Sequence[tuple[str, str]]) -> Iterator[Clause]:
    letters = "".join(letter for letter, _ in words).rstrip("S")
    at, clauses = 0, []
    while True:
        found = _CLAUSE.match(letters, at)
        if found is None or not found[0]:
            raise NotSure
        clauses.append(_clause(found, [word for _, word in words]))
        at = found.end()
        if at == len(letters):
            break
        if letters[at] != "S":
            raise NotSure
        at += 1
    _check(clauses)
    yield from clauses


def _check(clauses: Sequence[Clause]) -> None:
    """`Mondays after six and Tuesdays`, `Monday mornings and evenings` may mean two things."""
    with_more = [one for one in clauses if one.days and one.says_more]
    if with_more and not all(one.days and one.says_more for one in clauses):
        raise NotSure


def _clause(found: re.Match[str], words: Sequence[str]) -> Clause:
    def said(group: str) -> list[str]:
        return list(words[found.start(group) : found.end(group)])

    named = [group for group in ("days", "days_after") if found[group]]
    parts = [*said("part"), *said("part_after")]
    if len(named) > 1 or len(parts) > 1:
        raise NotSure
    part = found["part"] if found["part"] in ("H", "K") else (_part(parts[0]) if parts else "")
    days = _days(said(named[0]), found[named[0]]) if named else ()
    if part == "K":
        days, part = days or tuple(WORKDAYS), "day"
    times = [clock_of(word) for word, letter in zip(said("range"), found["range"], strict=True)
             if letter == "T"]  # fmt: skip
    hours = (found["range"], times) if times else None
    return Clause(days, part, hours, bool(found["any"] or found["any_after"]))


def _part(word: str) -> str:
    return next((name for name in PARTS if name in word), "day")


def _days(words: Sequence[str], letters: str) -> tuple[int, ...]:
    groups = [_day(word) for word in words]
    if "O" not in letters:
        return tuple(sorted({day for group in groups for day in group}))
    first, last = groups[0], groups[-1]
    if len(first) > 1 or len(last) > 1 or last[0] < first[0]:
        raise NotSure
    return tuple(range(first[0], last[0] + 1))


def _day(word: str) -> Sequence[int]:
    if word[:3] in NAMES:
        return [NAMES.index(word[:3])]
    if word[0] != "w" and "week" not in word:
        return []
    return WEEKEND if "end" in word else WORKDAYS


def _week(clauses: Sequence[Clause], *, wide: bool = False) -> Week:
    week: Week = {day: [] for day in range(7)}
    for one in clauses:
        span = _span(one, wide=wide)
        for day in one.days or range(7):
            week[day].append(span)
    return week


def _span(clause: Clause, *, wide: bool) -> Span:
    if clause.part == "H":
        raise NotSure
    if clause.hours is None:
        if clause.part:
            return (WIDE if wide else PARTS)[clause.part]
        return (0, 24 * 60) if wide else ANY
    within = WIDE.get(clause.part)
    span = range_of(*clause.hours, within=within, wide=wide)
    return (max(span[0], within[0]), min(span[1], within[1])) if within else span


def _without(week: Week, never: Week) -> Week:
    return {day: list(_cut(spans, never[day])) for day, spans in week.items()}


def _cut(spans: Sequence[Span], never: Sequence[Span]) -> Iterator[Span]:
    for start, end in spans:
        for first, last in sorted(never):
            if start < first:
                yield start, min(end, first)
            start = max(start, last)
        yield start, end


def _grouped(week: Week) -> Iterator[dict[str, Any]]:
    """Each span once, with the days on which it holds."""
    spans = {span for spans in week.values() for span in spans if span[0] < span[1]}
    for span in sorted(spans):
        yield _kept(tuple(day for day, of_day in week.items() if span in of_day), span)


def _kept(days: Sequence[int], span: Span) -> dict[str, Any]:
    start, end = in_record(span)
    return {"days": list(days), "from": start, "to": end}


def in_record(span: Span) -> tuple[str, str]:
    """A span as the record writes it: `18:00`, `20:00`."""
    start, end = (f"{at // 60:02d}:{at % 60:02d}" for at in span)
    return start, end
