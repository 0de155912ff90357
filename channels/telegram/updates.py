"""Updates as Telegram sends them: how they are kept, and what is read before they are parsed."""

import json
from collections.abc import Mapping
from typing import Any

from knowledge.chats.model import Update

CHANNEL = "telegram"
# What we ask Telegram for (Bot API, `allowed_updates`).
WANTED = ["message", "edited_message", "callback_query", "my_chat_member"]


def kept(update: Mapping[str, Any]) -> Update:
    """An update of the Bot API in the form it is kept in. Raises ValueError for any other."""
    number = update.get("update_id")
    if not isinstance(number, int) or isinstance(number, bool):
        raise ValueError("no update_id")
    return Update(
        channel=CHANNEL,
        number=number,
        address=str(_chat(update).get("id", "")),
        payload=json.dumps(update),
    )


def _chat(update: Mapping[str, Any]) -> Mapping[str, Any]:
    for name in WANTED:
        told = update.get(name)
        if isinstance(told, Mapping):
            chat = (told.get("message") or told).get("chat")
            return chat if isinstance(chat, Mapping) else {}
    return {}
