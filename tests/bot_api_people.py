"""What people in Telegram do and see: the other side of the stand-in of the Bot API."""

import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any


@dataclass
class People:
    """The chats as they stand on people's phones, and the updates their deeds make."""

    chats: dict[int, dict[int, dict[str, Any]]] = field(default_factory=lambda: defaultdict(dict))
    updates: list[dict[str, Any]] = field(default_factory=list)
    _last_update: int = 1000
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))  # for several threads

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

    def replies(self, chat: int, text: str, quoted: dict[str, Any]) -> dict[str, Any]:
        """Somebody answers a message that stands in the chat, and so quotes it."""
        return self.tells(chat, {"text": text, "reply_to_message": dict(quoted)})

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
        # At once: in another thread something may just be sent.
        there = list(self.chats[chat].values())
        return [one["text"] for one in there if one["from"]["is_bot"]]

    def buttons(self, chat: int) -> list[str]:
        """The titles of the newest message's buttons."""
        newest = list(self.chats[chat].values() or [{}])[-1]
        rows = (newest.get("reply_markup") or {}).get("inline_keyboard", [])
        return [button["text"] for row in rows for button in row]

    def _message(self, chat: int, content: dict[str, Any], by: int | None) -> dict[str, Any]:
        number = next(self._numbers)
        bot = {"id": 123456789, "is_bot": True, "first_name": "Bot", "username": "a_bot"}
        message = {
            "message_id": number,
            "date": int(time.time()),
            "chat": {"id": chat, "type": "private", "first_name": "Somebody"},
            "from": bot if by is None else _person(by),
            **content,
        }
        self.chats[chat][number] = message
        return message

    def _update(self, content: dict[str, Any]) -> dict[str, Any]:
        self._last_update += 1
        update = {"update_id": self._last_update, **content}
        self.updates.append(update)
        return update


def _person(number: int) -> dict[str, Any]:
    return {"id": number, "is_bot": False, "first_name": "Somebody"}


def _commands_in(text: str) -> dict[str, Any]:
    if not text.startswith("/"):
        return {}
    length = len(text.split()[0])
    return {"entities": [{"type": "bot_command", "offset": 0, "length": length}]}
