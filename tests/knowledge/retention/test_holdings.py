"""What we say we keep is what we keep."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Table

from knowledge.directory import tables as directory
from knowledge.migrations.all_tables import metadata
from knowledge.retention.holdings import holdings
from knowledge.retention.model import Kind, Rule, rules
from knowledge.sealing.store import sealed_columns, trackers

# Services are open data about organisations; everything else is about people.
OPEN_DATA = {one.name for one in vars(directory).values() if isinstance(one, Table)}
NOW = datetime(2028, 2, 29, 12, tzinfo=UTC)


def test_every_table_is_named_once() -> None:
    named = [table for holding in holdings().values() for table in holding.tables]
    assert sorted(named) == sorted({*metadata.tables, trackers.name} - OPEN_DATA)


def test_every_sealed_column_is_shown() -> None:
    shown = {column for holding in holdings().values() for column in holding.sealed}
    kept = {
        f"{table.name}.{column.name}"
        for table in (*metadata.sorted_tables, trackers)
        for column in sealed_columns(table)
    }
    assert shown == kept


def test_everything_ends_by_a_rule_or_says_until_when() -> None:
    for name, holding in holdings().items():
        assert bool(holding.rules) != bool(holding.until), name


def test_every_rule_ends_something_and_says_so() -> None:
    assert {kind for one in holdings().values() for kind in one.rules} == set(Kind)
    for rule in rules().values():
        assert rule.time in rule.said
        assert rule.since < rule.review_by


@pytest.mark.parametrize(
    ("time", "before"),
    [
        ({"days": 1}, datetime(2028, 2, 28, 12, tzinfo=UTC)),
        ({"days": 30}, datetime(2028, 1, 30, 12, tzinfo=UTC)),
        ({"years": 6}, datetime(2022, 2, 28, 12, tzinfo=UTC)),
        ({"years": 4}, datetime(2024, 2, 29, 12, tzinfo=UTC)),
    ],
)
def test_days_and_years_are_counted_back(time: dict[str, int], before: datetime) -> None:
    assert _rule(**time).ends_before(NOW) == before


@pytest.mark.parametrize("time", [{}, {"days": 1, "years": 1}])
def test_a_rule_counts_days_or_years(time: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="days or years"):
        _rule(**time)


def _rule(**time: Any) -> Rule:
    words: dict[str, Any] = dict.fromkeys(("counts_from", "says", "reason", "source"), "x")
    return Rule(since=NOW.date(), review_by=NOW.date(), **words, **time)
