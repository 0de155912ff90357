"""What a call-back is, and the safe times that are offered."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from knowledge.clock import LONDON
from knowledge.contact.model import Way


class Part(StrEnum):
    """A part of the day in which a person can safely be reached."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


# All within the hours of both centres (knowledge/centres/centres.yml).
TIMES = {
    Part.MORNING: (time(9), time(12)),
    Part.AFTERNOON: (time(12), time(17)),
    Part.EVENING: (time(17), time(20)),
}


class Outcome(StrEnum):
    """What became of a call-back."""

    OPEN = "open"
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
    outcome: Outcome = Outcome.OPEN
    done_by: str | None = None
    done_at: datetime | None = None

    def is_due(self, now: datetime) -> bool:
        """Whether it should happen now, or should have happened."""
        return self.outcome is Outcome.OPEN and now >= self.start

    @property
    def was_kept_in_time(self) -> bool:
        """Whether it was kept before its time was over."""
        kept = self.outcome is Outcome.KEPT and self.done_at is not None
        return kept and self.done_at is not None and self.done_at <= self.end


def next_time(part: Part, now: datetime) -> tuple[datetime, datetime]:
    """The next such part of a day that has not begun: from when, until when."""
    here = now.astimezone(LONDON)
    begin, finish = TIMES[part]
    day = here.date() if here.time() < begin else here.date() + timedelta(days=1)
    return (
        datetime.combine(day, begin, tzinfo=LONDON),
        datetime.combine(day, finish, tzinfo=LONDON),
    )
