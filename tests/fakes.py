"""Stand-ins that more than one room's tests use: an assistant without Rasa, a clock in hand."""

import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta

from channels.assistant import Answer
from channels.message import Reply
from knowledge.conversations.model import Evidence, HandOff, Pending, Priority

TUESDAY_MORNING = datetime(2026, 11, 24, 10, 40, tzinfo=UTC)


class HandClock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime = TUESDAY_MORNING) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        """Let time go on: ``move(minutes=5)``."""
        self.now += timedelta(**by)


def danger(about: int | None = None, words: str = "outside banging on the door") -> HandOff:
    """What the recogniser asks for when somebody is in danger now."""
    evidence = (Evidence(text=words, by="rule:at_the_door", score=0.97),)
    return HandOff(
        priority=Priority.EMERGENCY,
        reasons=("immediate_danger",),
        evidence=evidence,
        about=about,
    )


class FakeAssistant:
    """Says ``answer to <text>``, or what ``plan`` holds for a text; remembers what it was asked.

    A text with the word DANGER carries risk. ``gate`` can hold all answers back, ``reads`` all
    readings of risk; ``at_once`` is the most messages it ever had in hand, ``at_once_in`` the
    same for each conversation.
    """

    def __init__(self) -> None:
        self.plan: dict[str, Answer | Exception] = {}
        self.always: Exception | None = None
        self.asked: list[str] = []
        self.recognised: list[str] = []
        self.pending: list[Pending] = []
        self.forgotten: list[str] = []
        self.up = True
        self.gate = asyncio.Event()
        self.gate.set()
        self.reads = asyncio.Event()
        self.reads.set()
        self.at_once = 0
        self.at_once_in: Counter[str] = Counter()
        self._in_hand: Counter[str] = Counter()

    async def answer(self, pending: Pending) -> Answer:
        """The planned answer, or an echo."""
        self.asked.append(pending.entry.text)
        self.pending.append(pending)
        await self._while_open(pending.conversation)
        planned = self.always or self.plan.get(pending.entry.text)
        if isinstance(planned, Exception):
            raise planned
        return planned or Answer((Reply(f"answer to {pending.entry.text}"),), risk_in(pending))

    async def recognise(self, pending: Pending) -> HandOff | None:
        """The risk alone."""
        self.recognised.append(pending.entry.text)
        await self.reads.wait()
        if self.always is not None:
            raise self.always
        return risk_in(pending)

    async def forget(self, conversation: str) -> None:
        """Remember that it should forget."""
        self.forgotten.append(conversation)

    async def ready(self) -> bool:
        """As it was told."""
        return self.up

    async def close(self) -> None:
        """There is nothing to let go."""

    async def _while_open(self, conversation: str) -> None:
        self._in_hand[conversation] += 1
        self.at_once = max(self.at_once, self._in_hand.total())
        self.at_once_in[conversation] = max(
            self.at_once_in[conversation], self._in_hand[conversation]
        )
        try:
            await asyncio.sleep(0)
            await self.gate.wait()
        finally:
            self._in_hand[conversation] -= 1


def risk_in(pending: Pending) -> HandOff | None:
    """The danger that a text with the word DANGER carries."""
    text = pending.entry.text
    return danger(pending.entry.sequence, text) if "DANGER" in text else None
