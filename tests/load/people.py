"""People who write every few seconds and wait for their answers; what came of it is counted."""

from __future__ import annotations

import asyncio
import random
import time
import uuid
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.chaos.people import ORDINARY

PATIENCE = 60.0  # seconds until a message without an answer counts as lost
ASKS_AGAIN_AFTER = 1.0


@dataclass
class Counts:
    """What became of all messages of a step."""

    accepted: int = 0
    refused: int = 0  # with 503 or 429, and sent again later
    times: list[float] = field(default_factory=list)  # from sending to seeing the answer

    @property
    def answered(self) -> int:
        """Messages whose answer was seen."""
        return len(self.times)

    @property
    def lost(self) -> int:
        """Messages that were accepted and never answered."""
        return self.accepted - self.answered

    def percentile(self, part: float) -> float:
        """The time within which so many percent were answered; 0 when nobody was."""
        ordered = sorted(self.times)
        return ordered[min(len(ordered) - 1, int(len(ordered) * part / 100))] if ordered else 0.0


@dataclass
class Person:
    """Somebody on the chat API."""

    url: str
    chance: random.Random
    pauses: tuple[float, float]
    counts: Counts
    seen: int = 0

    async def arrive(self) -> None:
        """Open a conversation."""
        self.client = httpx.AsyncClient(base_url=self.url, timeout=35)
        opened = (await self._insist("POST", "/api/conversations")).json()
        self.client.headers["Authorization"] = f"Bearer {opened['token']}"
        self.path = f"/api/conversations/{opened['conversation']}/messages"

    async def live(self, until: float) -> None:
        """Write until a moment, each time after a pause."""
        await asyncio.sleep(self.chance.uniform(0, self.pauses[1]))
        while time.monotonic() < until:
            await self._say()
            await asyncio.sleep(self.chance.uniform(*self.pauses))

    async def close(self) -> None:
        """Go."""
        await self.client.aclose()

    async def _say(self) -> None:
        began = time.monotonic()
        body = {"id": str(uuid.uuid4()), "text": self.chance.choice(ORDINARY)}
        sent = (await self._insist("POST", self.path, json=body)).json()["sequence"]
        self.counts.accepted += 1
        while time.monotonic() < began + PATIENCE:
            query = {"after": max(self.seen, sent), "wait": 20}
            new = (await self._insist("GET", self.path, params=query)).json()["messages"]
            if new:
                self.seen = new[-1]["sequence"]
            if any(one["from"] == "assistant" for one in new):
                self.counts.times.append(time.monotonic() - began)
                return

    async def _insist(self, method: str, path: str, **given: Any) -> httpx.Response:
        while True:
            try:
                response = await self.client.request(method, path, **given)
                if response.is_success:
                    return response
                self.counts.refused += 1
            except httpx.TransportError:
                self.counts.refused += 1
            await asyncio.sleep(ASKS_AGAIN_AFTER)
