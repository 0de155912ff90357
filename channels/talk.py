"""What is shown for a moment and kept nowhere: who is writing, and who of the team looks on."""

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager

LASTS = 6.0  # seconds after the last sign that somebody writes
MOST = 10_000  # conversations; older signs are dropped first


class Typing:
    """Who is writing in which conversation. Never what.

    It lives in one process: with several, a person sees it when both sides use the same one.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._until: dict[str, dict[str, float]] = {}

    def note(self, conversation: str, who: str) -> bool:
        """Somebody writes now; True when that was not known yet."""
        fresh = who not in self.who(conversation)
        self._until.setdefault(conversation, {})[who] = self._clock() + LASTS
        while len(self._until) > MOST:
            del self._until[next(iter(self._until))]
        return fresh

    def stop(self, conversation: str, who: str) -> None:
        """They sent it, or no longer write."""
        self._until.get(conversation, {}).pop(who, None)

    def who(self, conversation: str) -> list[str]:
        """Who writes there now."""
        now = self._clock()
        left = {who: at for who, at in self._until.get(conversation, {}).items() if at > now}
        if left:
            self._until[conversation] = left
        else:
            self._until.pop(conversation, None)
        return sorted(left)


class Looking:
    """Which co-ordinators have a conversation open."""

    def __init__(self) -> None:
        self._there: dict[str, Counter[str]] = defaultdict(Counter)

    @contextmanager
    def at(self, conversation: str, coordinator: str) -> Iterator[None]:
        """While the block runs, this co-ordinator looks on."""
        self._there[conversation][coordinator] += 1
        try:
            yield
        finally:
            self._there[conversation][coordinator] -= 1
            if not +self._there[conversation]:
                del self._there[conversation]

    def who(self, conversation: str) -> list[str]:
        """Who looks on now."""
        return sorted(+self._there.get(conversation, Counter[str]()))
