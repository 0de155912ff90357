"""The one shape of messages that all channels share."""

from collections.abc import Mapping, Sequence
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
    several: bool = False  # any number of those so marked can be taken at once

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> "Choice":
        """A choice as the assistant sends it."""
        return cls(given["title"], given["value"], bool(given.get("several")))

    def as_json(self) -> dict[str, Any]:
        """The choice in the form of the chat API; `several` is named only where it holds."""
        return {"title": self.title, "value": self.value} | (
            {"several": True} if self.several else {}
        )


def parts_of(choice: str) -> list[str]:
    """The single choices of a value: `needs=a,b` -> `needs=a`, `needs=b`."""
    field, separator, values = choice.partition("=")
    return [f"{field}={value}" for value in values.split(",")] if separator else [choice]


def taken_together(choices: Sequence[str]) -> str | None:
    """Several choices of one form as one value: `needs=a`, `needs=b` -> `needs=a,b`."""
    fields = [choice.partition("=") for choice in choices]
    values = [value for field, _, value in fields if value and field == fields[0][0]]
    return f"{fields[0][0]}={','.join(values)}" if values else next(iter(choices), None)


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
            choices=tuple(Choice.from_json(one) for one in given["choices"]),
            services=tuple(given["services"]),
            language=given.get("language"),
        )

    def as_draft(self, author: Author = Author.ASSISTANT) -> Draft:
        """The reply as an entry of the thread."""
        return Draft(
            author=author,
            text=self.text,
            details={
                "choices": [one.as_json() for one in self.choices],
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
