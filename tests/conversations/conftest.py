"""One running system for all conversations of a worker."""

from collections.abc import Iterator

import pytest

from tests.journeys.running import Waymark, running
from tests.plainly import plainly

__all__ = ["plainly"]


@pytest.fixture(scope="session")
def waymark() -> Iterator[Waymark]:
    """What is said is judged here, not how fast: an answer may take long beside other tests."""
    with running(WAYMARK_ASSISTANT_PATIENCE="60") as system:
        yield system
