"""From Rasa's messages to the replies of the contract."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

KEPT = "kept"
SERVICES = "services"
LANGUAGE = "language"  # of a reply that is not English
SEVERAL = "several"  # of the choices of this field, any number can be taken at once
WITHOUT = "without"  # choices that are left out, because they were told already

Message = dict[str, Any]


def replies_from(said: Sequence[Message]) -> list[Message]:
    """The replies that a person sees: text, choices and services, in the order said."""
    replies: list[Message] = []
    for message in said:
        custom = _custom(message)
        if message.get("text"):
            replies.append(_reply(message))
        if custom.get(SERVICES):
            if not replies:
                replies.append({"text": "", "choices": [], SERVICES: []})
            replies[-1][SERVICES] = custom[SERVICES]
        if replies and custom.get(LANGUAGE):
            replies[-1][LANGUAGE] = custom[LANGUAGE]
        if replies and (custom.get(SEVERAL) or custom.get(WITHOUT)):
            replies[-1]["choices"] = _fitting(replies[-1]["choices"], custom)
    return replies


def _fitting(choices: Sequence[Message], custom: Message) -> list[Message]:
    """The choices that are still open, those of which several can be taken marked so."""
    several, without = custom.get(SEVERAL), custom.get(WITHOUT) or ()
    return [
        one | ({SEVERAL: True} if _one_of(several, one["value"]) else {})
        for one in choices
        if one["value"] not in without
    ]


def _one_of(several: str | None, value: str) -> bool:
    field, _, chosen = value.partition("=")
    return field == several and chosen != "none"


def complete(said: Sequence[Message], message_id: str) -> bool:
    """Whether the turn went well: something was said, and what was told was kept.

    Rasa answers as if nothing had happened when the action server is away; the mark of the
    action that keeps what was told is then missing.
    """
    kept = any(_custom(message).get(KEPT) == message_id for message in said)
    return kept and bool(replies_from(said))


def _reply(message: Message) -> Message:
    return {
        "text": message["text"],
        "choices": [
            {"title": button["title"], "value": button["payload"]}
            for button in message.get("buttons") or ()
        ],
        SERVICES: [],
    }


def _custom(message: Message) -> Message:
    custom = message.get("custom") or {}
    return custom if isinstance(custom, dict) else {}
