"""The person's side of a live talk: who is writing, and what was read."""

import json
from collections.abc import AsyncIterator
from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from channels.floods import a_minute
from channels.parts import Parts, Wired
from channels.web.keys import Own
from knowledge.conversations.model import Holder
from knowledge.errors import NotFound, Unavailable
from knowledge.teamwork.model import PERSON, Mark

router = APIRouter(prefix="/api/conversations", tags=["chat"])
SIGNS = a_minute(120, "signs")  # of one conversation; the page sends one each three seconds
Event = dict[str, str]


class ReadUpto(BaseModel):
    """The last sequence that stands on the screen."""

    model_config = ConfigDict(extra="forbid")

    upto: int = Field(ge=0, lt=2**31)


@router.post("/{conversation}/typing", status_code=204)
async def typing(conversation: Own, parts: Wired) -> None:
    """Say that the person is writing. Only that: no word leaves before it is sent.

    It is kept nowhere, and told to nobody unless a co-ordinator is there.
    """
    await parts.floods.check(SIGNS, f"signs {conversation}")
    state, _, _ = await parts.knowledge.teamwork.here(conversation)
    if state.holder is Holder.COORDINATOR and parts.typing.note(conversation, PERSON):
        parts.bell.ring(conversation)


@router.post("/{conversation}/read", status_code=204)
async def read(given: ReadUpto, conversation: Own, parts: Wired) -> None:
    """Say how far the person has read."""
    await parts.floods.check(SIGNS, f"signs {conversation}")
    await note(parts, conversation, Mark(given.upto, given.upto))


async def note(parts: Parts, conversation: str, mark: Mark) -> None:
    """Note how far the person has come. A mark that can't be kept holds nothing up."""
    try:
        if await parts.knowledge.teamwork.note_mark(conversation, PERSON, mark):
            parts.bell.ring(conversation)
    except Unavailable:
        return


async def noting(
    parts: Parts, conversation: str, events: AsyncIterator[Event]
) -> AsyncIterator[Event]:
    """The same events; what has gone out is noted as delivered."""
    async for event in events:
        yield event
        if "id" in event:
            await note(parts, conversation, Mark(int(event["id"])))


class Around:
    """What the person is shown beside the messages, as events: only what changed."""

    def __init__(self, parts: Parts, conversation: str) -> None:
        self._parts = parts
        self._conversation = conversation
        self._names: list[str] = []
        self._read = 0

    async def __call__(self) -> list[Event]:
        """`typing` with the names of those who write now; `read` up to where the team has read."""
        events: list[Event] = []
        names = await self._typing()
        upto = await self._parts.knowledge.teamwork.read_by_team(self._conversation)
        # Nothing counts as shown before all is known: the database may go away in between.
        if names != self._names:
            self._names = names
            events.append(_event("typing", {"names": names}))
        if upto > self._read:
            self._read = upto
            events.append(_event("read", {"upto": upto}))
        return events

    async def _typing(self) -> list[str]:
        there = [one for one in self._parts.typing.who(self._conversation) if one != PERSON]
        found = []
        for one in there:
            try:
                found.append((await self._parts.knowledge.coordinators.get(one)).name)
            except NotFound:
                continue
        return found


def _event(name: str, data: dict[str, Any]) -> Event:
    return {"event": name, "data": json.dumps(data)}
