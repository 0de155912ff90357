"""Telegram calls us: the whole process on a port, its webhook driven as Telegram drives it."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from channels.telegram.updates import WEBHOOK
from tests.bot_api import TOKEN, BotApi
from tests.bot_api_calling import Calling, calling
from tests.pages.serving import Site, serving

ANN, BEN = 1101, 1102
PUBLIC = "https://x.example"


@pytest.fixture
def site(api: BotApi, tmp_path: Path) -> Iterator[Site]:
    """The process, as it runs where it has a public address."""
    settings = {"telegram_token": TOKEN, "telegram_api": api.url, "public_url": PUBLIC}
    with serving(tmp_path, **settings) as running:
        yield running


@pytest.fixture
def telegram_calls(api: BotApi, site: Site) -> Iterator[Calling]:
    with calling(api, site.url) as made:
        yield made


def test_it_is_told_where_to_call_and_people_are_answered(
    api: BotApi, site: Site, telegram_calls: Calling
) -> None:
    api.says(ANN, "hello")
    _hears(api, ANN, "answer to hello")
    assert (api.webhook or {})["url"] == PUBLIC + WEBHOOK
    assert api.called("getUpdates") == []
    api.says(ANN, "burgled")
    _soon(lambda: api.buttons(ANN) == ["Yes, I'm safe", "No"])
    api.presses(ANN, "Yes, I'm safe")
    _hears(api, ANN, "answer to Yes, I'm safe")


def test_repeats_and_another_order_neither_double_nor_lose(
    api: BotApi, site: Site, telegram_calls: Calling
) -> None:
    api.says(ANN, "hello")
    _hears(api, ANN, "answer to hello")
    site.assistant.gate.clear()
    telegram_calls.newest_first = True
    told = [api.says(ANN, f"word {number}") for number in range(5)]
    for update in told:
        api.repeats(update)
    _soon(lambda: not api.updates)
    site.assistant.gate.set()
    _soon(lambda: all(f"answer to word {number}" in _seen(api) for number in range(5)))
    assert [_seen(api).count(f"answer to word {number}") for number in range(5)] == [1] * 5


def test_with_another_secret_there_is_nothing_here(
    api: BotApi, site: Site, telegram_calls: Calling
) -> None:
    _soon(lambda: api.webhook)
    telegram_calls.secret = "somebody else's"
    api.says(BEN, "hello")
    _soon(lambda: telegram_calls.answered.count(404) > 2)
    assert site.assistant.asked == []
    nobody = httpx.post(site.url + WEBHOOK, json=api.updates[0])
    elsewhere = httpx.post(site.url + "/telegram/nothing", json={})
    assert nobody.json()["detail"] == elsewhere.json()["detail"]
    telegram_calls.secret = None
    _hears(api, BEN, "answer to hello")


def _hears(api: BotApi, chat: int, words: str) -> None:
    _soon(lambda: words in " ".join(api.seen(chat)))


def _seen(api: BotApi) -> str:
    return " ".join(api.seen(ANN)) + " "


def _soon(is_so: Callable[[], object]) -> None:
    deadline = time.monotonic() + 20
    while not is_so():
        assert time.monotonic() < deadline, "it never came to be"
        time.sleep(0.02)
