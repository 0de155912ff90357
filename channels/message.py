"""The one shape of messages that all channels share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from knowledge.conversations.model import Author, Draft, Entry

SAYS = "say="  # of choices that stand for words
LONGEST = 4000  # characters of one message
FIELD = "field="  # a choice that is no choice: a box with suggestions, where a channel has one


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
    field: Choice | None = None  # its title, and what is suggested: `field=place`

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> "Reply":
        """A reply as the assistant sends it."""
        offered = [Choice.from_json(one) for one in given["choices"]]
        return cls(
            text=given["text"],
            choices=tuple(one for one in offered if not one.value.startswith(FIELD)),
            services=tuple(given["services"]),
            language=given.get("language"),
            field=next((one for one in offered if one.value.startswith(FIELD)), None),
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
                **({"field": self.field.as_json()} if self.field else {}),
            },
        )


def said_by(choice: str, offered: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """The words of a choice that was offered, and what else is noted about them.

    ``say=Ware`` is no choice to the assistant: whoever presses it has written "Ware".
    """
    if choice.startswith(SAYS):
        return choice.removeprefix(SAYS), {}
    text = ", ".join(offered[one] for one in dict.fromkeys(parts_of(choice)))
    return text, {"choice": choice}


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
    } | {name: entry.details[name] for name in ("language", "field") if name in entry.details}
