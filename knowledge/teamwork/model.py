"""Who has come how far in a thread, and what one person of the team has open."""

from dataclasses import dataclass
from datetime import datetime

PERSON = "person"  # the reader whose conversation it is


@dataclass(frozen=True)
class Mark:
    """Up to which sequence a thread was brought to somebody, and read by them."""

    delivered: int = 0
    read: int = 0

    def after(self, other: "Mark") -> "Mark":
        """Both marks together: they never go back, and what was read was delivered."""
        read = max(self.read, other.read)
        return Mark(max(self.delivered, other.delivered, read), read)


@dataclass(frozen=True, kw_only=True)
class Mine:
    """One conversation that somebody holds, joined, or was handed.

    ``how`` is ``held``, ``joined`` or ``handed``; ``unread`` counts what the person wrote since
    this co-ordinator last looked.
    """

    conversation: str
    how: str
    priority: str | None
    last_words: str
    last_at: datetime
    unread: int
