"""What is shown for a moment and kept nowhere: who is writing, and who of the team looks on."""

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager

LASTS = 6.0  # seconds after the last sign that somebody writes
MOST = 10_000  # conversations; older signs are dropped first


class Signs:
    """Who gave a sign in which conversation; each fades by itself. Never what they write.

    ``beyond`` carries them to the other processes; without it they stay in this one.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._until: dict[str, dict[str, float]] = {}
        self.beyond: Callable[[str, str, float], None] | None = None

    def note(self, conversation: str, who: str) -> bool:
        """Somebody gives a sign now; True when that was not known yet."""
        fresh = who not in self.who(conversation)
        self.note_from_elsewhere(conversation, who, LASTS)
        self._carry(conversation, who, LASTS)
        return fresh

    def stop(self, conversation: str, who: str) -> None:
        """They no longer do."""
        if self._until.get(conversation, {}).pop(who, None) is not None:
            self._carry(conversation, who, 0.0)

    def note_from_elsewhere(self, conversation: str, who: str, lasts: float) -> None:
        """A sign that another process was given; 0 ends it."""
        self._until.setdefault(conversation, {})[who] = self._clock() + lasts
        while len(self._until) > MOST:
            del self._until[next(iter(self._until))]

    def who(self, conversation: str) -> list[str]:
        """Who gave one a moment ago."""
        now = self._clock()
        left = {who: at for who, at in self._until.get(conversation, {}).items() if at > now}
        if left:
            self._until[conversation] = left
        else:
            self._until.pop(conversation, None)
        return sorted(left)

    def _carry(self, conversation: str, who: str, lasts: float) -> None:
        if self.beyond is not None:
            self.beyond(conversation, who, lasts)


class Typing(Signs):
    """Who is writing in which conversation. Never what."""


class Looking(Signs):
    """Which co-ordinators have a conversation open, in this process or, as signs, in others."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(clock)
        self._there: dict[str, Counter[str]] = defaultdict(Counter)

    @contextmanager
    def at(self, conversation: str, coordinator: str) -> Iterator[None]:
        """While the block runs, this co-ordinator looks on. Elsewhere only ``note`` tells so."""
        self._there[conversation][coordinator] += 1
        try:
            yield
        finally:
            self._there[conversation][coordinator] -= 1
            if not self._there[conversation][coordinator]:
                self.stop(conversation, coordinator)
            if not +self._there[conversation]:
                del self._there[conversation]

    def who(self, conversation: str) -> list[str]:
        """Who looks on now."""
        here = +self._there.get(conversation, Counter[str]())
        return sorted({*here, *super().who(conversation)})
