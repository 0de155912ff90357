"""A co-ordinator who takes conversations, speaks and gives them back, over a broken connection."""

from __future__ import annotations

import random
import threading
import time
import uuid
from collections import Counter, defaultdict
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.chaos.people import ASKS_AGAIN_AFTER, INSISTS_FOR, GaveUp, Person, a_client
from tests.journeys.running import EMAIL, PASSWORD

WORDS = ["hello, I am here now", "are you somewhere safe?", "thank you for telling me"]
PAUSE = 0.6  # seconds at most between two deeds, so that a step of it is soon come to


@dataclass
class Desk:
    """Works until it is over; ``said`` is what each conversation was told, in order."""

    url: str
    chance: random.Random
    people: list[Person]  # whom it may take
    said: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    held: Counter[str] = field(default_factory=Counter)  # how often each was taken and given back
    gave_up: str = ""
    over: threading.Event = field(default_factory=threading.Event)

    def work(self) -> None:
        """Take one, speak, give it back, again and again."""
        with a_client(f"{self.url}/api/console") as self.client:
            try:
                self._sign_in()
                while not self.over.wait(self.chance.uniform(0.0, PAUSE)):
                    known = [one for one in self.people if one.opened and one.told]
                    if known:
                        self._see_to(self.chance.choice(known))
            except GaveUp as why:
                self.gave_up = str(why)

    @property
    def words(self) -> int:
        """How many messages it sent."""
        return sum(map(len, self.said.values()))

    def _see_to(self, person: Person) -> None:
        person.was_held = True
        here = f"/conversations/{person.conversation}"
        self._insist(f"{here}/take")
        for _ in range(self.chance.randint(1, 3)):
            time.sleep(self.chance.uniform(0.0, PAUSE))
            words = {"id": str(uuid.uuid4()), "text": self.chance.choice(WORDS)}
            for _ in range(self.chance.choice((1, 1, 2))):  # the page did not hear that it went
                self._insist(f"{here}/messages", words)
            self.said[person.conversation].append(words["id"])
        time.sleep(self.chance.uniform(0.0, PAUSE))
        self._insist(f"{here}/give-back", was_done=httpx.codes.CONFLICT)
        self.held[person.conversation] += 1

    def _sign_in(self) -> None:
        given = {"email": EMAIL, "password": PASSWORD}
        token = self._insist("/sessions", given).json()["token"]
        self.client.headers["Authorization"] = f"Bearer {token}"

    def _insist(
        self, path: str, body: dict[str, Any] | None = None, was_done: int = 0
    ) -> httpx.Response:
        """Ask until it is done. ``was_done``: what says so when a try before was not heard of."""
        until, tries = time.monotonic() + INSISTS_FOR, 0
        while time.monotonic() < until:
            tries += 1
            with suppress(httpx.TransportError):
                answer = self.client.post(path, json=body)
                if answer.is_success or (tries > 1 and answer.status_code == was_done):
                    return answer
                if answer.status_code < 500:
                    raise GaveUp(f"the desk: {path.rpartition('/')[2]}: {answer.status_code}")
            time.sleep(ASKS_AGAIN_AFTER)
        raise GaveUp(f"the desk: nobody answered in {INSISTS_FOR:.0f} s")
