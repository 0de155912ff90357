"""People who write while parts of the system are killed, and remember what they saw."""

from __future__ import annotations

import bisect
import random
import threading
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
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
ASKS_AGAIN_AFTER = 0.6  # seconds, when nobody answers at the door
INSISTS_FOR = 600.0  # seconds: a start takes minutes on a machine that does much else
IMPATIENCE = 0.005  # seconds for an answer that is not waited for


class GaveUp(Exception):
    """Nobody took a message in all this time, or it was refused for good."""


def words(chance: random.Random) -> tuple[str, bool]:
    """What somebody says, and whether it tells of a risk."""
    risky = chance.randrange(RISK_EVERY) == 0
    return chance.choice(RISKY if risky else ORDINARY), risky


def a_client(url: str) -> httpx.Client:
    """For one person. Without what TLS needs: to read that takes longer than a call."""
    return httpx.Client(base_url=url, timeout=30, verify=False)  # noqa: S501


@dataclass(frozen=True)
class Written:
    """A message before the system has it."""

    id: str
    text: str
    risky: bool
    number: int  # the person's own count


@dataclass(frozen=True, kw_only=True)
class Told(Written):
    """A message that the system said it had kept."""

    sequence: int
    late: bool = False  # sent again after what was written later


@dataclass
class Person:
    """Somebody on the chat API, on a connection that breaks.

    ``told`` is in the order of the thread.
    """

    url: str
    chance: random.Random
    pauses: tuple[float, float]
    told: list[Told] = field(default_factory=list)
    seen: list[dict[str, Any]] = field(default_factory=list)
    refused: int = 0
    broken: int = 0
    moved: int = 0  # sent again, it stood elsewhere
    wrote: int = 0
    gave_up: str = ""  # why
    manners: Counter[str] = field(default_factory=Counter)  # how often messages came how
    patient: bool = False  # reads the answer before the next message
    was_held: bool = False  # a co-ordinator took it: the assistant was silent for a while

    def live(self, until: float, most: int) -> None:
        """Write and read until a moment or so many messages; keep trying when a part is away."""
        with a_client(self.url) as self.client, self._giving_up():
            opened = self._insist("POST", "/api/conversations").json()
            self.conversation: str = opened["conversation"]
            self.headers = {"Authorization": f"Bearer {opened['token']}"}
            while time.monotonic() < until and len(self.told) < most:
                self.say()
                self.look()
                while self.patient and time.monotonic() < until and not self._heard():
                    self.look(wait=2)
                time.sleep(self.chance.uniform(*self.pauses))

    @property
    def opened(self) -> bool:
        """Whether they have a conversation."""
        return hasattr(self, "headers")

    def settle(self, until: float) -> None:
        """Read on until every message has an answer, or until a moment."""
        if not self.opened or self.gave_up:
            return
        with a_client(self.url) as self.client, self._giving_up():
            while time.monotonic() < until:
                if not self.look(wait=1) and (not self.told or self.was_held or self._heard()):
                    return

    def look(self, wait: float = 0.2) -> list[dict[str, Any]]:
        """Read what is new since the last look."""
        after = self.seen[-1]["sequence"] if self.seen else 0
        got = self._insist("GET", self._messages, params={"after": after, "wait": wait})
        new: list[dict[str, Any]] = got.json()["messages"]
        self.seen += new
        return new

    def answered(self, told: Told) -> bool:
        """Whether the assistant spoke after a message; a place in the line is no answer."""
        return any(
            one["sequence"] > told.sequence and one["from"] == "assistant" for one in self.seen
        )

    def thread(self) -> list[dict[str, Any]]:
        """The whole thread as it is kept."""
        with a_client(self.url) as client:
            got = client.get(self._messages, headers=self.headers).raise_for_status().json()
        found: list[dict[str, Any]] = got["messages"]
        return found

    def say(self) -> None:
        """One message, or two, as a page sends them on such a connection."""
        manners = {
            "once": self._once,
            "twice": self._twice,
            "at once": self._at_once,
            "again": self._again,
            "late": self._late,
        }
        # Who waits for an answer overtakes nobody.
        weights = (70, 8, 8, 7, 0 if self.patient else 7)
        (manner,) = self.chance.choices(list(manners), weights)
        self.manners[manner] += 1
        manners[manner]()

    def _once(self) -> None:
        written = self._write()
        self._note(written, self._send(written))

    def _twice(self) -> None:
        """The page never saw the answer and sends again."""
        written = self._write()
        sequence = self._send(written)
        self.moved += self._send(written) != sequence
        self._note(written, sequence)

    def _at_once(self) -> None:
        """Two copies are on their way together."""
        written = self._write()
        with ThreadPoolExecutor(2) as pool:
            first, second = pool.map(self._send, (written, written))
        self.moved += first != second
        self._note(written, first)

    def _again(self) -> None:
        """A copy of something arrives after what was written later."""
        self._once()
        earlier = self.chance.choice(self.told)
        self.moved += self._send(earlier) != earlier.sequence

    def _late(self) -> None:
        """Nobody saw it arrive, if it did; it is sent again after what was written later."""
        written = self._write()
        if self.chance.random() < 0.5:
            with suppress(httpx.TransportError):
                httpx.post(
                    self.url + self._messages,
                    verify=False,  # noqa: S501  (no TLS here)
                    json=_body(written),
                    headers=self.headers,
                    timeout=httpx.Timeout(30, read=IMPATIENCE),
                )
        self._once()
        self._note(written, self._send(written), late=True)

    def _write(self) -> Written:
        text, risky = words(self.chance)
        self.wrote += 1
        return Written(str(uuid.uuid4()), text, risky, self.wrote)

    def _send(self, written: Written) -> int:
        kept = self._insist("POST", self._messages, json=_body(written)).json()
        return int(kept["sequence"])

    def _note(self, written: Written, sequence: int, *, late: bool = False) -> None:
        told = Told(**asdict(written), sequence=sequence, late=late)
        bisect.insort(self.told, told, key=lambda one: one.sequence)

    def _heard(self) -> bool:
        return self.answered(self.told[-1])

    @property
    def _messages(self) -> str:
        return f"/api/conversations/{self.conversation}/messages"

    def _insist(self, method: str, path: str, **given: Any) -> httpx.Response:
        headers = getattr(self, "headers", {})
        until = time.monotonic() + INSISTS_FOR
        while time.monotonic() < until:
            with suppress(httpx.TransportError):
                response = self.client.request(method, path, headers=headers, **given)
                if response.status_code < 400:
                    return response
                if response.status_code not in (429, *range(500, 600)):
                    raise GaveUp(f"{method}: {response.status_code}")
                self.refused += 1
                self.broken += response.status_code == 500  # a refusal says why: this is none
            time.sleep(ASKS_AGAIN_AFTER)
        raise GaveUp(f"{method}: nobody answered in {INSISTS_FOR:.0f} s")

    @contextmanager
    def _giving_up(self) -> Iterator[None]:
        try:
            yield
        except GaveUp as why:
            self.gave_up = str(why)


def _body(written: Written) -> dict[str, str]:
    return {"id": written.id, "text": written.text}


@dataclass
class Stream:
    """A page that listens by server-sent events and goes on where it was, wherever that is."""

    person: Person
    heard: list[int] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def listen(self) -> None:
        """Until it is over."""
        while not self.person.opened:
            if self.over.wait(0.1):
                return
        with a_client(self.person.url) as client:
            while not self.over.is_set():
                with suppress(httpx.HTTPError):
                    self._hear(client)
                self.over.wait(ASKS_AGAIN_AFTER)

    def _hear(self, client: httpx.Client) -> None:
        path = f"/api/conversations/{self.person.conversation}/events"
        headers = {**self.person.headers, "Last-Event-ID": str((self.heard or [0])[-1])}
        with client.stream("GET", path, headers=headers, timeout=8) as stream:
            for line in stream.iter_lines():
                if line.startswith("id:"):
                    self.heard.append(int(line.partition(":")[2]))
                if self.over.is_set():
                    return
