"""Rules of how long things are kept, and a hold that stops them."""

import calendar
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path

import yaml

FILE = Path(__file__).with_name("rules.yml")
BETWEEN_RUNS = timedelta(hours=36)  # of the job, which comes once a day; more is not believed
CATCHES_UP = 2  # times as fast as time


class Kind(StrEnum):
    """What a rule is about."""

    SILENT = "silent"  # opened, nothing written
    ABANDONED = "abandoned"  # the questions were not finished, no person was asked
    SIGNPOSTING = "signposting"  # finished without a person
    CASE = "case"  # somebody of the team took it, or should
    TRACE = "trace"  # who of the team did what
    SET_ASIDE = "set_aside"  # an update of a messenger that could not be worked off


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One rule. ``review_by`` is when somebody must look at it again."""

    counts_from: str
    says: str
    reason: str
    source: str
    since: date
    review_by: date
    days: int = 0
    years: int = 0

    def __post_init__(self) -> None:
        if (self.days > 0) == (self.years > 0):
            raise ValueError("a rule counts days or years")

    @property
    def time(self) -> str:
        """How long, in words."""
        number, unit = (self.days, "day") if self.days else (self.years, "year")
        return f"{number} {unit}" if number == 1 else f"{number} {unit}s"

    @property
    def said(self) -> str:
        """The rule as a person reads it."""
        return self.says.format(time=self.time)

    def ends_before(self, now: datetime) -> datetime:
        """What is older than this moment goes."""
        if self.days:
            return now - timedelta(days=self.days)
        year = now.year - self.years
        last = calendar.monthrange(year, now.month)[1]
        return now.replace(year=year, day=min(now.day, last))


@dataclass(frozen=True, kw_only=True)
class Counted:
    """Up to when the rules count ages, and what the clock said (``seen``) when they last did.

    A clock that jumps ahead makes nothing old at once: time counts as far as runs of the job
    bear witness to it, and what was not counted is made up for at double speed.
    """

    seen: datetime
    until: datetime

    def at(self, now: datetime) -> "Counted":
        """The same at a further run, when the clock says ``now``."""
        passed = now - self.seen
        if not timedelta(0) <= passed <= BETWEEN_RUNS:  # the clock is wrong, or nothing ran
            passed = timedelta(0)
        return Counted(seen=now, until=min(now, self.until + CATCHES_UP * passed))

    @property
    def behind(self) -> timedelta:
        """How much is not counted yet."""
        return self.seen - self.until


@dataclass(frozen=True, kw_only=True)
class Hold:
    """A conversation that must stay because somebody may be at risk."""

    reason: str
    by: str
    at: datetime


@cache
def rules(path: Path = FILE) -> dict[Kind, Rule]:
    """All rules. Raises ValueError or TypeError when one is missing or not whole."""
    kept = yaml.safe_load(path.read_text("utf-8"))
    if set(kept) != set(Kind):
        raise ValueError("each kind needs its rule")
    return {Kind(name): Rule(**row) for name, row in kept.items()}
