"""Wake-ups inside one process: who listens to a conversation or the queue hears it change."""

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress

QUEUE = "queue"


class Ear:
    """Listens to its topics. Listen first, then look: no ring in between is missed."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def hear(self) -> None:
        """Note that a topic rang."""
        self._rung.set()

    async def wait(self, seconds: float) -> None:
        """Return when one of them rang since the last time, or after this time."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._rung.wait(), seconds)
        self._rung.clear()


class Bell:
    """Rings for a topic: a conversation's id, or QUEUE."""

    def __init__(self) -> None:
        self._ears: dict[str, set[Ear]] = defaultdict(set)

    def ring(self, *topics: str) -> None:
        """Wake everybody who listens to one of these topics."""
        for topic in topics:
            for ear in self._ears.get(topic, ()):
                ear.hear()

    @contextmanager
    def listening(self, *topics: str) -> Iterator[Ear]:
        """An ear for these topics while the block runs."""
        ear = Ear()
        for topic in topics:
            self._ears[topic].add(ear)
        try:
            yield ear
        finally:
            for topic in topics:
                self._ears[topic].discard(ear)
                if not self._ears[topic]:
                    del self._ears[topic]
