"""When it happened, as people say it, as days in the past of the message."""

from nlu.facts.dates.reader import When, read

__all__ = ["When", "read"]
