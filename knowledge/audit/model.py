"""What one row of the log is, and how rows hang together."""

from __future__ import annotations

import hashlib
import json
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum

START = "0" * 64  # what the first row names as the hash before it


class What(StrEnum):
    """What was done. No row holds a word that a person wrote."""

    SIGNED_IN = "signed_in"
    SIGN_IN_FAILED = "sign_in_failed"
    UNLOCKED = "unlocked"
    SIGNED_OUT = "signed_out"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105  (what happened, not a password)
    SECOND_FACTOR_SET = "second_factor_set"
    SECOND_FACTOR_REMOVED = "second_factor_removed"
    RECOVERY_CODES_MADE = "recovery_codes_made"
    INVITED = "invited"
    ADDED = "added"
    DEACTIVATED = "deactivated"
    REACTIVATED = "reactivated"
    SAW_QUEUE = "saw_queue"
    READ_CONVERSATION = "read_conversation"
    TOOK = "took"
    SAID = "said"
    NOTED = "noted"
    ACKNOWLEDGED = "acknowledged"
    CONTACT_REFUSED = "contact_refused"
    WROTE = "wrote"
    CALLBACK_CHANGED = "callback_changed"
    SAW_FIGURES = "saw_figures"
    GAVE_BACK = "gave_back"
    TRANSFERRED = "transferred"
    JOINED = "joined"
    LEFT = "left"
    TOOK_OVER = "took_over"
    CORRECTED = "corrected"
    MARKED = "marked"
    MARKS_EXPORTED = "marks_exported"
    CLOSED = "closed"
    ERASED = "erased"
    PUT_ON_HOLD = "put_on_hold"
    RELEASED = "released"
    EXPORTED = "exported"
    EDITED_DIRECTORY = "edited_directory"
    READ_TRACE = "read_trace"
    REFUSED = "refused"  # a right was missing; `why` names it
    SHORTENED = "shortened"  # the oldest rows were removed by the rule


@dataclass(frozen=True)
class Actor:
    """Who acts (an id; empty when nobody is signed in), and from where (never readable)."""

    who: str = ""
    where: str = ""


_acting: ContextVar[Actor] = ContextVar("acting", default=Actor())  # noqa: B039  (frozen)


def acting(actor: Actor) -> None:
    """From here on this request, or this command, acts for somebody."""
    _acting.set(actor)


def who_acts() -> Actor:
    """Who acts in this request or command."""
    return _acting.get()


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row: who did what with what, when, from where and why, and the row before it."""

    sequence: int
    at: datetime
    who: str
    what: What
    subject: str
    where: str
    why: str
    previous: str
    hash: str = ""

    def sealed(self) -> Row:
        """The same row with its own hash: SHA-256 over its canonical JSON."""
        fields = {
            "sequence": self.sequence,
            "at": self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "who": self.who,
            "what": self.what,
            "subject": self.subject,
            "where": self.where,
            "why": self.why,
            "previous": self.previous,
        }
        text = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return replace(self, hash=hashlib.sha256(text.encode()).hexdigest())

    def follows(self, sequence: int, hash_: str) -> bool:
        """Whether this row is whole, and the next one after that sequence and hash."""
        is_next = self.sequence == sequence + 1 and self.previous == hash_
        return is_next and self.sealed().hash == self.hash


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which rows a reader asks for; empty means all. ``before`` turns the pages."""

    who: str = ""
    what: str = ""
    subject: str = ""
    before: int | None = None


@dataclass(frozen=True)
class Anchor:
    """The last row that was removed by the rule: the chain goes on from it."""

    sequence: int = 0
    hash: str = START


@dataclass(frozen=True)
class Verdict:
    """What checking the chain found: how many rows, the last hash, the first broken row.

    ``removed`` is how many rows before them the rule removed.
    """

    rows: int
    last: str
    broken: int | None = None
    noted_found: bool = True
    removed: int = 0
