"""Entries that people of the team make, before they have a place in their thread."""

from collections.abc import Mapping, Sequence
from typing import Any

from knowledge.conversations.model import Audience, Author, Draft, Kind


def said_by(
    coordinator: str,
    text: str,
    message_id: str | None = None,
    services: Sequence[Mapping[str, Any]] = (),
) -> Draft:
    """Words to the person, with cards of services."""
    details = {"services": [dict(one) for one in services]} if services else {}
    return Draft(
        author=Author.COORDINATOR,
        text=text,
        by=coordinator,
        message_id=message_id,
        details=details,
    )


def note_by(coordinator: str, text: str, kind: Kind = Kind.NOTE, **details: Any) -> Draft:
    """What stays among co-ordinators."""
    return Draft(
        author=Author.COORDINATOR,
        kind=kind,
        audience=Audience.COORDINATORS,
        text=text,
        by=coordinator,
        details=details,
    )


def moved_by(coordinator: str, kind: Kind, words: str, **details: Any) -> Draft:
    """Somebody came, went or changed; ``words`` tell the person."""
    return Draft(author=Author.SYSTEM, kind=kind, text=words, by=coordinator, details=details)
