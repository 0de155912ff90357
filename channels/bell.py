"""Wake-ups inside one process: who waits for a conversation or the queue hears it change."""

import asyncio
from collections import defaultdict
from contextlib import suppress

QUEUE = "queue"


class Bell:
    """Rings for a topic: a conversation's id, or QUEUE."""

    def __init__(self) -> None:
        self._waiting: dict[str, set[asyncio.Event]] = defaultdict(set)

    def ring(self, *topics: str) -> None:
        """Wake everybody who waits for one of these topics."""
        for topic in topics:
            for event in self._waiting.get(topic, ()):
                event.set()

    async def wait(self, topic: str, seconds: float) -> None:
        """Return when the topic rings, or after this time."""
        event = asyncio.Event()
        self._waiting[topic].add(event)
        try:
            with suppress(TimeoutError):
                await asyncio.wait_for(event.wait(), seconds)
        finally:
            self._waiting[topic].discard(event)
            if not self._waiting[topic]:
                del self._waiting[topic]
