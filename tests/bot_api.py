"""A stand-in of Telegram's Bot API, written from core.telegram.org/bots/api.

It runs as a real HTTP server; python-telegram-bot talks to it unchanged. Every request is checked
against the documented types and limits; what breaks them is kept in ``broken``.
"""

import asyncio
import json
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.bot_api_methods import METHODS

TOKEN = "123456789:AAmade-up-token-of-the-right-length0"
LONG_POLL_LOOK = 0.02
MESSAGES_A_SECOND = 30


@dataclass
class Failure:
    """What the next call of a method is answered with."""

    status: int
    description: str
    retry_after: int | None = None
    after_effect: bool = False  # the call takes effect, only its answer is lost


@dataclass
class BotApi:
    """The server's memory, and what tests do in the place of people in Telegram."""

    url: str = ""
    broken: list[str] = field(default_factory=list)
    calls: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    chats: dict[int, dict[int, dict[str, Any]]] = field(default_factory=lambda: defaultdict(dict))
    updates: list[dict[str, Any]] = field(default_factory=list)
    webhook: dict[str, str] | None = None
    failures: dict[str, list[Failure]] = field(default_factory=lambda: defaultdict(list))
    sent_at: list[float] = field(default_factory=list)
    _last_update: int = 1000
    _last_message: int = 0

    # --- what people do ---

    def says(self, chat: int, text: str, **more: Any) -> dict[str, Any]:
        """Somebody writes in a private chat; gives the update."""
        return self.tells(chat, {"text": text, **_commands_in(text), **more})

    def tells(
        self, chat: int, content: Mapping[str, Any], kind: str = "message", **more: Any
    ) -> dict[str, Any]:
        """Somebody sends anything at all in a private chat."""
        message = self._message(chat, dict(content), by=chat)
        return self._update({kind: {**message, **more}})

    def presses(self, chat: int, title: str) -> dict[str, Any]:
        """Somebody presses the newest button with this title."""
        for message in reversed(self.chats[chat].values()):
            for row in (message.get("reply_markup") or {}).get("inline_keyboard", []):
                for button in row:
                    if button["text"] == title:
                        return self.presses_data(chat, message, button["callback_data"])
        raise LookupError(title)

    def presses_data(self, chat: int, message: dict[str, Any], data: str) -> dict[str, Any]:
        """A press as Telegram reports it."""
        return self._update(
            {
                "callback_query": {
                    "id": f"q{self._last_update}",
                    "from": _person(chat),
                    "message": message,
                    "chat_instance": "1",
                    "data": data,
                }
            }
        )

    def repeats(self, update: dict[str, Any]) -> None:
        """Telegram sends an update once more."""
        self.updates.append(update)

    def becomes(self, chat: int, status: str, kind: str = "private") -> None:
        """The bot's own membership of a chat changes: `member`, `kicked` …"""
        bot = {"id": 123456789, "is_bot": True, "first_name": "Bot", "username": "a_bot"}
        old = {"status": "left", "user": bot}
        new: dict[str, Any] = {"status": status, "user": bot}
        if status == "kicked":
            new["until_date"] = 0
        self._update(
            {
                "my_chat_member": {
                    "chat": {"id": chat, "type": kind, "title": "a group"},
                    "from": _person(1),
                    "date": int(time.time()),
                    "old_chat_member": old,
                    "new_chat_member": new,
                }
            }
        )

    # --- what people see ---

    def seen(self, chat: int) -> list[str]:
        """The bot's words that stand in a chat, oldest first."""
        return [one["text"] for one in self.chats[chat].values() if one["from"]["is_bot"]]

    def buttons(self, chat: int) -> list[str]:
        """The titles of the newest message's buttons."""
        newest = list(self.chats[chat].values())[-1]
        rows = (newest.get("reply_markup") or {}).get("inline_keyboard", [])
        return [button["text"] for row in rows for button in row]

    def called(self, method: str) -> list[dict[str, str]]:
        """The parameters of every call of a method."""
        return [given for name, given in self.calls if name == method]

    def fails(self, method: str, failure: Failure, times: int = 1) -> None:
        """The next calls of a method fail like this."""
        self.failures[method] += [failure] * times

    # --- the server ---

    async def answer(self, request: Request) -> Response:
        """One call of the Bot API."""
        method = request.path_params["method"]
        if request.path_params["token"] != TOKEN:
            return _refusal(401, "Unauthorized")
        given = {name: str(value) for name, value in (await request.form()).items()}
        self.calls.append((method, given))
        self._check(method, given)
        failure = self.failures[method].pop(0) if self.failures[method] else None
        if failure is not None and not failure.after_effect:
            return _refusal(failure.status, failure.description, failure.retry_after)
        result = await getattr(self, f"_{method}")(given)
        if failure is not None:
            return _refusal(failure.status, failure.description, failure.retry_after)
        if isinstance(result, Response):
            return result
        return JSONResponse({"ok": True, "result": result})

    def _check(self, method: str, given: dict[str, str]) -> None:
        known = METHODS.get(method)
        if known is None:
            self.broken.append(f"{method}: unknown")
            return
        for name, (needed, _) in known.items():
            if needed and name not in given:
                self.broken.append(f"{method}: {name} is missing")
        for name, value in given.items():
            if name not in known or not known[name][1](value):
                self.broken.append(f"{method}: {name}={value[:40]}")

    async def _getMe(self, _given: dict[str, str]) -> dict[str, Any]:
        return {
            "id": 123456789,
            "is_bot": True,
            "first_name": "Bot",
            "username": "a_bot",
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
        }

    async def _getUpdates(self, given: dict[str, str]) -> Any:
        if self.webhook:
            return _refusal(409, "Conflict: can't use getUpdates method while webhook is active")
        offset = int(given.get("offset", 0))
        deadline = time.monotonic() + int(given.get("timeout", 0))
        self.updates = [one for one in self.updates if one["update_id"] >= offset]
        while not self.updates and time.monotonic() < deadline:
            await asyncio.sleep(LONG_POLL_LOOK)
        return self.updates[:100]

    async def _setWebhook(self, given: dict[str, str]) -> bool:
        self.webhook = given
        return True

    async def _deleteWebhook(self, _given: dict[str, str]) -> bool:
        self.webhook = None
        return True

    async def _sendMessage(self, given: dict[str, str]) -> dict[str, Any]:
        now = time.monotonic()
        self.sent_at = [at for at in self.sent_at if at > now - 1] + [now]
        if len(self.sent_at) > MESSAGES_A_SECOND + 1:
            self.broken.append("more than 30 messages in a second")
        markup = json.loads(given["reply_markup"]) if "reply_markup" in given else None
        content = {"text": given["text"], **({"reply_markup": markup} if markup else {})}
        return self._message(int(given["chat_id"]), content, by=None)

    async def _editMessageText(self, given: dict[str, str]) -> Any:
        return self._edit(given, text=given["text"])

    async def _editMessageReplyMarkup(self, given: dict[str, str]) -> Any:
        return self._edit(given)

    async def _answerCallbackQuery(self, _given: dict[str, str]) -> bool:
        return True

    async def _deleteMessages(self, given: dict[str, str]) -> bool:
        for number in json.loads(given["message_ids"]):
            self.chats[int(given["chat_id"])].pop(number, None)
        return True

    async def _leaveChat(self, _given: dict[str, str]) -> bool:
        return True

    async def _setMyCommands(self, _given: dict[str, str]) -> bool:
        return True

    def _edit(self, given: dict[str, str], **changes: Any) -> Any:
        message = self.chats[int(given["chat_id"])].get(int(given["message_id"]))
        if message is None:
            return _refusal(400, "Bad Request: message to edit not found")
        markup = json.loads(given["reply_markup"]) if "reply_markup" in given else None
        message.update(changes, reply_markup=markup)
        return message

    def _message(self, chat: int, content: dict[str, Any], by: int | None) -> dict[str, Any]:
        self._last_message += 1
        bot = {"id": 123456789, "is_bot": True, "first_name": "Bot", "username": "a_bot"}
        message = {
            "message_id": self._last_message,
            "date": int(time.time()),
            "chat": {"id": chat, "type": "private", "first_name": "Somebody"},
            "from": bot if by is None else _person(by),
            **content,
        }
        self.chats[chat][self._last_message] = message
        return message

    def _update(self, content: dict[str, Any]) -> dict[str, Any]:
        self._last_update += 1
        update = {"update_id": self._last_update, **content}
        self.updates.append(update)
        return update


@contextmanager
def bot_api(port: int) -> Iterator[BotApi]:
    """The server, running in a thread while the block runs."""
    api = BotApi(url=f"http://127.0.0.1:{port}")
    route = Route("/bot{token}/{method}", api.answer, methods=["GET", "POST"])
    config = uvicorn.Config(
        Starlette(routes=[route]), port=port, log_level="error", lifespan="off", ws="none"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield api
    finally:
        server.should_exit = True
        server.force_exit = True
        thread.join(5)


def _person(number: int) -> dict[str, Any]:
    return {"id": number, "is_bot": False, "first_name": "Somebody"}


def _commands_in(text: str) -> dict[str, Any]:
    if not text.startswith("/"):
        return {}
    length = len(text.split()[0])
    return {"entities": [{"type": "bot_command", "offset": 0, "length": length}]}


def _refusal(status: int, description: str, retry_after: int | None = None) -> Response:
    body: dict[str, Any] = {"ok": False, "error_code": status, "description": description}
    if retry_after is not None:
        body["parameters"] = {"retry_after": retry_after}
    return JSONResponse(body, status)
