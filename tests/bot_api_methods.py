"""What the Bot API's documentation says about the calls that Waymark makes."""

import json
from collections.abc import Callable

Check = Callable[[str], bool]


def _is_json(kind: type) -> Check:
    return lambda value: isinstance(json.loads(value), kind)


def _int(value: str) -> bool:
    return value.lstrip("-").isdigit()


def _text(value: str) -> bool:
    return 1 <= len(value) <= 4096


def _flag(value: str) -> bool:
    return value in ("True", "true", "False", "false")


def _keyboard(value: str) -> bool:
    buttons = [one for row in json.loads(value)["inline_keyboard"] for one in row]
    return all(one["text"] and 1 <= len(one["callback_data"].encode()) <= 64 for one in buttons)


def _numbers(value: str) -> bool:
    given = json.loads(value)
    return 1 <= len(given) <= 100 and all(isinstance(one, int) for one in given)


def _commands(value: str) -> bool:
    return all(
        1 <= len(one["command"]) <= 32
        and one["command"].replace("_", "").islower()
        and 1 <= len(one["description"]) <= 256
        for one in json.loads(value)
    )


# Method -> parameter -> (must it be there, what it must be). Whatever else comes is an error.
METHODS: dict[str, dict[str, tuple[bool, Check]]] = {
    "getMe": {},
    "getUpdates": {
        "offset": (False, _int),
        "limit": (False, _int),
        "timeout": (False, _int),
        "allowed_updates": (False, _is_json(list)),
    },
    "setWebhook": {
        "url": (True, lambda value: value.startswith("https://")),
        "secret_token": (False, lambda value: 1 <= len(value) <= 256),
        "allowed_updates": (False, _is_json(list)),
    },
    "getWebhookInfo": {},
    "deleteWebhook": {"drop_pending_updates": (False, _flag)},
    "sendMessage": {
        "chat_id": (True, _int),
        "text": (True, _text),
        "reply_markup": (False, _keyboard),
        "disable_notification": (False, _flag),
    },
    "editMessageText": {
        "chat_id": (True, _int),
        "message_id": (True, _int),
        "text": (True, _text),
        "reply_markup": (False, _keyboard),
    },
    "editMessageReplyMarkup": {
        "chat_id": (True, _int),
        "message_id": (True, _int),
        "reply_markup": (False, _keyboard),
    },
    "answerCallbackQuery": {"callback_query_id": (True, bool)},
    "deleteMessages": {"chat_id": (True, _int), "message_ids": (True, _numbers)},
    "leaveChat": {"chat_id": (True, _int)},
    "setMyCommands": {"commands": (True, _commands)},
}
