"""When it happened, as people say it, as days in the past of the message."""

from nlu.facts.dates.phrases import Named, times
from nlu.facts.dates.reader import TimeOdds, When, read

__all__ = ["Named", "TimeOdds", "When", "read", "times"]
