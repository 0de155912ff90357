"""Telegram took a message, or not, and we stopped before it said so: Telegram has no key to
recognise a repetition by. What proves the arrival is believed; without proof it is sent again."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import pytest

from channels.assistant import Answer
from channels.bell import Bell
from channels.floods import Floods
from channels.message import Choice, Reply
from channels.reception import Reception
from channels.settings import Settings
from channels.telegram import asking, delivery
from channels.telegram.service import Telegram
from channels.telegram.updates import kept
from knowledge.errors import Unavailable
from knowledge.opening import Knowledge
from tests.bot_api import BotApi, Failure
from tests.fakes import FakeAssistant

from .conftest import soon

ANN = 801
ASKED = "Are you safe?"
SAFE = Reply(ASKED, (Choice("Yes", "safe_now=yes"), Choice("No", "safe_now=no")))
ONLY_THE_ANSWER_IS_LOST = Failure(0, "", after_effect=True, silent=True)
ALL_IS_LOST = Failure(0, "", silent=True)

Runs = Callable[..., AbstractAsyncContextManager[Telegram]]


@pytest.fixture
def runs(
    telegram_settings: Settings, knowledge: Knowledge, reception: Reception, bell: Bell
) -> Runs:
    """Telegram, running while the block runs; what is sent at its end is broken off."""

    @asynccontextmanager
    async def running(public_url: str | None = None) -> AsyncIterator[Telegram]:
        settings = telegram_settings.model_copy(update={"public_url": public_url})
        made = Telegram(settings, knowledge, reception, bell, Floods(off=True))
        await made.start()
        yield made
        await made.stop()

    return running


async def _asked_when_it_stops(
    api: BotApi, runs: Runs, assistant: FakeAssistant, failure: Failure
) -> None:
    """The question is handed over, and no answer comes until we stop."""
    assistant.plan["burgled"] = Answer((SAFE,), None)
    async with runs():
        await _greeted(api)
        api.fails("sendMessage", failure)
        before = len(api.called("sendMessage"))
        api.says(ANN, "burgled")
        await soon(lambda: len(api.called("sendMessage")) > before)
        await soon(lambda: _times_asked(api) == failure.after_effect)


async def _greeted(api: BotApi) -> None:
    api.says(ANN, "hello")
    await soon(lambda: "answer to hello" in " ".join(api.seen(ANN)))


def _times_asked(api: BotApi) -> int:
    return " ".join(api.seen(ANN)).count(ASKED)


async def test_a_press_proves_that_the_question_arrived(
    api: BotApi, runs: Runs, assistant: FakeAssistant
) -> None:
    await _asked_when_it_stops(api, runs, assistant, ONLY_THE_ANSWER_IS_LOST)
    api.presses(ANN, "Yes")
    async with runs():
        await soon(lambda: "answer to Yes" in api.seen(ANN))
    assert _times_asked(api) == 1


async def test_an_answer_that_quotes_it_proves_that_it_arrived(
    api: BotApi, runs: Runs, assistant: FakeAssistant
) -> None:
    await _asked_when_it_stops(api, runs, assistant, ONLY_THE_ANSWER_IS_LOST)
    api.replies(ANN, "i am", quoted=list(api.chats[ANN].values())[-1])
    async with runs():
        await soon(lambda: "answer to i am" in api.seen(ANN))
    assert _times_asked(api) == 1


async def test_an_older_message_with_the_same_words_proves_nothing(
    api: BotApi, runs: Runs, assistant: FakeAssistant
) -> None:
    assistant.plan["one"] = assistant.plan["two"] = Answer((Reply("Tell me more."),), None)
    async with runs():
        await _greeted(api)
        api.says(ANN, "one")
        await soon(lambda: api.seen(ANN)[-1] == "Tell me more.")
        older = list(api.chats[ANN].values())[-1]
        api.fails("sendMessage", ALL_IS_LOST)
        before = len(api.called("sendMessage"))
        api.says(ANN, "two")
        await soon(lambda: len(api.called("sendMessage")) > before)
    api.replies(ANN, "more", quoted=older)
    async with runs():
        await soon(lambda: "answer to more" in " ".join(api.seen(ANN)))
    assert " ".join(api.seen(ANN)).count("Tell me more.") == 2


@pytest.mark.parametrize(("failure", "times"), [(ALL_IS_LOST, 1), (ONLY_THE_ANSWER_IS_LOST, 2)])
async def test_without_proof_nothing_is_lost(
    api: BotApi, runs: Runs, assistant: FakeAssistant, failure: Failure, times: int
) -> None:
    await _asked_when_it_stops(api, runs, assistant, failure)
    async with runs():
        await soon(lambda: _times_asked(api) == times)
        api.says(ANN, "i am")
        await soon(lambda: "answer to i am" in " ".join(api.seen(ANN)))
    assert _times_asked(api) == times


async def test_a_stop_between_the_pieces_of_a_long_answer_repeats_none_that_arrived(
    api: BotApi, runs: Runs, assistant: FakeAssistant
) -> None:
    sentences = [f"This is sentence number {number} of the answer." for number in range(250)]
    assistant.plan["tell me"] = Answer((Reply(" ".join(sentences)),), None)
    async with runs():
        await _greeted(api)
        before = len(api.called("sendMessage"))
        api.fails("sendMessage", ALL_IS_LOST, after=1)
        api.says(ANN, "tell me")
        await soon(lambda: len(api.called("sendMessage")) == before + 2)
    async with runs():
        await soon(lambda: sentences[-1] in api.seen(ANN)[-1])
    told = " ".join(api.seen(ANN))
    assert [told.count(sentence) for sentence in sentences] == [1] * len(sentences)


async def test_an_answer_of_telegram_that_got_lost_is_proven_by_a_press_too(
    api: BotApi, runs: Runs, assistant: FakeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "FIRST_PAUSE", 5.0)
    assistant.plan["burgled"] = Answer((SAFE,), None)
    async with runs():
        await _greeted(api)
        api.fails("sendMessage", Failure(502, "Bad Gateway", after_effect=True))
        api.says(ANN, "burgled")
        await soon(lambda: _times_asked(api) == 1)
        api.presses(ANN, "Yes")
        await soon(lambda: "answer to Yes" in api.seen(ANN))
    assert _times_asked(api) == 1


async def test_what_telegram_could_not_bring_is_waited_for_before_a_second_copy(
    api: BotApi, runs: Runs, assistant: FakeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "LOOK_EVERY", 0.02)
    await _asked_when_it_stops(api, runs, assistant, ONLY_THE_ANSWER_IS_LOST)
    api.presses(ANN, "Yes")
    async with runs("https://x.example") as called:
        await soon(lambda: len(api.called("getWebhookInfo")) > 2)
        assert _times_asked(api) == 1
        await called.inbox.take([kept(update) for update in api.updates])
        api.updates.clear()
        await soon(lambda: "answer to Yes" in api.seen(ANN))
    assert _times_asked(api) == 1


async def test_a_server_that_is_not_called_again_does_not_wait_for_ever(
    api: BotApi, runs: Runs, assistant: FakeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "WAIT_FOR_CALLS", 0.2)
    await _asked_when_it_stops(api, runs, assistant, ALL_IS_LOST)
    api.says(ANN + 1, "somebody whom telegram can't bring")
    async with runs("https://x.example"):
        await soon(lambda: _times_asked(api) == 1)


async def test_what_arrived_while_the_database_was_away_is_not_sent_again(
    api: BotApi, runs: Runs, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    arrived, away = knowledge.chats.arrived, [True, True]

    async def not_now(*given: Any, **named: Any) -> None:
        if away:
            raise Unavailable(str(away.pop()))
        await arrived(*given, **named)

    monkeypatch.setattr(delivery, "NOTE_AGAIN_AFTER", 0.05)
    monkeypatch.setattr(knowledge.chats, "arrived", not_now)
    async with runs():
        await _greeted(api)
        api.says(ANN, "and more")
        await soon(lambda: "answer to and more" in " ".join(api.seen(ANN)))
    assert away == []
    assert len(api.seen(ANN)) == len(set(api.seen(ANN)))


async def test_nor_when_telegram_had_to_stop_meanwhile(
    api: BotApi, runs: Runs, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As it must after seconds without a database: another process may do it then."""
    arrived, away = knowledge.chats.arrived, [True]

    async def not_now(*given: Any, **named: Any) -> None:
        if away:
            raise Unavailable("away")
        await arrived(*given, **named)

    monkeypatch.setattr(delivery, "NOTE_AGAIN_AFTER", 0.05)
    monkeypatch.setattr(delivery, "NOTED_WITHIN", 0.05)
    async with runs() as telegram:
        await _greeted(api)
        monkeypatch.setattr(knowledge.chats, "arrived", not_now)
        api.says(ANN, "and more")
        await soon(lambda: "answer to and more" in " ".join(api.seen(ANN)))
        await telegram.stop()
        away.clear()
        await telegram.start()
        api.says(ANN, "the last")
        await soon(lambda: "answer to the last" in " ".join(api.seen(ANN)))
    assert len(api.seen(ANN)) == len(set(api.seen(ANN)))
