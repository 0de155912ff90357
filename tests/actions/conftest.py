"""Actions wired as the process wires them, on an empty database."""

from collections.abc import AsyncIterator

import pytest

from actions.__main__ import build_actions
from actions.base import WaymarkAction
from actions.names import ActionName
from knowledge.opening import Knowledge, open_knowledge
from tests.fakes import HandClock
from tests.keys import ring
from tests.knowledge.conversations.builders import opened

__all__ = ["ring"]


Actions = dict[ActionName, WaymarkAction]


@pytest.fixture
async def knowledge(sqlite_url: str) -> AsyncIterator[Knowledge]:
    """The rooms behind this one."""
    rooms = open_knowledge(sqlite_url, HandClock())
    yield rooms
    await rooms.database.close()


@pytest.fixture
def actions(knowledge: Knowledge) -> Actions:
    """Every action by its name."""
    return {action.action: action for action in build_actions(knowledge)}


@pytest.fixture
async def conversation(knowledge: Knowledge) -> str:
    """A conversation to talk in."""
    return await opened(knowledge)
