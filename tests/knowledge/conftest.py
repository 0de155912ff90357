"""Knowledge on each database it can be kept in."""

from collections.abc import AsyncIterator, Iterator

import pytest

from knowledge.migrating import migrate
from knowledge.opening import Knowledge, open_knowledge
from tests.fakes import HandClock
from tests.keys import ring
from tests.knowledge.postgres import NotHere, a_server, emptied

__all__ = ["ring"]


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A PostgreSQL database in its present form."""
    try:
        with a_server() as url:
            migrate(url)
            yield url
    except NotHere as why:
        pytest.skip(str(why))


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of an empty database, once of each kind."""
    if request.param == "sqlite":
        return str(request.getfixturevalue("sqlite_url"))
    return emptied(str(request.getfixturevalue("postgres")))


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
async def knowledge(database_url: str, clock: HandClock) -> AsyncIterator[Knowledge]:
    """All rooms on an empty database."""
    opened = open_knowledge(database_url, clock)
    yield opened
    await opened.database.close()
