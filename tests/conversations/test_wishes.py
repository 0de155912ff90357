"""From a free sentence to three services, through the trained assistant (tests/benchmarks)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarks.wishes import Led, lead, report, wishes_of

WISHES = Path(__file__).parents[1] / "knowledge" / "directory"


@pytest.fixture(scope="module", params=["needs.yml", "needs_held.yml", "wishes.yml"])
def led(request: pytest.FixtureRequest) -> list[Led]:
    """Where every sentence of a file leads, given nothing but its words and place."""
    return lead(wishes_of(WISHES / str(request.param)))


def test_the_road_ends_at_a_service_that_fits_and_never_at_an_unfit_one(led: list[Led]) -> None:
    right = sum(one.fits_first for one in led)

    # 97, 93 and 98 of 100 when it was measured; another training may move one or two.
    assert right >= 0.9 * len(led), report(led)
    assert not any(one.unfit for one in led), report(led)
