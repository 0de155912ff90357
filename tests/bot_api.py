"""A stand-in of Telegram's Bot API, written from core.telegram.org/bots/api.

It runs as a real HTTP server; python-telegram-bot talks to it unchanged. Every request is checked
against the documented types and limits; what breaks them is kept in ``broken``.
"""

import asyncio
import json
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.bot_api_methods import METHODS
from tests.bot_api_people import People

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
    silent: bool = False  # no answer comes at all
    late: float | None = None  # seconds: no failure at all, its answer is only slow
    chat: int | None = None  # only calls for this chat fail


@dataclass
class BotApi(People):
    """The server, and what tests may have it do."""

    url: str = ""
    broken: list[str] = field(default_factory=list)
    calls: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    webhook: dict[str, str] | None = None
    failures: dict[str, list[Failure | None]] = field(default_factory=lambda: defaultdict(list))
    sent_at: list[float] = field(default_factory=list)
    said_at: dict[int, list[tuple[float, str]]] = field(default_factory=lambda: defaultdict(list))

    def called(self, method: str) -> list[dict[str, str]]:
        """The parameters of every call of a method."""
        return [given for name, given in self.calls if name == method]

    def fails(self, method: str, failure: Failure, times: int = 1, after: int = 0) -> None:
        """The next calls of a method fail like this, ``after`` some that go well."""
        self.failures[method] += [*([None] * after), *([failure] * times)]

    # --- the server ---

    async def answer(self, request: Request) -> Response:
        """One call of the Bot API."""
        method = request.path_params["method"]
        if request.path_params["token"] != TOKEN:
            return _refusal(401, "Unauthorized")
        given = {name: str(value) for name, value in (await request.form()).items()}
        self.calls.append((method, given))
        self._check(method, given)
        failure = self._next_failure(method, given)
        if failure is not None and not failure.after_effect:
            return await _failed(failure, request)
        result = await getattr(self, f"_{method}")(given)
        if failure is not None and failure.late is None:
            return await _failed(failure, request)
        await asyncio.sleep(failure.late or 0 if failure else 0)
        if isinstance(result, Response):
            return result
        return JSONResponse({"ok": True, "result": result})

    def _next_failure(self, method: str, given: dict[str, str]) -> Failure | None:
        waiting = self.failures[method]
        if not waiting:
            return None
        chat = waiting[0].chat if waiting[0] else None
        return waiting.pop(0) if chat in (None, int(given.get("chat_id", 0))) else None

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
        for one in list(self.updates):  # in place: another thread may add one in this moment
            if one["update_id"] < offset:
                self.updates.remove(one)
        while not self.updates and time.monotonic() < deadline:
            await asyncio.sleep(LONG_POLL_LOOK)
        return self.updates[:100]

    async def _setWebhook(self, given: dict[str, str]) -> bool:
        self.webhook = given
        return True

    async def _getWebhookInfo(self, _given: dict[str, str]) -> dict[str, Any]:
        return {
            "url": (self.webhook or {}).get("url", ""),
            "has_custom_certificate": False,
            "pending_update_count": len(self.updates),
        }

    async def _deleteWebhook(self, _given: dict[str, str]) -> bool:
        self.webhook = None
        return True

    async def _sendMessage(self, given: dict[str, str]) -> dict[str, Any]:
        now = time.monotonic()
        self.sent_at = [at for at in self.sent_at if at > now - 1] + [now]
        if len(self.sent_at) > MESSAGES_A_SECOND:
            self.broken.append("more than 30 messages in a second")
        self.said_at[int(given["chat_id"])].append((now, given["text"]))
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


@contextmanager
def bot_api(port: int) -> Iterator[BotApi]:
    """The server, running in a thread while the block runs."""
    api = BotApi(url=f"http://127.0.0.1:{port}")
    route = Route("/bot{token}/{method}", api.answer, methods=["GET", "POST"])
    config = uvicorn.Config(
        Starlette(routes=[route]), port=port, log_level="critical", lifespan="off", ws="none"
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


async def _failed(failure: Failure, request: Request) -> Response:
    while failure.silent and not await request.is_disconnected():
        await asyncio.sleep(LONG_POLL_LOOK)
    return _refusal(failure.status, failure.description, failure.retry_after)


def _refusal(status: int, description: str, retry_after: int | None = None) -> Response:
    body: dict[str, Any] = {"ok": False, "error_code": status, "description": description}
    if retry_after is not None:
        body["parameters"] = {"retry_after": retry_after}
    return JSONResponse(body, status)
