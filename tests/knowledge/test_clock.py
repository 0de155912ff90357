"""A process can be told to start its day at another moment."""

from datetime import UTC, datetime, timedelta

import pytest

from knowledge.clock import LONDON, clock_from

A_MOMENT = timedelta(seconds=5)


@pytest.mark.parametrize(
    ("start", "utc"),
    [
        (datetime(2026, 11, 24, 10, 40), "2026-11-24T10:40"),  # noqa: DTZ001
        (datetime(2026, 7, 1, 10, 40), "2026-07-01T09:40"),  # noqa: DTZ001
        (datetime(2026, 7, 1, 10, 40, tzinfo=UTC), "2026-07-01T10:40"),
        (datetime(2026, 7, 1, 10, 40, tzinfo=LONDON), "2026-07-01T09:40"),
    ],
)
def test_a_start_without_a_zone_is_on_the_clocks_of_london(start: datetime, utc: str) -> None:
    now = clock_from(start)()
    expected = datetime.fromisoformat(utc).replace(tzinfo=UTC)
    assert expected <= now < expected + A_MOMENT


def test_the_clock_runs() -> None:
    clock = clock_from(datetime(2026, 11, 24, 10, 40, tzinfo=UTC))
    first = clock()
    while clock() == first:
        pass
    assert first < clock() < first + A_MOMENT


def test_without_a_start_it_is_now() -> None:
    assert abs(clock_from()() - datetime.now(UTC)) < A_MOMENT
