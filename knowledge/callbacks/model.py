"""What a call-back is, and the safe times that are offered."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from knowledge.clock import LONDON
from knowledge.contact.model import Way
from knowledge.contact.times import TIMES, Part

LONGEST = timedelta(hours=12)  # an agreed time is a part of one day
FARTHEST = timedelta(days=60)


class Outcome(StrEnum):
    """What became of a call-back. ``begun``: the gate let somebody reach out, in its time."""

    OPEN = "open"
    BEGUN = "begun"
    KEPT = "kept"
    NOT_REACHED = "not_reached"
    CALLED_OFF = "called_off"


@dataclass(frozen=True, kw_only=True)
class Callback:
    """One call-back: by which way, between when and when, and what became of it."""

    id: str
    conversation: str
    way: Way
    start: datetime
    end: datetime
    made_at: datetime
    begun_at: datetime | None = None
    outcome: Outcome = Outcome.OPEN
    done_by: str | None = None
    done_at: datetime | None = None

    def is_due(self, now: datetime) -> bool:
        """Whether it should happen now, or should have happened."""
        return self.is_ahead and now >= self.start

    @property
    def is_ahead(self) -> bool:
        """Whether nobody has said yet what became of it."""
        return self.outcome in AHEAD

    @property
    def was_kept_in_time(self) -> bool:
        """Whether it was kept before its time was over."""
        reached = self.begun_at or self.done_at
        return self.outcome is Outcome.KEPT and reached is not None and reached <= self.end


AHEAD = (Outcome.OPEN, Outcome.BEGUN)


def next_time(part: Part, now: datetime) -> tuple[datetime, datetime]:
    """The next such part of a day that has not begun: from when, until when."""
    here = now.astimezone(LONDON)
    begin, finish = TIMES[part]
    day = here.date() if here.time() < begin else here.date() + timedelta(days=1)
    return (
        datetime.combine(day, begin, tzinfo=LONDON),
        datetime.combine(day, finish, tzinfo=LONDON),
    )
