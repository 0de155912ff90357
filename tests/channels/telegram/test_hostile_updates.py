"""Telegram's door, when somebody else than Telegram knocks, and when Telegram sends nonsense."""

import asyncio
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, seed
from hypothesis import strategies as st

from channels.parts import Parts
from channels.settings import Settings
from channels.telegram import inbox
from channels.telegram.service import secret_of
from channels.telegram.updates import WANTED, WEBHOOK
from knowledge.chats.operations import Chats
from tests.bot_api import BotApi
from tests.channels.hostile import MANY, NASTY, Doors, fuzz, open_doors, things, words
from tests.journeys.running import wait_for

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
KNOWN, STRANGER = 1401, 1402
SETTLES_WITHIN = 60.0  # seconds, for what came in by the thousand to be worked off


def _or_nonsense(good: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Mostly what Telegram documents, sometimes anything."""
    return st.one_of(good, good, good, things)


def _object(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """An object of which each field may be missing, or be anything."""
    return st.fixed_dictionaries({}, optional={k: _or_nonsense(v) for k, v in fields.items()})


ids = st.one_of(st.just(STRANGER), st.integers())
chats = _object(id=ids, type=st.sampled_from(["private", "group", "channel"]))
people = _object(id=ids, is_bot=st.booleans(), first_name=words)
places = {"offset": st.integers(), "length": st.integers()}
entities = st.lists(_object(type=st.just("bot_command"), **places))
commands = ["/start", "/delete_all", "/leave", "/web", "/quiet", "/delete@a_bot", "/", "/ x"]
messages = _object(
    message_id=st.integers(),
    date=st.integers(0, 2**33),
    chat=chats,
    text=st.one_of(words, st.sampled_from(commands)),
    caption=words,
    entities=entities,
    location=_object(latitude=st.floats(), longitude=st.floats()),
    photo=st.lists(things, max_size=2),
    **{"from": people},
)
presses = ["one:1", "one:no number", "all:", "tick:9:9", "show:1", ":", "one:99999999999999999999"]
members = _object(
    chat=chats,
    date=st.integers(0, 2**33),
    new_chat_member=_object(status=st.sampled_from(["member", "kicked"]), user=people),
    old_chat_member=_object(status=words, user=people),
    **{"from": people},
)
queries = _object(
    id=words,
    chat_instance=words,
    data=st.one_of(st.sampled_from(presses), words),
    message=messages,
    **{"from": people},
)
contents = {
    "message": messages,
    "edited_message": messages,
    "callback_query": queries,
    "my_chat_member": members,
    "poll": things,
    "inline_query": things,
    "channel_post": messages,
}
updates = st.one_of(
    things,
    *(
        st.fixed_dictionaries({"update_id": _or_nonsense(st.integers(1, 2**31)), kind: content})
        for kind, content in contents.items()
    ),
)


@pytest.fixture
def doors(telegram_settings: Settings) -> Iterator[Doors]:
    public = telegram_settings.model_copy(update={"public_url": "https://x.example"})
    with open_doors(public) as opened:
        yield opened


@pytest.fixture
def secret(telegram_settings: Settings) -> str:
    return secret_of(telegram_settings)


def test_the_kinds_that_are_tried_are_those_we_ask_for() -> None:
    assert set(WANTED) <= set(contents)


def test_without_telegrams_secret_nothing_is_looked_at(doors: Doors, secret: str) -> None:
    update = json.dumps(_hello(7)).encode()

    @seed(6)
    @fuzz
    @given(st.one_of(st.none(), words, st.sampled_from([secret[:-1], secret + "x", ""])))
    def send(shown: str | None) -> None:
        headers = {} if shown is None else {SECRET_HEADER: shown.encode("utf-8", "replace")}
        try:
            answer = doors.ask("POST", WEBHOOK, content=update, headers=headers)
        except ValueError:  # the client sends no such header
            return
        assert answer.status_code in (400, 404)

    send()
    assert doors.asked >= MANY
    assert doors.run(_chats(doors).newest("telegram")) is None


def test_updates_of_any_shape_are_refused_or_kept(
    doors: Doors, secret: str, api: BotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    @seed(7)
    @fuzz
    @given(updates)
    def send(update: Any) -> None:
        raw = json.dumps(update).encode("utf-8", "surrogatepass")
        answer = _tells(doors, secret, raw)
        assert answer in (200, 400)

    with monkeypatch.context() as hurried:  # what breaks us is set aside soon
        hurried.setattr(inbox, "TRY_AGAIN_AFTER", 0.001)
        send()
    assert doors.asked >= MANY
    _tells(doors, secret, json.dumps(_hello(2**31 + 7)).encode())
    _goes_on_until(doors, lambda: "answer to hello" in " ".join(api.seen(KNOWN)))


def test_bytes_that_are_no_update_are_refused(doors: Doors, secret: str) -> None:
    @seed(8)
    @fuzz
    @given(st.binary(max_size=2000))
    def send(raw: bytes) -> None:
        assert _tells(doors, secret, raw) == 400

    send()
    assert doors.asked >= MANY


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        (b"[" * 60_000, 400),
        (b'{"a":' * 10_000, 400),
        (b'{"update_id": 1' + b"0" * 5000 + b"}", 400),
        (b'{"update_id": 1' + b"0" * 30 + b"}", 400),
        (b'{"update_id": -99999999999999999999}', 400),
        (b'{"update_id": true}', 400),
        (b'{"update_id": NaN}', 400),
        (b'{"update_id": 1, "message": {"chat": {"id": {}}}}', 400),
        (b'{"update_id": 1, "message": {"text": "' + b"\\u0436" * 20_000 + b'"}}', 200),
        (b'{"update_id": 1, "message": {"text": "' + b"x" * 300_000 + b'"}}', 413),
    ],
)
def test_what_is_deep_or_huge_is_refused(
    doors: Doors, secret: str, raw: bytes, status: int
) -> None:
    assert _tells(doors, secret, raw) == status


@pytest.mark.parametrize("text", NASTY)
def test_text_is_text_in_telegram_too(doors: Doors, secret: str, api: BotApi, text: str) -> None:
    told = _hello(9)
    told["message"]["text"] = text
    raw = json.dumps(told).encode("utf-8", "surrogatepass")
    assert _tells(doors, secret, raw) == 200
    _goes_on_until(doors, lambda: len(api.seen(KNOWN)) > 0)
    assert "49" not in " ".join(api.seen(KNOWN))


def _hello(number: int) -> dict[str, Any]:
    chat = {"id": KNOWN, "type": "private", "first_name": "Somebody"}
    message = {"message_id": 1, "date": 1, "chat": chat, "text": "hello"}
    return {"update_id": number, "message": {**message, "from": {**chat, "is_bot": False}}}


def _tells(doors: Doors, secret: str, raw: bytes) -> int:
    headers = {SECRET_HEADER: secret, "Content-Type": "application/json"}
    return doors.ask("POST", WEBHOOK, content=raw, headers=headers).status_code


def _chats(doors: Doors) -> Chats:
    parts: Parts = doors.app.state.parts
    return parts.knowledge.chats


def _goes_on_until(doors: Doors, is_so: Any) -> None:
    """Let the process work until it is so."""

    def looked() -> bool:
        doors.run(asyncio.sleep(0.05))
        return bool(is_so())

    wait_for(looked, SETTLES_WITHIN, every=0.0)
