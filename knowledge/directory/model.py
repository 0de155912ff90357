"""Services as values, after Open Referral UK (HSDS-UK 3.0) with provenance on every row."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from .hours import OpeningHours


class Role(StrEnum):
    """What a service is for; it decides when it may be offered."""

    GENERAL = "general"  # victims of any crime
    SUPPORT = "support"
    WORRY = "worry"  # for people worried about somebody else
    INFORMATION = "information"
    FINDER = "finder"
    MONEY = "money"
    REPORTING = "reporting"
    RIGHTS = "rights"
    RESTORATIVE = "restorative"  # victim-led: never pushed
    ASKED = "asked"  # one thing that only few want: for who asks for just that
    EMERGENCY = "emergency"
    NEVER = "never"  # closed, in doubt, or not for victims


@dataclass(frozen=True, slots=True)
class Eligibility:
    """Who may use a service; empty means anyone.

    ``groups`` are people it is only for (any one of them), ``limits`` are keys of things that
    must be said when it is offered.
    """

    groups: frozenset[str] = frozenset()
    gender: str | None = None
    min_age: int = 0
    max_age: int = 120
    limits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Service:
    """One row of the directory; ``notes`` are for editors and never shown.

    ``crime_types`` stand in order, the main one first; ``needs_only`` marks a service that is
    offered only when one of its needs is asked for (a debt line is no answer to a fraud).
    """

    id: str
    name: str
    organisation: str
    description: str
    area: str
    hours: OpeningHours
    phone: str = ""
    text: str = ""
    email: str = ""
    url: str = ""
    webchat: str = ""
    districts: frozenset[str] = frozenset()
    eligible: Eligibility = field(default_factory=Eligibility)
    role: Role = Role.SUPPORT
    needs_only: bool = False
    eligibility: str = ""
    crime_types: tuple[str, ...] = ()
    needs: frozenset[str] = frozenset()
    languages: tuple[str, ...] = ()
    report_needed: bool = False
    cost: str = ""
    bill: str = ""
    source: str = ""
    verified: str = ""
    confidence: str = ""
    notes: str = ""
    hours_as_written: str = ""
    assured_on: date | None = None
    assurer: str = ""
    changed_at: datetime | None = None

    @property
    def is_local(self) -> bool:
        """Whether it serves one of our counties and not the whole country."""
        return self.area != "national"

    @property
    def is_confirmed(self) -> bool:
        """Whether what we know of it may be shown as true (services.md: low is in doubt)."""
        return self.confidence in {"high", "medium"}


@dataclass(frozen=True)
class Query:
    """What a person needs. Everything left out is unknown, not "no".

    ``crime_type`` is one of the twenty of the assessment, or a term of the directory;
    ``crime_thought`` is what it may be about: used where nothing tells the crime;
    ``audience`` holds what the person said of themselves (woman, child, lgbt, deaf, older ...);
    ``aims`` what help the words seem to be after (aims.csv), each with how likely that is.
    """

    need: str | None = None
    crime_type: str | None = None
    crime_thought: str | None = None
    district: str | None = None
    county: str | None = None
    audience: frozenset[str] = frozenset()
    age: int | None = None
    languages: tuple[str, ...] = ()
    unreported_only: bool = False
    no_phone: bool = False
    hidden_from_bill: bool = False
    open_now: bool = False
    aims: tuple[tuple[str, float], ...] = ()
    text: str = ""


@dataclass(frozen=True)
class Channel:
    """One way to reach a service: phone, text, webchat, email or web."""

    kind: str
    value: str


@dataclass(frozen=True)
class Reach:
    """Ways that are safe and confirmed; ``beside`` is the national line for a hub without one."""

    channels: tuple[Channel, ...]
    beside: tuple[Channel, ...] = ()


@dataclass(frozen=True)
class Found:
    """A service offered to a person, with the reason and the limits in one sentence."""

    service: Service
    why: str
    open_now: bool | None
    hours_in_words: str
    reach: Reach
    is_fallback: bool = False
