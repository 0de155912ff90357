"""The one shape of messages that all channels share."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from knowledge.conversations.model import Author, Draft, Entry

LONGEST = 4000  # characters of one message


def clean(text: str) -> str:
    """What was written, without the one character that no database keeps (NUL)."""
    return text.replace("\x00", "")


@dataclass(frozen=True)
class Choice:
    """Something that can be pressed instead of written."""

    title: str
    value: str


@dataclass(frozen=True)
class Reply:
    """One thing said to a person, with what can be pressed and the services it names."""

    text: str
    choices: tuple[Choice, ...] = ()
    services: tuple[Mapping[str, Any], ...] = ()
    language: str | None = None  # of words that are not English

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> "Reply":
        """A reply as the assistant sends it."""
        return cls(
            text=given["text"],
            choices=tuple(Choice(one["title"], one["value"]) for one in given["choices"]),
            services=tuple(given["services"]),
            language=given.get("language"),
        )

    def as_draft(self, author: Author = Author.ASSISTANT) -> Draft:
        """The reply as an entry of the thread."""
        return Draft(
            author=author,
            text=self.text,
            details={
                "choices": [{"title": one.title, "value": one.value} for one in self.choices],
                "services": [dict(one) for one in self.services],
                **({"language": self.language} if self.language else {}),
            },
        )


def as_message(entry: Entry) -> dict[str, Any]:
    """An entry in the form of the chat API."""
    return {
        "sequence": entry.sequence,
        "id": entry.message_id or f"{entry.sequence}",
        "from": str(entry.author),
        "text": entry.text,
        "choices": entry.details.get("choices", []),
        "services": entry.details.get("services", []),
        "sent_at": entry.at.isoformat(),
    } | ({"language": entry.details["language"]} if "language" in entry.details else {})
