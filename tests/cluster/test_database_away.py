"""The same as tests/journeys/test_database_away.py, for a whole minute."""

from tests.journeys.test_database_away import goes_on_after


def test_everything_goes_on_after_a_minute_without_a_database() -> None:
    goes_on_after(60.0)
