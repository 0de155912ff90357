"""Attempts to get past what holds people back: counted for /metrics, and said in the log.

By kind alone. Of who tried it, nothing: no word, no address, no id.
"""

import logging
import time
from collections import Counter
from collections.abc import Callable

from channels import figures

log = logging.getLogger(__name__)

EVERY = 60.0  # seconds: who floods us does not flood the log
# What a refusal of this status is an attempt of; the others happen to anybody.
OF_STATUS = {400: "malformed", 403: "forbidden", 413: "too large", 415: "packed", 422: "malformed"}


class Attempts:
    """The attempts that this process saw."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._seen: Counter[str] = Counter()
        self._said_at: dict[str, float] = {}

    def count(self, kind: str) -> None:
        """One more of a kind, which is always a word of our own code."""
        figures.ATTEMPTS.labels(kind).inc()
        self._seen[kind] += 1
        now = self._clock()
        if now - self._said_at.get(kind, -EVERY) >= EVERY:
            self._said_at[kind] = now
            log.warning("refused: %s (%d since the start)", kind, self._seen[kind])


_seen = Attempts()


def tried(kind: str) -> None:
    """Count an attempt of a kind, and say so at most once a minute."""
    _seen.count(kind)


def tried_by_status(status: int) -> None:
    """The same for a refusal whose status says that it was one."""
    if status in OF_STATUS:
        tried(OF_STATUS[status])
