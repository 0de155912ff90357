"""Wake-ups: who listens to a conversation or the queue hears it change.

Between processes they go over Redis (wires.py). Where there is none, whoever listens looks often.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

QUEUE = "queue"
LOOK_EVERY = 2.0  # seconds; another process may have written, and nothing rang here
LOOK_SELDOM = 5.0  # where every ring is heard


def bringing_to(channel: str) -> str:
    """The topic of whoever brings words to a channel's people."""
    return f"to {channel}"


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
    """Rings for a topic: a conversation's id, QUEUE, or what is to be brought to a channel."""

    def __init__(self) -> None:
        self._ears: dict[str, set[Ear]] = defaultdict(set)
        self.beyond: Callable[[tuple[str, ...]], None] | None = None  # to the other processes
        self.is_wired = False  # what rings elsewhere is heard here
        self.is_alone = False  # nobody else runs

    @property
    def look_every(self) -> float:
        """How often whoever listens must look all the same, in seconds."""
        return LOOK_SELDOM if self.is_wired or self.is_alone else LOOK_EVERY

    def ring(self, *topics: str) -> None:
        """Wake everybody who listens to one of these topics, in every process."""
        self.ring_here(*topics)
        if self.beyond is not None:
            self.beyond(topics)

    def ring_here(self, *topics: str) -> None:
        """The same, in this process only."""
        for topic in topics:
            for ear in self._ears.get(topic, ()):
                ear.hear()

    def ring_all_here(self) -> None:
        """Wake everybody in this process: something may have been missed."""
        self.ring_here(*self._ears)

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
