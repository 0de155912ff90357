"""Figures from alarms: right in the table, honest when little is known."""

from collections import Counter
from datetime import timedelta

import pytest

from knowledge.alarms.model import Alarm, Limits
from knowledge.conversations.model import Priority
from knowledge.workload.model import ENOUGH, expected_wait, figures, quantile
from tests.fakes import TUESDAY_MORNING

SPAN = (TUESDAY_MORNING - timedelta(days=1), TUESDAY_MORNING + timedelta(days=1))


def _alarm(
    priority: Priority = Priority.URGENT,
    heard: float | None = None,
    taken: float | None = None,
    went_up: float | None = None,
) -> Alarm:
    def after(seconds: float | None) -> object:
        return None if seconds is None else TUESDAY_MORNING + timedelta(seconds=seconds)

    return Alarm(
        conversation="c",
        sequence=1,
        priority=priority,
        raised_at=TUESDAY_MORNING,
        acknowledged_at=after(heard),  # type: ignore[arg-type]
        taken_at=after(taken),  # type: ignore[arg-type]
        went_up_at=after(went_up),  # type: ignore[arg-type]
    )


def test_levels_are_counted_apart() -> None:
    alarms = [
        _alarm(heard=60, taken=120),
        _alarm(heard=299, taken=600),
        _alarm(heard=301),
        _alarm(),
        _alarm(Priority.EMERGENCY, heard=10, taken=10),
    ]
    found = figures(SPAN, alarms, [], Counter(false_alarm=1, helped=3), Limits())
    urgent = found.levels[Priority.URGENT]
    assert (urgent.hand_offs, urgent.acknowledged, urgent.in_time) == (4, 3, 2)
    assert (urgent.acknowledged_median, urgent.waited_p90) == (299, 600)
    assert found.levels[Priority.NORMAL].acknowledged_median is None
    assert found.hours[Priority.URGENT][10] == 4  # 10:40 in London
    assert found.taken[10] == 3
    assert (found.false_alarms, found.closed_with_outcome) == (1, 4)


def test_an_alarm_whose_time_is_not_over_is_neither_in_time_nor_late() -> None:
    alarms = [_alarm(heard=10), _alarm(), _alarm(went_up=300), _alarm(heard=400, went_up=300)]
    urgent = figures(SPAN, alarms, [], Counter(), Limits()).levels[Priority.URGENT]
    assert (urgent.hand_offs, urgent.running, urgent.in_time, urgent.went_up) == (4, 1, 1, 2)


@pytest.mark.parametrize("known", range(ENOUGH))
def test_nothing_is_promised_from_too_few(known: int) -> None:
    assert expected_wait([_alarm(taken=60)] * known, Priority.URGENT) is None


def test_the_expected_wait_is_a_range_of_what_was() -> None:
    waits = [_alarm(taken=60 * minutes) for minutes in (2, 3, 4, 5, 6, 7, 8, 9, 10, 30)]
    assert expected_wait(waits, Priority.URGENT) == (6, 10)
    assert expected_wait(waits, Priority.NORMAL) is None
    assert expected_wait([_alarm(taken=5)] * 5, Priority.URGENT) == (1, 2)


def test_the_nearest_rank() -> None:
    assert [quantile([3, 1, 2], share) for share in (0.1, 0.5, 1)] == [1, 2, 3]
