"""When a co-ordinator is on duty."""

from calendar import day_name
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from itertools import groupby
from pathlib import Path

import yaml

from knowledge.directory.hours import LONDON, OpeningHours, OpenState, clock_words

FILE = Path(__file__).with_name("centres.yml")
ANYWHERE = "default"


@dataclass(frozen=True)
class Centres:
    """The hours of each county's centre (centres.yml)."""

    hours: dict[str, OpeningHours]

    @classmethod
    @cache
    def load(cls, path: Path = FILE) -> "Centres":
        """The hours as the file has them, read once. Raises NotHours for words that are none."""
        kept = yaml.safe_load(path.read_text("utf-8"))
        return cls({county: OpeningHours.read(said) for county, said in kept.items()})

    def at(self, county: str | None, moment: datetime) -> OpenState:
        """Whether somebody is there, and until or from when in words."""
        return self._of(county).at(moment)

    def said(self, county: str | None) -> str:
        """The hours of a week in words: "every day, 7 am to 10 pm"."""
        week = self._of(county).week
        runs = [
            (list(days), spans) for spans, days in groupby(range(7), key=lambda day: week[day])
        ]
        return "; ".join(f"{_days(days)}, {_times(spans)}" for days, spans in runs if spans)

    def _of(self, county: str | None) -> OpeningHours:
        return self.hours.get(county or ANYWHERE, self.hours[ANYWHERE])


def _days(days: list[int]) -> str:
    if len(days) == len(day_name):
        return "every day"
    first, last = day_name[days[0]], day_name[days[-1]]
    return first if first == last else f"{first} to {last}"


def _times(spans: tuple[tuple[int, int], ...]) -> str:
    return " and ".join(f"{_clock(start)} to {_clock(end)}" for start, end in spans)


def _clock(minutes: int) -> str:
    some_day = datetime(2026, 6, 1, tzinfo=LONDON)
    return clock_words(some_day + timedelta(minutes=minutes))
