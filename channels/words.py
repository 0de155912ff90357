"""The sentences that channels say themselves. They stand in bot/domain/ with all others."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from channels.message import Choice, Reply

DOMAIN = Path(__file__).parent.parent / "bot" / "domain"


class Say(StrEnum):
    """Every response that this room names. tests/house/ checks that bot/ has it."""

    WELCOME = "utter_welcome"
    JOINED = "utter_joined"
    GIVEN_BACK = "utter_given_back"
    CLOSED = "utter_closed"
    TRANSFERRED = "utter_transferred"
    JOINED_TOO = "utter_joined_too"
    LEFT = "utter_left"
    TAKEN_OVER = "utter_taken_over"
    ASK_LEARNING = "utter_ask_learning"
    LEARNING_YES = "utter_learning_yes"
    LEARNING_NO = "utter_learning_no"
    ASK_WRITING = "utter_ask_writing"
    WRITING_YES = "utter_writing_yes"
    WRITING_NO = "utter_writing_no"
    TELEGRAM_WELCOME = "utter_telegram_welcome"
    TELEGRAM_DESK = "utter_telegram_desk"
    TELEGRAM_WEB = "utter_telegram_web"
    WAITING_PLACE = "utter_waiting_place"
    WAITING_RANGE = "utter_waiting_range"
    WAITING_UNKNOWN = "utter_waiting_unknown"
    WAITING_STILL = "utter_waiting_still"
    CALLBACK_OFFER = "utter_callback_offer"
    CALLBACK_WAY = "utter_callback_way"
    CALLBACK_VOICEMAIL = "utter_callback_voicemail"
    CALLBACK_TIME = "utter_callback_time"
    CALLBACK_AGREED_CHAT = "utter_callback_agreed_chat"
    CALLBACK_AGREED = "utter_callback_agreed"
    CALLBACK_NO = "utter_callback_no"
    TELEGRAM_ABOUT = "utter_telegram_about"
    TELEGRAM_HELP = "utter_telegram_help"
    TELEGRAM_CANNOT_READ = "utter_telegram_cannot_read"
    TELEGRAM_LOCATION = "utter_telegram_location"
    TELEGRAM_NEAR = "utter_telegram_near"
    TELEGRAM_GROUP = "utter_telegram_group"
    TELEGRAM_LEFT = "utter_telegram_left"
    TELEGRAM_DELETE = "utter_telegram_delete"
    TELEGRAM_DELETED = "utter_telegram_deleted"
    TELEGRAM_NEARLY_DELETED = "utter_telegram_nearly_deleted"
    TELEGRAM_NOT_DELETED = "utter_telegram_not_deleted"
    TELEGRAM_QUIET = "utter_telegram_quiet"
    TELEGRAM_NOT_QUIET = "utter_telegram_not_quiet"
    TELEGRAM_COVER = "utter_telegram_cover"
    TELEGRAM_SHOW = "utter_telegram_show"
    TELEGRAM_DONE = "utter_telegram_done"


class Words:
    """The responses of the domain that are said without asking the assistant."""

    def __init__(self, responses: Mapping[str, Any]) -> None:
        self._responses = responses

    @classmethod
    def load(cls, folder: Path = DOMAIN) -> "Words":
        """All responses of the domain's files. Raises KeyError when one of `Say` is missing."""
        responses = _responses(folder)
        return cls({say: responses[say] for say in Say})

    def reply(self, say: Say, *, channel: str = "", **values: str) -> Reply:
        """One sentence with its choices; ``values`` fill its {braces}.

        Where a response has words of a ``channel``'s own, they are said, as Rasa does it too.
        """
        said = _fitting(self._responses[say], channel)
        return Reply(
            said["text"].format(**values),
            tuple(Choice(one["title"], one["payload"]) for one in said.get("buttons", [])),
        )


def _fitting(variations: Sequence[Mapping[str, Any]], channel: str) -> Mapping[str, Any]:
    own = (one for one in variations if one.get("channel") == channel)
    return next(own, None) or next(one for one in variations if "channel" not in one)


@cache
def _responses(folder: Path) -> Mapping[str, Any]:
    responses: dict[str, Any] = {}
    for path in sorted(folder.glob("*.yml")):
        responses |= yaml.safe_load(path.read_text("utf-8")).get("responses", {})
    return responses
