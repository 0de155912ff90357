"""Clauses about hours: on which days, in which part of them, from when until when.

A clause is made of days, a part of the day, clock times and `any time`, each at most once and in
any order: `weekdays after six`, `mornings before ten`, `any time on Mondays`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from actions.clock_times import Clock, NotSure, Span, clock_of, spans_of
from actions.hours_words import Part, Word

WEEK = 7
JOINS = ("and", "or", "comma")
# Which piece of a clause a word begins.
_BEGINS = {
    "days": "days", "part": "part", "any": "any", "whatever": "any", "after": "hours",
    "from": "hours", "before": "hours", "to": "hours", "between": "hours", "time": "hours",
}  # fmt: skip


@dataclass(frozen=True)
class Clause:
    """One wish of several. ``told`` are the pieces that it is made of."""

    told: frozenset[str] = frozenset()
    days: tuple[int, ...] = ()
    part: Part | None = None
    start: Clock | None = None
    end: Clock | None = None
    done: Part | None = None  # what is done at the time: `after school`
    is_whatever: bool = False

    @property
    def is_bare(self) -> bool:
        """Whether it says no more than `any time`."""
        return self.told <= {"any"}

    @property
    def names_no_hours(self) -> bool:
        """Whether it names days at most."""
        return not self.told & {"part", "hours"}

    @property
    def school(self) -> bool:
        """Whether it holds only while children are at school."""
        return any(part.school for part in (self.part, self.done) if part)

    def on(self, days: Sequence[int]) -> "Clause":
        """The same on these days only."""
        return replace(self, days=tuple(days), told=self.told | {"days"})

    def spans(self, *, wide: bool) -> list[Span]:
        """The minutes that it holds; ``wide`` all that it may hold. Raises NotSure."""
        if "hours" not in self.told:
            return [self._of_the_part(wide=wide)]
        within = self.part.most if self.part else None
        spans = spans_of(self.start, self.end, within=within, wide=wide)
        if within:
            spans = [(max(first, within[0]), min(last, within[1])) for first, last in spans]
        if any(first >= last for first, last in spans):
            raise NotSure
        return spans

    def _of_the_part(self, *, wide: bool) -> Span:
        if self.part is None:
            return 0, 24 * 60
        span = self.part.most if wide else self.part.safe
        if span is None:
            raise NotSure
        return span


def clauses_of(words: Sequence[Word], *, wide: bool = False) -> list[Clause]:
    """The clauses of a statement; ``wide`` where it says what is not safe. Raises NotSure."""
    reader = _Reader([word for word in words if word.kind != "good"], wide=wide)
    clauses = [reader.clause()]
    while reader.kind():
        reader.need(*JOINS)
        clauses.append(reader.clause())
    check(clauses)
    return clauses


def check(clauses: Sequence[Clause]) -> None:
    """`Mondays after six and Tuesdays`, `Monday mornings and evenings` may mean two things."""
    with_more = [one for one in clauses if "days" in one.told and len(one.told) > 1]
    if with_more and len(with_more) < len(clauses):
        raise NotSure


class _Reader:
    """Reads words from the first to the last."""

    def __init__(self, words: Sequence[Word], *, wide: bool) -> None:
        self._words, self._wide = words, wide
        self._at = 0

    def kind(self, ahead: int = 0) -> str:
        """Of which kind the next word is, or one after it; none at the end."""
        at = self._at + ahead
        return self._words[at].kind if at < len(self._words) else ""

    def take(self, *kinds: str) -> Word | None:
        """The next word, where it is of one of these kinds."""
        if self.kind() not in kinds:
            return None
        self._at += 1
        return self._words[self._at - 1]

    def need(self, *kinds: str) -> Word:
        """The same, where nothing else makes sense."""
        word = self.take(*kinds)
        if word is None:
            raise NotSure
        return word

    def clause(self) -> Clause:
        """All pieces up to the next join."""
        clause = Clause()
        while piece := self._piece(clause):
            if piece in clause.told:
                raise NotSure
            read = {"days": self._days, "part": self._part, "any": self._any, "hours": self._hours}
            clause = read[piece](replace(clause, told=clause.told | {piece}))
        if not clause.told:
            raise NotSure
        return _everyday(clause)

    def _piece(self, clause: Clause) -> str:
        """What the next word begins; a comma narrows hours to days: `weekdays, after six`.

        Of what is not safe it narrows nothing: `not Mondays, evenings` rules out both.
        """
        piece = _BEGINS.get(self.kind(1), "")
        if self.kind() == "comma" and piece and not self._wide and _narrows(clause.told, piece):
            self.need("comma")
        return _BEGINS.get(self.kind(), "")

    def _days(self, clause: Clause) -> Clause:
        first = self.need("days").days
        days = set(first)
        if self.kind() == "to" and self.kind(1) == "days":
            self.need("to")
            days |= set(_through(first, self.need("days").days))
        while self.kind() == "days" or (self.kind() in JOINS and self.kind(1) == "days"):
            self.take(*JOINS)
            days |= set(self.need("days").days)
        return replace(clause, days=tuple(sorted(days)))

    def _part(self, clause: Clause) -> Clause:
        return replace(clause, part=self.need("part").part)

    def _any(self, clause: Clause) -> Clause:
        return replace(clause, is_whatever=self.need("any", "whatever").kind == "whatever")

    def _hours(self, clause: Clause) -> Clause:
        start = end = till = None
        done: Part | None = None
        if self.take("between"):
            start, done = self._time(starts=True)
            self.need("and", "to")
            end, _ = self._time(starts=False)
        elif self.take("after", "from"):
            start, done = self._time(starts=True)
            self.take("onwards")
            till = Clock((done.till,)) if done and done.till and not self._wide else None
            end = self._end() or till
        elif self.take("before", "to"):
            end, done = self._time(starts=False)
        else:
            start, done = self._time(starts=True)
            if not self.take("onwards"):
                self.need("to")
                end, _ = self._time(starts=False)
        return replace(clause, start=start, end=end, done=done)

    def _end(self) -> Clock | None:
        """`After six till nine`, `after six and before nine`: both in one.

        Of what is not safe, the second rules out more.
        """
        joined = int(self.kind() in ("and", "comma"))
        if self.kind(joined) not in ("before", "to") or self.kind(joined + 1) not in _TIMES:
            return None
        if self._wide and self.kind() != "to":
            return None
        self.take("and", "comma")
        self.need("before", "to")
        return self._time(starts=False)[0]

    def _time(self, *, starts: bool) -> tuple[Clock, Part | None]:
        """A clock time, or when something is done: over for what starts, not yet for what ends."""
        word = self.need(*_TIMES)
        if word.part is None:
            return clock_of(word.said), None
        moments = word.part.ends if starts else word.part.begins
        if not moments:
            raise NotSure
        latest = starts != self._wide
        return Clock(tuple(moment[int(latest)] for moment in moments)), word.part


_TIMES = ("time", "part")


def _narrows(told: frozenset[str], piece: str) -> bool:
    if piece in told:
        return False
    hours = told - {"any"}
    return piece == "any" or not hours or (piece == "days") != (hours == {"days"})


def _through(first: Sequence[int], last: Sequence[int]) -> Iterator[int]:
    if len(first) > 1 or len(last) > 1 or last[0] < first[0]:
        raise NotSure
    yield from range(first[0], last[0] + 1)


def _everyday(clause: Clause) -> Clause:
    """`Any day` says no more than `any time`; a part may be one of certain days only."""
    if len(clause.days) == WEEK:
        return replace(clause, days=(), told=clause.told - {"days"} | {"any"})
    own = next((part.days for part in (clause.part, clause.done) if part and part.days), ())
    return replace(clause, days=clause.days or own)
