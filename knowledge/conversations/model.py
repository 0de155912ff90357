"""What a conversation is: a thread of entries, from which its state follows."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

# What stands where no key opens what was kept: nobody may drop out of sight because of it.
UNREADABLE = "(These words can't be opened now.)"
UNKNOWN_REASON = "reason_can_not_be_opened"


class Author(StrEnum):
    """Who an entry comes from."""

    PERSON = "person"
    ASSISTANT = "assistant"
    COORDINATOR = "coordinator"
    SYSTEM = "system"


class Kind(StrEnum):
    """What an entry is."""

    SAID = "said"
    HAND_OFF = "hand_off"
    TAKEN = "taken"
    GIVEN_BACK = "given_back"
    CLOSED = "closed"
    NOTE = "note"
    HURRIED = "left_in_a_hurry"  # nobody contacts the person because of it
    TRANSFERRED = "transferred"
    JOINED = "joined"
    LEFT = "left"
    CORRECTED = "corrected"  # a fact, by a co-ordinator; the thread keeps what it was
    MARKED = "marked"  # an alarm as right or wrong, or a message as missed
    ACKNOWLEDGED = "acknowledged"  # an alarm, by somebody of the team
    WENT_UP = "went_up"  # an alarm that nobody heard in time
    SILENT = "silent"  # the person was not seen for a while, in danger
    KEPT_BACK = "kept_back"  # words that were not sent: the person may not be safe to reach
    WROTE = "wrote"  # a letter or an e-mail without content went out through the gate
    CALLBACK = "callback"  # one was agreed, kept, missed or called off


class Audience(StrEnum):
    """Who may read an entry. The person is never given what is for co-ordinators."""

    EVERYONE = "everyone"
    COORDINATORS = "coordinators"


class Reader(StrEnum):
    """Who is reading a thread."""

    PERSON = "person"
    COORDINATOR = "coordinator"


class Holder(StrEnum):
    """Who answers the person now."""

    ASSISTANT = "assistant"
    WAITING = "waiting"
    COORDINATOR = "coordinator"
    NOBODY = "nobody"


class Priority(StrEnum):
    """How soon a person of the team is needed."""

    NORMAL = "normal"
    URGENT = "urgent"
    EMERGENCY = "emergency"

    @property
    def rank(self) -> int:
        """0 for normal, 2 for emergency."""
        return list(Priority).index(self)


def most_serious(*priorities: Priority | None) -> Priority | None:
    """The most serious of the given priorities; None when there is none."""
    given = [priority for priority in priorities if priority is not None]
    return max(given, key=lambda priority: priority.rank, default=None)


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """Why the recogniser spoke: the words, what found them, and its score (0 to 1) if any."""

    text: str
    by: str
    score: float | None = None


@dataclass(frozen=True, kw_only=True)
class HandOff:
    """A request that a co-ordinator comes in.

    ``reasons`` are risk categories, or one of ``asked_for_person``, ``needs_interpreter``,
    ``needs_support``, ``assistant_failed``. ``about`` is the sequence of the
    message that gave rise to it. ``unread``: the recogniser has not read that message yet.
    """

    priority: Priority
    reasons: tuple[str, ...]
    evidence: tuple[Evidence, ...] = ()
    about: int | None = None
    unread: bool = False

    def as_draft(self) -> "Draft":
        """The request as an entry of the thread."""
        return Draft(
            author=Author.SYSTEM,
            kind=Kind.HAND_OFF,
            audience=Audience.COORDINATORS,
            details={
                "priority": self.priority,
                "reasons": list(self.reasons),
                "evidence": [asdict(found) for found in self.evidence],
                "about": self.about,
                **({"unread": True} if self.unread else {}),
            },
        )


# Why a co-ordinator is asked to come in although nobody is at risk.
WITHOUT_RISK = frozenset(
    {"asked_for_person", "needs_interpreter", "needs_support", "assistant_failed"}
)


def tells_of_risk(reasons: Iterable[str]) -> bool:
    """Whether a hand-off's reasons name a risk."""
    return bool(set(reasons) - WITHOUT_RISK)


@dataclass(frozen=True, kw_only=True)
class Draft:
    """An entry before it has a place in its thread."""

    author: Author
    kind: Kind = Kind.SAID
    audience: Audience = Audience.EVERYONE
    text: str = ""
    message_id: str | None = None
    by: str | None = None
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Entry(Draft):
    """One thing that happened in a conversation. Never changed, never moved."""

    sequence: int
    at: datetime


@dataclass(frozen=True)
class State:
    """Who holds a conversation and how urgent it is; follows from its entries."""

    holder: Holder = Holder.ASSISTANT
    held_by: str | None = None
    priority: Priority | None = None
    waiting_since: datetime | None = None
    reasons: tuple[str, ...] = ()
    interrupted_by_risk: bool = False


def state_of(entries: Iterable[Entry]) -> State:
    """The state that follows from a whole thread, oldest entry first."""
    state = State()
    for entry in entries:
        state = state_after(state, entry)
    return state


def state_after(state: State, entry: Entry) -> State:
    """The state after one more entry."""
    if entry.kind is Kind.HAND_OFF:
        return _after_hand_off(state, entry)
    if entry.kind is Kind.TAKEN:
        return replace(state, holder=Holder.COORDINATOR, held_by=entry.by, waiting_since=None)
    if entry.kind is Kind.TRANSFERRED:
        return _after_transfer(state, entry)
    if entry.kind is Kind.GIVEN_BACK:
        return State(holder=Holder.ASSISTANT)
    if entry.kind is Kind.CLOSED:
        return State(holder=Holder.NOBODY, interrupted_by_risk=state.interrupted_by_risk)
    if state.holder is Holder.NOBODY and entry.author is Author.PERSON:
        return State(holder=Holder.ASSISTANT)  # whoever comes back is answered
    return state


def _after_hand_off(state: State, entry: Entry) -> State:
    asked = HandOff(
        priority=Priority(entry.details["priority"]), reasons=tuple(entry.details["reasons"])
    )
    held = state.holder is Holder.COORDINATOR
    return replace(
        state,
        holder=Holder.COORDINATOR if held else Holder.WAITING,
        priority=most_serious(state.priority, asked.priority),
        waiting_since=None if held else state.waiting_since or entry.at,
        reasons=tuple(dict.fromkeys([*state.reasons, *asked.reasons])),
        interrupted_by_risk=state.interrupted_by_risk or tells_of_risk(asked.reasons),
    )


def _after_transfer(state: State, entry: Entry) -> State:
    """On the way from one to another it waits like all others: nobody can fail to see it."""
    return replace(
        state,
        holder=Holder.WAITING,
        held_by=None,
        priority=state.priority or Priority.NORMAL,
        waiting_since=entry.at,
    )


def unreadable_details(kind: Kind) -> dict[str, Any]:
    """The details of an entry whose own can't be opened; an alarm still asks for somebody."""
    if kind is not Kind.HAND_OFF:
        return {}
    reasons = [UNKNOWN_REASON]
    return {"priority": Priority.URGENT, "reasons": reasons, "evidence": [], "about": None}


def risk_shown(hand_offs: Iterable[Entry]) -> tuple[str, ...]:
    """The priorities of those hand-offs that tell of risk, in their order."""
    return tuple(
        str(entry.details["priority"])
        for entry in hand_offs
        if tells_of_risk(entry.details["reasons"])
    )


@dataclass(frozen=True, kw_only=True)
class Pending:
    """A message of a person that still waits for an answer."""

    conversation: str
    channel: str
    entry: Entry
    holder: Holder
    shown: tuple[str, ...]


@dataclass(frozen=True)
class Opened:
    """A new conversation and the secret that opens it again. The secret is kept nowhere."""

    conversation: str
    token: str


@dataclass(frozen=True)
class Received:
    """Where a message stands in its thread; ``again`` when it had been received before."""

    sequence: int
    again: bool = False
