"""Whatever happens in a conversation, in whatever order: what always holds."""

import asyncio
import shutil
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.conversations.model import (
    Audience,
    Entry,
    Kind,
    Priority,
    Reader,
    State,
    state_after,
    state_of,
)
from knowledge.conversations.operations import Conversations
from knowledge.errors import Conflict
from knowledge.opening import Knowledge, open_knowledge
from tests.fakes import HandClock

from .builders import ANNA, BEN, asked, opened, pending, reply, said

Deed = Callable[[Conversations, str], Awaitable[object]]

NOT_FOR_THE_PERSON = "between us"


async def _answer(conversations: Conversations, conversation: str) -> None:
    if await conversations.next_pending(conversation):
        await conversations.answer(await pending(conversations, conversation), [reply()])


async def _alarm(conversations: Conversations, conversation: str) -> None:
    if await conversations.next_pending(conversation):
        waits = await pending(conversations, conversation)
        hand_off = asked(Priority.EMERGENCY, "immediate_danger", about=waits.entry.sequence)
        await conversations.answer(waits, [reply()], hand_off)


DEEDS: dict[str, Deed] = {
    "says": lambda do, it: do.receive(it, said()),
    "is answered": _answer,
    "is in danger": _alarm,
    "asks for a person": lambda do, it: do.hand_off(it, asked()),
    "needs support": lambda do, it: do.hand_off(it, asked(Priority.URGENT, "needs_support")),
    "anna takes": lambda do, it: do.take(it, ANNA, "Anna joined"),
    "ben takes": lambda do, it: do.take(it, BEN, "Ben joined"),
    "anna says": lambda do, it: do.say(it, ANNA, "hello"),
    "ben notes": lambda do, it: do.note(it, BEN, NOT_FOR_THE_PERSON),
    "anna gives back": lambda do, it: do.give_back(it, ANNA, reply("over")),
    "ben closes": lambda do, it: do.close(it, BEN, "closed", "helped"),
    "anna closes": lambda do, it: do.close(it, ANNA, "closed"),
}

deeds = st.lists(st.sampled_from(sorted(DEEDS)), max_size=12)


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=deeds)
def test_the_kept_state_is_what_follows_from_the_thread(migrated: Path, steps: list[str]) -> None:
    state, thread, _ = asyncio.run(_lived(migrated, steps))
    assert state == state_of(thread)


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=deeds)
def test_a_thread_has_no_gaps_and_the_person_is_given_no_note(
    migrated: Path, steps: list[str]
) -> None:
    _, thread, seen = asyncio.run(_lived(migrated, steps))
    assert [entry.sequence for entry in thread] == list(range(1, len(thread) + 1))
    assert seen == [entry for entry in thread if entry.audience is Audience.EVERYONE]
    assert not any(entry.kind in (Kind.NOTE, Kind.HAND_OFF) for entry in seen)
    assert NOT_FOR_THE_PERSON not in str(seen)


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=deeds)
def test_priority_falls_only_when_a_co_ordinator_lets_go(migrated: Path, steps: list[str]) -> None:
    _, thread, _ = asyncio.run(_lived(migrated, steps))
    before = State()
    for entry in thread:
        after = state_after(before, entry)
        fell = _rank(after) < _rank(before)
        assert not fell or entry.kind in (Kind.GIVEN_BACK, Kind.CLOSED)
        before = after


@pytest.mark.parametrize("steps", [sorted(DEEDS), sorted(DEEDS, reverse=True), list(DEEDS) * 2])
async def test_the_same_holds_on_every_database(knowledge: Knowledge, steps: list[str]) -> None:
    state, thread, _ = await _live(knowledge, steps)
    assert state == state_of(thread)


async def _lived(migrated: Path, steps: list[str]) -> tuple[State, list[Entry], list[Entry]]:
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(migrated, f"{folder}/waymark.db")
        knowledge = open_knowledge(f"sqlite:///{folder}/waymark.db", HandClock())
        lived = await _live(knowledge, steps)
        await knowledge.database.close()
    return lived


async def _live(knowledge: Knowledge, steps: list[str]) -> tuple[State, list[Entry], list[Entry]]:
    conversation = await opened(knowledge)
    for step in steps:
        with suppress(Conflict):
            await DEEDS[step](knowledge.conversations, conversation)
    state, whole = await knowledge.conversations.thread(conversation, reader=Reader.COORDINATOR)
    _, seen = await knowledge.conversations.thread(conversation, reader=Reader.PERSON)
    return state, whole, seen


def _rank(state: State) -> int:
    return -1 if state.priority is None else state.priority.rank
