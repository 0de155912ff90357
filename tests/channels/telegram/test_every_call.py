"""Whatever Telegram answers to any call that we make: people are answered, nothing breaks off."""

from datetime import timedelta
from functools import partial

import pytest
from telegram.error import TelegramError

from channels.__main__ import main
from channels.assistant import Answer
from channels.bell import Bell
from channels.floods import Floods
from channels.message import Choice, Reply
from channels.reception import Reception
from channels.settings import Settings
from channels.telegram import asking, delivery, service
from channels.telegram.service import Telegram
from channels.telegram.updates import kept
from channels.telegram.wire import Wire
from knowledge.conversations.model import Author, Draft, Reader
from knowledge.opening import Knowledge
from tests.bot_api import TOKEN, BotApi, Failure
from tests.fakes import FakeAssistant

from .conftest import soon

ONLY_THE_ANSWER_IS_LOST = Failure(502, "Bad Gateway", after_effect=True)
ANN, BEN, GROUP = 1201, 1202, -1203
SAFE = Reply("Are you safe?", (Choice("Yes", "safe_now=yes"),))
LATER = Draft(author=Author.ASSISTANT, text="Here is more.")
AT_THE_START = ("getMe", "deleteWebhook", "getUpdates")
WAITS_OF_THE_START = 40.0  # three calls in a row, each waited for and tried again
BUTTONS = ("answerCallbackQuery", "editMessageReplyMarkup")
# What Telegram says -> how a message that is refused so comes to its end.
FAILURES = {
    "400": (Failure(400, "Bad Request: no"), "the desk is told"),
    "401": (Failure(401, "Unauthorized"), "it arrives"),
    "403": (Failure(403, "Forbidden: bot was blocked by the user"), "nothing more is sent"),
    "409": (Failure(409, "Conflict"), "it arrives"),
    "429": (Failure(429, "Too Many Requests: retry after 1", retry_after=1), "it arrives"),
    "500": (Failure(500, "Internal Server Error"), "it arrives"),
    "502": (Failure(502, "Bad Gateway"), "it arrives"),
    "no answer": (Failure(0, "", silent=True), "it arrives"),
}


@pytest.fixture
async def impatient(
    telegram_settings: Settings,
    knowledge: Knowledge,
    reception: Reception,
    bell: Bell,
    monkeypatch: pytest.MonkeyPatch,
) -> Telegram:
    """Telegram, not started, that waits for no answer long."""
    monkeypatch.setattr(asking, "LONGEST_PAUSE", 0.4)
    monkeypatch.setattr(service, "LONGEST_PAUSE", 0.2)
    monkeypatch.setattr(delivery, "FIRST_PAUSE", 0.1)
    monkeypatch.setattr(delivery, "AT_THE_SCREEN", timedelta(0))
    monkeypatch.setattr(service, "Wire", partial(Wire, read_timeout=1.0))
    monkeypatch.setattr(service, "ASK_FOR", -7)  # of the time it waits: three seconds are left
    return Telegram(telegram_settings, knowledge, reception, bell, Floods(off=True))


@pytest.fixture
def called(
    impatient: Telegram,
    telegram_settings: Settings,
    knowledge: Knowledge,
    reception: Reception,
    bell: Bell,
) -> Telegram:
    """The same, which Telegram calls."""
    public = telegram_settings.model_copy(update={"public_url": "https://x.example"})
    return Telegram(public, knowledge, reception, bell, Floods(off=True))


@pytest.mark.parametrize("said", FAILURES)
async def test_a_message_that_is_refused_comes_to_its_end(
    api: BotApi, telegram: Telegram, knowledge: Knowledge, reception: Reception, said: str
) -> None:
    failure, end = FAILURES[said]
    api.says(ANN, "hello")
    await soon(lambda: "answer to hello" in " ".join(api.seen(ANN)))
    api.fails("sendMessage", failure)
    chat = await knowledge.chats.at("telegram", str(ANN))
    assert chat is not None
    await reception.remark(chat.conversation, LATER)
    if end == "it arrives":
        await soon(lambda: LATER.text in " ".join(api.seen(ANN)))
        return
    told = "did not reach" if end == "the desk is told" else "can't be reached"
    for _ in range(100):
        if told in await _at_the_desk(knowledge, chat.conversation):
            break
        await soon(lambda: api.failures["sendMessage"] == [])
    now = await knowledge.chats.at("telegram", str(ANN))
    assert told in await _at_the_desk(knowledge, chat.conversation)
    assert now is not None
    assert now.paused == (end == "nothing more is sent")


@pytest.mark.parametrize("said", FAILURES)
async def test_what_fails_once_holds_nobody_up(
    api: BotApi,
    impatient: Telegram,
    assistant: FakeAssistant,
    said: str,
) -> None:
    failure, _ = FAILURES[said]
    assistant.plan["burgled"] = Answer((SAFE,), None)
    for call in AT_THE_START[2:] if said == "401" else AT_THE_START:  # 401: the token is wrong
        api.fails(call, failure)
    await impatient.start()
    try:
        api.says(ANN, "burgled")
        await soon(lambda: api.buttons(ANN) == ["Yes"], WAITS_OF_THE_START)
        for call in BUTTONS:
            api.fails(call, failure)
        api.presses(ANN, "Yes")
        await soon(lambda: "answer to Yes" in " ".join(api.seen(ANN)))
        await _shown_in_the_end(api, failure)
        api.fails("deleteMessages", failure)
        api.says(ANN, "/leave")
        await soon(lambda: "I can't clear what is older" in " ".join(api.seen(ANN)))
        api.fails("leaveChat", failure)
        api.becomes(GROUP, "member", kind="group")
        await soon(lambda: api.called("leaveChat"))
        api.says(BEN, "hello")
        await soon(lambda: "answer to hello" in " ".join(api.seen(BEN)))
    finally:
        await impatient.stop()


@pytest.mark.parametrize("said", FAILURES)
async def test_who_is_called_says_where_and_asks_what_waits(
    api: BotApi, called: Telegram, knowledge: Knowledge, reception: Reception, said: str
) -> None:
    failure, _ = FAILURES[said]
    if said != "401":  # 401: the token is wrong
        api.fails("setWebhook", failure)
    await called.start()
    try:
        await soon(lambda: api.webhook, WAITS_OF_THE_START)
        await called.inbox.take([kept(api.says(ANN, "hello"))])
        api.updates.clear()  # Telegram has brought all that there is
        await soon(lambda: "answer to hello" in " ".join(api.seen(ANN)))
        api.fails("getWebhookInfo", failure)
        api.fails("sendMessage", ONLY_THE_ANSWER_IS_LOST)
        chat = await knowledge.chats.at("telegram", str(ANN))
        assert chat is not None
        await reception.remark(chat.conversation, LATER)
        await soon(lambda: " ".join(api.seen(ANN)).count(LATER.text) == 2, WAITS_OF_THE_START)
        assert api.failures["getWebhookInfo"] == []
    finally:
        await called.stop()


@pytest.mark.parametrize("said", FAILURES)
async def test_a_menu_that_is_refused_can_be_told_again(
    api: BotApi, telegram_settings: Settings, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    monkeypatch.setattr(service, "Wire", partial(Wire, read_timeout=0.5))
    api.fails("setMyCommands", FAILURES[said][0])
    if said == "429":  # waited for as told, and told again
        await service.register(service.bot_of(telegram_settings))
    else:
        with pytest.raises(TelegramError):
            await service.register(service.bot_of(telegram_settings))
        await service.register(service.bot_of(telegram_settings))
    assert len(api.called("setMyCommands")) == 2


def test_the_command_says_in_one_line_what_went_wrong(
    api: BotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WAYMARK_ASSISTANT_TOKEN", "a token of some length")
    monkeypatch.setenv("WAYMARK_RETURN_KEY", "a key of some length to come back")
    monkeypatch.setenv("WAYMARK_TELEGRAM_TOKEN", TOKEN)
    monkeypatch.setenv("WAYMARK_TELEGRAM_API", api.url)
    api.fails("setMyCommands", Failure(400, f"Bad Request: {TOKEN}"))
    with pytest.raises(SystemExit) as ended:
        main(["telegram"])
    assert str(ended.value) == "channels: Telegram did not take the menu: BadRequest"
    main(["telegram"])
    assert len(api.called("setMyCommands")) == 2


async def _shown_in_the_end(api: BotApi, failure: Failure) -> None:
    """Words that come covered are shown at the second press, when the first one failed."""
    api.says(ANN, "/quiet")
    await soon(lambda: api.buttons(ANN) == ["Show"])
    api.fails("editMessageText", failure)
    api.presses(ANN, "Show")
    await soon(lambda: api.failures["editMessageText"] == [])
    api.presses(ANN, "Show") if api.buttons(ANN) == ["Show"] else None
    await soon(lambda: "comes without its words" in " ".join(api.seen(ANN)))


async def _at_the_desk(knowledge: Knowledge, conversation: str) -> str:
    _, thread = await knowledge.conversations.thread(conversation, reader=Reader.COORDINATOR)
    return " ".join(entry.text for entry in thread)
