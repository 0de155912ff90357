"""Opening hours in London: words, nights, bank holidays, the days the clocks change."""

from __future__ import annotations

import csv
from datetime import UTC, datetime

import pytest

from knowledge.directory.hours import NotHours, OpeningHours
from knowledge.directory.wording import HERE

from .builders import london

WEEKDAYS = "Mo-Fr 09:00-17:00"

# 24 November 2026 is a Tuesday; 25 and 28 December 2026 are bank holidays.
MOMENTS = [
    (WEEKDAYS, "2026-11-24 10:40", True, "open now until 5 pm"),
    (WEEKDAYS, "2026-11-24 08:59", False, "closed, opens today 9 am"),
    (WEEKDAYS, "2026-11-24 17:00", False, "closed, opens Wednesday 9 am"),
    (WEEKDAYS, "2026-11-28 12:00", False, "closed, opens Monday 9 am"),
    (WEEKDAYS, "2026-12-25 12:00", False, "closed, opens Tuesday 9 am"),
    (WEEKDAYS, "2026-08-31 12:00", False, "closed, opens Tuesday 9 am"),
    (WEEKDAYS + "; PH 10:00-12:00", "2026-12-25 11:00", True, "open now until noon"),
    ("Mo-Su 10:00-22:00", "2026-11-24 21:59", True, "open now until 10 pm"),
    ("Mo-Su 10:00-22:00", "2026-12-25 12:00", None, "bank holiday today, so it may be closed"),
    ("Mo-Su 10:00-22:00; PH off", "2026-12-25 12:00", False, "closed, opens Sunday 10 am"),
    ("Mo-Su 00:00-24:00", "2026-12-25 03:00", True, "open now, day and night"),
    ("Mo-Su 17:00-24:00", "2026-11-24 23:30", True, "open now until midnight"),
    ("Mo-Su 18:00-01:00", "2026-11-25 00:30", True, "open now until 1 am"),
    ("Fr-Mo 18:00-02:00", "2026-11-24 01:30", True, "open now until 2 am"),
    ("Fr-Mo 18:00-02:00", "2026-11-25 01:30", False, "closed, opens Friday 6 pm"),
    ("Mo,Tu,Th,Fr 09:30-16:00; We 13:00-16:00", "2026-11-25 10:00", False, "opens today 1 pm"),
    ("Mo-Fr 09:00-12:00,13:30-17:00", "2026-11-24 12:30", False, "opens today 1:30 pm"),
    ("Tu 09:00-10:00", "2026-11-24 12:00", False, "closed, opens Tuesday 1 December 9 am"),
    ("Tu 09:15-11:00 (2019; check)", "2026-11-24 10:00", None, "should be open until 11 am"),
    ("phone Mo-Fr 08:00-20:00; on line Mo-Su 00:00-24:00", "2026-11-24 21:00", False, "any time"),
    ("office hours", "2026-11-24 11:00", True, "open in office hours, which are now"),
    ("office hours", "2026-11-24 08:30", None, "open in office hours"),
    ("office hours; other times use cambs-edt", "2026-11-28 11:00", False, "closed"),
    ("evenings, nights, weekends, bank holidays", "2026-11-28 11:00", True, "open now"),
    ("evenings, nights, weekends, bank holidays", "2026-12-25 11:00", True, "open now"),
    ("evenings, nights, weekends, bank holidays", "2026-11-24 11:00", False, "closed"),
    ("", "2026-11-24 11:00", None, "not known"),
    ("library hours", "2026-11-24 11:00", None, "not known"),
]


@pytest.mark.parametrize(("hours", "moment", "is_open", "words"), MOMENTS)
def test_open_or_closed_in_words(
    hours: str, moment: str, is_open: bool | None, words: str
) -> None:
    state = OpeningHours.read(hours).at(london(moment))

    assert state.open_now is is_open
    assert words in state.words


# Clocks: forward on 29 March 2026 at 01:00 UTC, back on 25 October 2026 at 01:00 UTC.
@pytest.mark.parametrize(
    ("utc", "is_open"),
    [
        ("2026-03-28 09:00", True),
        ("2026-03-28 08:30", False),
        ("2026-03-29 08:00", True),
        ("2026-03-29 07:59", False),
        ("2026-10-24 08:00", True),
        ("2026-10-25 08:30", False),
        ("2026-10-25 09:00", True),
    ],
)
def test_nine_stays_nine_when_the_clocks_change(utc: str, is_open: bool) -> None:
    moment = datetime.fromisoformat(utc).replace(tzinfo=UTC)

    assert OpeningHours.read("Mo-Su 09:00-17:00").at(moment).open_now is is_open


def test_a_night_shift_over_the_clock_change_has_no_hole() -> None:
    night = OpeningHours.read("Mo-Su 18:00-06:00")
    hours = [datetime(2026, 10, 25, hour, 30, tzinfo=UTC) for hour in range(6)]

    assert all(night.at(moment).open_now for moment in hours)
    assert not night.at(datetime(2026, 10, 25, 6, 30, tzinfo=UTC)).open_now


def test_a_moment_without_a_zone_is_read_in_london() -> None:
    naive = datetime.fromisoformat("2026-07-01T09:30")

    assert OpeningHours.read(WEEKDAYS).at(naive).open_now


@pytest.mark.parametrize("said", ["sometimes", "Mo-Fr", "Mo-Xx 09:00-17:00", "Mo 9-17", "Mo off"])
def test_what_is_no_opening_hours_is_said(said: str) -> None:
    with pytest.raises(NotHours):
        OpeningHours.read(said)


def test_every_opening_hours_in_the_data_is_read() -> None:
    with (HERE / "services.csv").open(encoding="utf-8") as file:
        said = {row["opening_hours"] for row in csv.DictReader(file)}

    assert all(OpeningHours.read(hours) for hours in said)
