"""Times of a query over 200 and 50,000 services, beside a plain scan; `python -m` runs it."""

from __future__ import annotations

import statistics
import sys
import time
import tracemalloc
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from knowledge.clock import LONDON
from knowledge.directory import Query, Service, find
from knowledge.directory.snapshot import Services
from tests.benchmarks.many_services import made_up

AT = datetime(2026, 11, 24, 10, 40, tzinfo=LONDON)
STEVENAGE: dict[str, Any] = {"county": "hertfordshire", "district": "stevenage"}
QUERIES = (
    Query(crime_type="burglary", **STEVENAGE),
    Query(crime_type="domestic_abuse", audience=frozenset({"man"}), no_phone=True, **STEVENAGE),
    Query(need="finance_benefits", county="cambridgeshire", district="cambridge"),
    Query(need="drugs_alcohol", age=17, open_now=True, county="cambridgeshire"),
    Query(crime_type="fraud_cyber", text="help for my nan, helper 77", **STEVENAGE),
    Query(languages=("pl",), audience=frozenset({"deaf"}), **STEVENAGE),
    Query(),
)
SHOWN = 3


def milliseconds(
    services: Sequence[Service], rounds: int, most: int | None = SHOWN
) -> list[float]:
    """How long each query takes (processor time, so that a busy machine counts less): medians."""
    return [
        statistics.median(_timed(services, query, most) for _ in range(rounds))
        for query in QUERIES
    ]


def _timed(services: Sequence[Service], query: Query, most: int | None) -> float:
    start = time.process_time()
    find(services, query, AT, most=most)
    return (time.process_time() - start) * 1000


def main() -> None:
    """Print a table: size, slowest and median query, the same with a plain scan, memory."""
    sys.stdout.write(
        "services  median ms  slowest ms  all found  plain scan  ratio  memory MB  index MB\n"
    )
    for size, rounds in ((200, 50), (50_000, 5)):
        tracemalloc.start()
        services = Services(made_up(size))
        memory = tracemalloc.get_traced_memory()[0]
        find(services, QUERIES[0], AT)
        index = tracemalloc.get_traced_memory()[0] - memory
        tracemalloc.stop()
        fast, everything = milliseconds(services, rounds), milliseconds(services, rounds, None)
        plain = milliseconds(tuple(services), rounds)
        ratio = statistics.mean(plain) / statistics.mean(fast)
        sys.stdout.write(
            f"{size:8}  {statistics.median(fast):9.2f}  {max(fast):10.2f}  {max(everything):9.2f}"
            f"  {max(plain):10.2f}  {ratio:5.1f}  {memory / 1e6:9.1f}  {index / 1e6:8.1f}\n"
        )


if __name__ == "__main__":
    main()
