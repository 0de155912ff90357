"""What goes in and out of the assistant's door, apart from Rasa's own work."""

import asyncio
import os
from types import SimpleNamespace
from typing import Any

import pytest
from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.utils.endpoints import EndpointConfig

from bot.door import Collector, Door, _forget, as_text
from bot.locks import LockStore
from bot.replies import complete, replies_from

Message = dict[str, Any]
KEPT: Message = {"custom": {"kept": "m1"}}


@pytest.mark.parametrize("said", ["/restart", "  /greet", '/choose{"safe_now":"yes"}', "/"])
def test_what_a_person_writes_is_never_a_command_of_rasa(said: str) -> None:
    assert not as_text(said).strip().startswith("/")
    assert as_text(said).endswith(said)


def test_ordinary_words_pass_unchanged() -> None:
    assert as_text("it was 24/7 noise") == "it was 24/7 noise"


def test_services_belong_to_the_words_before_them() -> None:
    said: list[Message] = [{"text": "Here is help:"}, {"custom": {"services": [{"name": "A"}]}}]
    assert replies_from(said) == [
        {"text": "Here is help:", "choices": [], "services": [{"name": "A"}]}
    ]


def test_a_language_belongs_to_the_words_before_it() -> None:
    said: list[Message] = [
        {"text": "Dzień dobry"}, {"custom": {"language": "pl"}}, {"text": "Hello"}
    ]  # fmt: skip
    assert [reply.get("language") for reply in replies_from(said)] == ["pl", None]


def test_buttons_become_choices() -> None:
    said = [{"text": "Safe?", "buttons": [{"title": "Yes", "payload": "safe_now=yes"}]}]
    assert replies_from(said)[0]["choices"] == [{"title": "Yes", "value": "safe_now=yes"}]


@pytest.mark.parametrize(
    ("said", "whole"),
    [
        ([KEPT, {"text": "hello"}], True),
        ([{"text": "hello"}], False),  # what was told was not kept
        ([KEPT], False),  # nothing was said
        ([], False),
        ([{"custom": {"kept": "another"}}, {"text": "hello"}], False),
    ],
)
def test_a_turn_is_whole_when_it_was_kept_and_answered(said: list[Message], whole: bool) -> None:
    assert complete(said, "m1") is whole


def test_what_is_said_has_the_words_of_the_channel_it_is_for() -> None:
    variations = [{"text": "leave this page"}, {"text": "press /leave", "channel": "telegram"}]
    spoken = TemplatedNaturalLanguageGenerator({"utter_leave": variations})
    said = {
        channel: spoken.generate_from_slots("utter_leave", {}, Collector(channel).name())
        for channel in ("web", "telegram")
    }
    assert {channel: one and one["text"] for channel, one in said.items()} == {
        "web": "leave this page", "telegram": "press /leave",
    }  # fmt: skip


async def test_what_a_turn_under_way_would_keep_is_forgotten_after_it() -> None:
    forgotten: list[str] = []

    class Store:
        async def delete(self, conversation: str) -> None:
            forgotten.append(conversation)

    locks = LockStore(EndpointConfig())
    agent = SimpleNamespace(tracker_store=Store(), lock_store=locks)
    request: Any = SimpleNamespace(
        json={"conversation": "c1"}, app=SimpleNamespace(ctx=SimpleNamespace(agent=agent))
    )
    async with locks.lock("c1"):
        forgetting = asyncio.ensure_future(_forget(request))
        await asyncio.sleep(0.05)
        assert forgotten == []
    assert await forgetting == {}
    assert forgotten == ["c1"]


def test_an_engine_that_has_no_memory_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[int] = []

    def end(status: int) -> None:
        ended.append(status)
        raise SystemExit

    async def work() -> dict[str, Any]:
        raise MemoryError

    monkeypatch.setattr(os, "_exit", end)
    request: Any = SimpleNamespace(headers={"authorization": "Bearer token"})
    with pytest.raises(SystemExit):
        asyncio.run(Door("token")._guarded(request, work))
    assert ended == [1]
