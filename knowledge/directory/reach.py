"""How to reach a service, with only what is confirmed and safe for this person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from .model import Channel, Query, Reach, Role, Service
from .snapshot import Services

NATIONAL_LINE = "nat-victim-support"
_LATER = frozenset({"email", "web"})
_CHECK_TEXT = re.compile(r"text number[^.;]*(check|not confirmed)", re.IGNORECASE)
_CHECK_NUMBER = re.compile(r"(?<!text )\bnumber[^.;]*(check|not confirmed)", re.IGNORECASE)


def reach(service: Service, query: Query, national: Service | None = None) -> Reach:
    """Ways to reach it; a hub without a number has the national line beside it."""
    channels = tuple(_channels(service, query))
    beside = tuple(_channels(national, query)) if lacks_number(service) and national else ()
    return Reach(channels, beside)


def lacks_number(service: Service) -> bool:
    """Whether it is a hub of a county of which nobody has told us a number."""
    return service.role is Role.GENERAL and service.is_local and not service.phone


def has_confirmed_phone(service: Service) -> bool:
    """Whether its number may be shown: not in doubt, and not marked to be checked."""
    return bool(service.phone) and service.is_confirmed and not _doubts(service.notes)[0]


def is_marked_doubtful(service: Service) -> bool:
    """Whether the notes say that a number must be checked before it is shown."""
    return any(_doubts(service.notes))


def sure_numbers(service: Service) -> list[tuple[str, str]]:
    """The numbers that may be published, ``voice`` and ``text``: those that nothing doubts."""
    found = [("voice", service.phone)] if has_confirmed_phone(service) else []
    if service.text and service.is_confirmed and not _doubts(service.notes)[1]:
        found.append(("text", service.text))
    return found


def can_talk(service: Service, query: Query) -> bool:
    """Whether somebody answers there in a way that is safe for this person."""
    return any(channel.kind != "web" for channel in _channels(service, query))


def answers_at_once(service: Service, query: Query) -> bool:
    """Whether they answer while one waits: an e-mail may take days."""
    return any(channel.kind not in _LATER for channel in _channels(service, query))


def national_line(services: Iterable[Service]) -> Service | None:
    """The line for anyone, any crime, day and night."""
    if isinstance(services, Services):
        return services.by_id.get(NATIONAL_LINE)
    return next((service for service in services if service.id == NATIONAL_LINE), None)


@cache
def _doubts(notes: str) -> tuple[bool, bool]:
    """Whether the notes doubt the number, and the number for texts."""
    return bool(_CHECK_NUMBER.search(notes)), bool(_CHECK_TEXT.search(notes))


def _channels(service: Service, query: Query) -> Iterator[Channel]:
    shows_number = query.hidden_from_bill and service.bill != "hidden"
    sure = dict(sure_numbers(service))
    if "voice" in sure and not query.no_phone and not shows_number:
        yield Channel("phone", sure["voice"])
    if "text" in sure and not query.hidden_from_bill:
        yield Channel("text", sure["text"])
    if service.webchat and "unverified" not in service.webchat and service.is_confirmed:
        yield Channel("webchat", service.url)
    if service.email and service.is_confirmed:
        yield Channel("email", service.email)
    if service.url:
        yield Channel("web", service.url)
