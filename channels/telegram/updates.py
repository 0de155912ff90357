"""Updates as Telegram sends them: how they are kept, and what is read before they are parsed."""

import json
from collections.abc import Mapping
from typing import Any

from knowledge.chats.model import Update

CHANNEL = "telegram"
WEBHOOK = "/telegram/updates"
# What we ask Telegram for (Bot API, `allowed_updates`).
WANTED = ["message", "edited_message", "callback_query", "my_chat_member"]


def kept(update: Mapping[str, Any]) -> Update:
    """An update of the Bot API in the form it is kept in. Raises ValueError for any other."""
    chat = _chat(update).get("id")
    return Update(
        channel=CHANNEL,
        number=_number(update.get("update_id")),
        address="" if chat is None else str(_number(chat)),
        payload=json.dumps(update),
    )


def kept_anyhow(update: Mapping[str, Any]) -> Update:
    """The same for what must be kept so that Telegram goes on: in no chat if its own is odd.

    Raises ValueError for an update without a number.
    """
    try:
        return kept(update)
    except (ValueError, AttributeError):
        number = _number(update.get("update_id"))
        return Update(channel=CHANNEL, number=number, address="", payload=json.dumps(update))


def _number(given: Any) -> int:
    """A number as Telegram gives them: up to 52 significant bits, and the database takes 63."""
    if not isinstance(given, int) or isinstance(given, bool) or abs(given) >= 2**63:
        raise ValueError("no number of Telegram's")
    return given


def _chat(update: Mapping[str, Any]) -> Mapping[str, Any]:
    for name in WANTED:
        told = update.get(name)
        if isinstance(told, Mapping):
            chat = (told.get("message") or told).get("chat")
            return chat if isinstance(chat, Mapping) else {}
    return {}
