"""Conversations written as speech, and how they are played.

A file holds a list of conversations:

    - conversation: a sentence that says what is promised
      speech:
        - person: my house in Stevenage was burgled     # writes
        - waymark: Are you safe right now?               # these words are in the answer
        - presses: safe_now=yes                          # presses the choice of this value
        - never: Which town                              # these words are nowhere in the answer
        - holder: waiting                                # who holds the conversation now
        - comes_back: with five words                    # on another phone, with a new key
      record: {crime_type: burglary}                     # what is recorded in the end
      known: why it does not hold yet                    # then it must fail, until it is mended
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import yaml

FOLDER = Path(__file__).parent
WAIT = 20
IN_LINE = "You are number"


@dataclass
class Talk:
    """One person on the chat API, with the answer to their last message."""

    url: str
    headers: dict[str, str] = field(default_factory=dict)
    conversation: str = ""
    answer: list[dict[str, Any]] = field(default_factory=list)
    holder: str = ""

    def open(self) -> "Talk":
        """Start a conversation."""
        opened = httpx.post(f"{self.url}/api/conversations").json()
        self.conversation = opened["conversation"]
        self.headers = {"Authorization": f"Bearer {opened['token']}"}
        return self

    def play(self, line: dict[str, Any]) -> None:
        """One line of speech."""
        ((who, words),) = line.items()
        if who in ("person", "presses"):
            self._send({"text": words} if who == "person" else {"choice": words})
        elif who == "waymark":
            assert words in self._heard(), f"{words!r} not in: {self._heard()}"
        elif who == "never":
            assert words not in self._heard(), self._heard()
        elif who == "comes_back":
            self._come_back()
        elif who == "holder":
            assert self.holder == words
        else:
            raise ValueError(f"nobody called {who} speaks here")

    def record(self) -> dict[str, Any]:
        """What is recorded about the person."""
        found: dict[str, Any] = self._get("assessment")
        return found

    def _come_back(self) -> None:
        """Get the words, and open the conversation with them as another phone would."""
        mine = f"{self.url}/api/conversations/{self.conversation}/phrase"
        phrase = httpx.post(mine, headers=self.headers).json()
        back = httpx.post(f"{self.url}/api/conversations/return", json=phrase).json()
        assert back["conversation"] == self.conversation
        self.headers = {"Authorization": f"Bearer {back['token']}"}

    def _send(self, said: dict[str, str]) -> None:
        url = f"{self.url}/api/conversations/{self.conversation}/messages"
        body = {"id": str(uuid4()), **said}
        response = httpx.post(url, json=body, headers=self.headers)
        assert response.status_code == httpx.codes.ACCEPTED, response.text
        after = response.json()["sequence"]
        found = self._get(f"messages?after={after}&wait={WAIT}")
        if all(one["text"].startswith(IN_LINE) for one in found["messages"]):
            last = max([after, *(one["sequence"] for one in found["messages"])])
            self._get(f"messages?after={last}&wait={WAIT}")  # the place in the line came first
            found = self._get(f"messages?after={after}")
        self.answer, self.holder = found["messages"], found["holder"]
        assert self.answer, "no answer came"

    def _get(self, path: str) -> Any:
        url = f"{self.url}/api/conversations/{self.conversation}/{path}"
        return httpx.get(url, headers=self.headers, timeout=WAIT + 10).json()

    def _heard(self) -> str:
        services = [service["name"] for one in self.answer for service in one["services"]]
        return "\n".join([*(one["text"] for one in self.answer), *services])


def conversations() -> list[tuple[str, dict[str, Any]]]:
    """All conversations with a name: behaviour and promise."""
    return [
        (f"{path.parent.name}: {one['conversation']}", one)
        for path in sorted(FOLDER.glob("*/*.yml"))
        if not path.name.startswith("test_")
        for one in yaml.safe_load(path.read_text("utf-8"))
    ]


def holds(record: Any, expected: Any) -> bool:
    """Whether a record holds all that is expected; what is not named may be anything."""
    if isinstance(expected, dict):
        return all(holds(record.get(name), value) for name, value in expected.items())
    return bool(record == expected)
