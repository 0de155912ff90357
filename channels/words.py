"""The sentences that channels say themselves. They stand in bot/domain/ with all others."""

from collections.abc import Mapping
from enum import StrEnum
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


class Words:
    """The responses of the domain that are said without asking the assistant."""

    def __init__(self, responses: Mapping[str, Any]) -> None:
        self._responses = responses

    @classmethod
    def load(cls, folder: Path = DOMAIN) -> "Words":
        """All responses of the domain's files. Raises KeyError when one of `Say` is missing."""
        responses: dict[str, Any] = {}
        for path in sorted(folder.glob("*.yml")):
            responses |= yaml.safe_load(path.read_text("utf-8")).get("responses", {})
        return cls({say: responses[say] for say in Say})

    def reply(self, say: Say, **values: str) -> Reply:
        """One sentence with its choices; ``values`` fill its {braces}."""
        said = self._responses[say][0]
        return Reply(
            said["text"].format(**values),
            tuple(Choice(one["title"], one["payload"]) for one in said.get("buttons", [])),
        )
