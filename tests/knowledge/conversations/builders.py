"""Made-up entries and conversations for the tests of this room."""

from typing import Any
from uuid import uuid4

from knowledge.conversations.model import (
    Audience,
    Author,
    Draft,
    Entry,
    HandOff,
    Kind,
    Pending,
    Priority,
    Received,
)
from knowledge.conversations.operations import Conversations
from knowledge.opening import Knowledge
from tests.fakes import TUESDAY_MORNING

ANNA, BEN = "anna", "ben"  # two co-ordinators


def greeting() -> Draft:
    """What every conversation starts with."""
    return Draft(author=Author.ASSISTANT, text="Hello")


def said(text: str = "my bike is gone", message_id: str | None = None) -> Draft:
    """A person's message, with an id of its own."""
    return Draft(author=Author.PERSON, text=text, message_id=message_id or str(uuid4()))


def reply(text: str = "I am sorry") -> Draft:
    """The assistant's words."""
    return Draft(author=Author.ASSISTANT, text=text)


def asked(
    priority: Priority = Priority.NORMAL, *reasons: str, about: int | None = None
) -> HandOff:
    """A request for a co-ordinator."""
    return HandOff(priority=priority, reasons=reasons or ("asked_for_person",), about=about)


def an_entry(kind: Kind = Kind.SAID, author: Author = Author.SYSTEM, **changes: Any) -> Entry:
    """One thing that happened."""
    fields: dict[str, Any] = {"author": author, "kind": kind, "sequence": 1, "at": TUESDAY_MORNING}
    if kind in (Kind.TAKEN, Kind.GIVEN_BACK, Kind.CLOSED):
        fields["by"] = ANNA
    return Entry(**{**fields, **changes})


def a_hand_off(priority: Priority = Priority.NORMAL, *reasons: str, **changes: Any) -> Entry:
    """A request for a co-ordinator, as it stands in a thread."""
    details = {
        "priority": priority,
        "reasons": list(reasons or ("asked_for_person",)),
        "evidence": [],
        "about": None,
    }
    return an_entry(
        Kind.HAND_OFF, audience=Audience.COORDINATORS, **{"details": details, **changes}
    )


async def opened(knowledge: Knowledge) -> str:
    """A new conversation."""
    return (await knowledge.conversations.open("web", greeting())).conversation


async def waiting(knowledge: Knowledge, priority: Priority = Priority.NORMAL) -> str:
    """A conversation in which a person wrote and a co-ordinator is awaited."""
    conversation = await opened(knowledge)
    await tell(knowledge.conversations, conversation, "is anybody there")
    await knowledge.conversations.hand_off(conversation, asked(priority))
    return conversation


async def tell(conversations: Conversations, conversation: str, text: str) -> Received:
    """Write as the person."""
    return await conversations.receive(conversation, said(text))


async def pending(conversations: Conversations, conversation: str) -> Pending:
    """The message that waits for its answer; there must be one."""
    found = await conversations.next_pending(conversation)
    assert found is not None
    return found
