"""Nothing lost and nothing doubled: repeats, failures of Telegram, stops at any moment."""

import asyncio

import pytest
from fastapi import FastAPI

from channels.bell import Bell
from channels.floods import Floods
from channels.reception import Reception
from channels.settings import Settings
from channels.telegram.service import Telegram, bot_of, register, secret_of
from channels.telegram.updates import WEBHOOK
from channels.web.app import create_app
from knowledge.conversations.model import Author, Reader
from knowledge.opening import Knowledge
from tests.bot_api import BotApi, Failure
from tests.channels.builders import a_browser
from tests.fakes import FakeAssistant

from .conftest import soon

ANN = 503


async def _said(knowledge: Knowledge, author: Author = Author.PERSON) -> list[str]:
    chat = await knowledge.chats.at("telegram", str(ANN))
    if chat is None:
        return []
    _, thread = await knowledge.conversations.thread(chat.conversation, reader=Reader.PERSON)
    return [entry.text for entry in thread if entry.author is author]


async def test_an_update_that_is_repeated_counts_once(
    api: BotApi, telegram: Telegram, knowledge: Knowledge
) -> None:
    update = api.says(ANN, "hello")
    await soon(lambda: "answer to hello" in " ".join(api.seen(ANN)))
    api.repeats(update)
    api.says(ANN, "again")
    await soon(lambda: "answer to again" in " ".join(api.seen(ANN)))
    assert await _said(knowledge) == ["hello", "again"]
    assert " ".join(api.seen(ANN)).count("answer to hello") == 1


@pytest.mark.parametrize(
    "failure",
    [
        Failure(429, "Too Many Requests: retry after 1", retry_after=1),
        Failure(502, "Bad Gateway"),
        Failure(500, "Internal Server Error"),
    ],
)
async def test_a_reply_that_telegram_did_not_take_is_sent_again(
    api: BotApi, telegram: Telegram, failure: Failure
) -> None:
    api.fails("sendMessage", failure)
    api.says(ANN, "hello")
    await soon(lambda: "answer to hello" in " ".join(api.seen(ANN)))
    assert " ".join(api.seen(ANN)).count("answer to hello") == 1


@pytest.mark.parametrize("status", [409, 429, 500])
async def test_asking_goes_on_after_a_refusal(
    api: BotApi, telegram: Telegram, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    from channels.telegram import asking

    monkeypatch.setattr(asking, "LONGEST_PAUSE", 0.4)
    api.fails("getUpdates", Failure(status, "no", retry_after=1 if status == 429 else None))
    api.says(ANN, "hello")
    await soon(lambda: "answer to hello" in " ".join(api.seen(ANN)))


async def test_a_refused_token_turns_telegram_off_and_nothing_else(
    api: BotApi,
    telegram_settings: Settings,
    knowledge: Knowledge,
    reception: Reception,
    caplog: pytest.LogCaptureFixture,
) -> None:
    wrong = telegram_settings.model_copy(update={"telegram_token": "1:" + "x" * 35})
    made = Telegram(wrong, knowledge, reception, Bell(), Floods(off=True))
    await made.start()
    await soon(lambda: "WAYMARK_TELEGRAM_TOKEN" in caplog.text)
    await made.stop()


async def test_what_was_kept_is_worked_off_after_a_restart(
    api: BotApi,
    telegram_settings: Settings,
    knowledge: Knowledge,
    reception: Reception,
    assistant: FakeAssistant,
    bell: Bell,
) -> None:
    first = Telegram(telegram_settings, knowledge, reception, bell, Floods(off=True))
    assistant.gate.clear()
    await first.start()
    api.says(ANN, "hello")
    await soon(lambda: assistant.asked == ["hello"])
    await first.stop()
    assistant.gate.set()
    api.says(ANN, "are you there")
    second = Telegram(telegram_settings, knowledge, reception, bell, Floods(off=True))
    await second.start()
    await soon(lambda: "answer to are you there" in " ".join(api.seen(ANN)))
    await second.stop()
    assert " ".join(api.seen(ANN)).count("answer to hello") == 1
    assert await _said(knowledge) == ["hello", "are you there"]


async def test_many_chats_at_once_each_in_order(
    api: BotApi, telegram: Telegram, assistant: FakeAssistant
) -> None:
    people = range(600, 620)
    for turn in range(3):
        for person in people:
            api.says(person, f"turn {turn}")
    await soon(
        lambda: all("answer to turn 2" in " ".join(api.seen(one)) for one in people),
        seconds=40,  # sixty answers, on whatever machine
    )
    for person in people:
        words = " ".join(api.seen(person))
        at = [words.index(f"answer to turn {turn}") for turn in range(3)]
        assert at == sorted(at)
        assert words.count("answer to turn") == 3


@pytest.fixture
def public(telegram_settings: Settings) -> FastAPI:
    """A server that Telegram calls."""
    return create_app(telegram_settings.model_copy(update={"public_url": "https://x.example"}))


async def test_telegram_is_given_the_address_and_a_secret(
    api: BotApi, telegram_settings: Settings, knowledge: Knowledge, reception: Reception
) -> None:
    settings = telegram_settings.model_copy(update={"public_url": "https://x.example"})
    made = Telegram(settings, knowledge, reception, Bell(), Floods(off=True))
    await made.start()
    await soon(lambda: api.webhook)
    await made.stop()
    assert api.webhook is not None
    assert api.webhook["url"] == "https://x.example" + WEBHOOK
    assert api.webhook["secret_token"] == secret_of(settings)


@pytest.mark.parametrize(
    ("secret", "body", "status"),
    [
        (None, b"{}", 404),
        ("wrong", b'{"update_id": 1}', 404),
        ("right", b"not json", 400),
        ("right", b"[]", 400),
        ("right", b'{"update_id": "1"}', 400),
        ("right", b'{"update_id": 1, "x": "' + b"x" * 300_000 + b'"}', 413),
        ("right", b'{"update_id": 1}', 200),
    ],
)
async def test_only_telegram_is_let_in(
    public: FastAPI, telegram_settings: Settings, secret: str | None, body: bytes, status: int
) -> None:
    header = {"right": secret_of(telegram_settings), "wrong": "wrong"}.get(secret or "")
    headers = {"X-Telegram-Bot-Api-Secret-Token": header} if header else {}
    async with a_browser(public) as client:
        answer = await client.post(WEBHOOK, content=body, headers=headers)
    await public.state.parts.knowledge.database.close()
    assert answer.status_code == status


async def test_the_menu_is_registered(api: BotApi, telegram_settings: Settings) -> None:
    await register(bot_of(telegram_settings))
    (given,) = api.called("setMyCommands")
    assert '"command": "leave"' in given["commands"]


async def test_nothing_of_telegram_reaches_the_log(
    api: BotApi, telegram: Telegram, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG", logger="channels")
    api.fails("sendMessage", Failure(400, "Bad Request: something about 503 hello"))
    api.says(ANN, "hello")
    await soon(lambda: api.failures["sendMessage"] == [])
    await asyncio.sleep(0.2)
    assert "hello" not in caplog.text
    assert str(ANN) not in caplog.text


async def test_what_breaks_us_is_kept_and_holds_nothing_back(
    api: BotApi, telegram: Telegram, knowledge: Knowledge
) -> None:
    api.says(ANN, "hello")
    await soon(lambda: "answer to hello" in " ".join(api.seen(ANN)))
    broken = api.presses_data(ANN, list(api.chats[ANN].values())[-1], "one:no number")
    api.says(ANN, "are you there")
    await soon(lambda: "answer to are you there" in " ".join(api.seen(ANN)))
    kept = [update.number for update in await knowledge.chats.undone("telegram")]
    assert broken["update_id"] in kept
