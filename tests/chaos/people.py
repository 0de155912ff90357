"""People who write while parts of the system are killed, and remember what they saw."""

from __future__ import annotations

import random
import time
import uuid
from dataclasses import dataclass, field
from typing import Any

import httpx

ORDINARY = [
    "someone broke into my shed in Hitchin last night",
    "yes im safe",
    "not yet, i havent told the police",
    "i cant sleep since then",
    "none of these",
    "what is compensation",
    "just here in this chat please",
    "my bike was taken in Cambridge",
    "thank you",
]
RISKY = [
    "he is outside my door now with a knife",
    "i want to kill myself, i have the tablets here",
    "my ex keeps following me and says he will kill me",
]
RISK_EVERY = 12  # about one message in so many
ASKS_AGAIN_AFTER = 0.3  # seconds, when nobody answers at the door


@dataclass
class Told:
    """A message that the system said it had kept."""

    id: str
    text: str
    sequence: int
    risky: bool
    again: bool  # it was sent more than once


@dataclass
class Person:
    """Somebody on the chat API, on a connection that breaks."""

    url: str
    chance: random.Random
    pauses: tuple[float, float]
    told: list[Told] = field(default_factory=list)
    seen: list[dict[str, Any]] = field(default_factory=list)
    refused: int = 0
    patient: bool = False  # reads the answer before the next message

    def live(self, until: float, most: int) -> None:
        """Write and read until a moment or so many messages; keep trying when a part is away."""
        with httpx.Client(base_url=self.url, timeout=30) as self.client:
            opened = self._insist("POST", "/api/conversations").json()
            self.conversation: str = opened["conversation"]
            self.headers = {"Authorization": f"Bearer {opened['token']}"}
            while time.monotonic() < until and len(self.told) < most:
                self._say()
                self._look()
                while self.patient and time.monotonic() < until and not self._heard():
                    self._look(wait=2)
                time.sleep(self.chance.uniform(*self.pauses))

    def settle(self, until: float) -> None:
        """Read on until every message has an answer, or until a moment."""
        with httpx.Client(base_url=self.url, timeout=30) as self.client:
            while time.monotonic() < until:
                self._look(wait=2)
                if not self.told or self.answered(self.told[-1]):
                    return

    def answered(self, told: Told) -> bool:
        """Whether something was said after a message."""
        return any(
            one["sequence"] > told.sequence and one["from"] != "person" for one in self.seen
        )

    def thread(self) -> list[dict[str, Any]]:
        """The whole thread as it is kept."""
        with httpx.Client(base_url=self.url, timeout=30) as client:
            path = f"/api/conversations/{self.conversation}/messages"
            got = client.get(path, headers=self.headers).raise_for_status().json()
        found: list[dict[str, Any]] = got["messages"]
        return found

    def _heard(self) -> bool:
        return self.answered(self.told[-1])

    def _say(self) -> None:
        risky = self.chance.randrange(RISK_EVERY) == 0
        text = self.chance.choice(RISKY if risky else ORDINARY)
        body = {"id": str(uuid.uuid4()), "text": text}
        path = f"/api/conversations/{self.conversation}/messages"
        twice = self.chance.randrange(10) == 0  # a page that never saw the answer sends again
        first = self._insist("POST", path, json=body).json()["sequence"]
        if twice:
            assert self._insist("POST", path, json=body).json()["sequence"] == first
        self.told.append(Told(body["id"], text, first, risky, twice))

    def _look(self, wait: float = 0.2) -> None:
        after = self.seen[-1]["sequence"] if self.seen else 0
        path = f"/api/conversations/{self.conversation}/messages"
        got = self._insist("GET", path, params={"after": after, "wait": wait})
        self.seen += got.json()["messages"]

    def _insist(self, method: str, path: str, **given: Any) -> httpx.Response:
        headers = getattr(self, "headers", {})
        while True:
            try:
                response = self.client.request(method, path, headers=headers, **given)
                if response.status_code < 400:
                    return response
                assert response.status_code in (429, 502, 503, 504), response.text
                self.refused += 1
            except httpx.TransportError:
                pass
            time.sleep(ASKS_AGAIN_AFTER)
