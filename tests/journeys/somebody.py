"""Somebody on the chat API, and what the desk knows of them."""

from typing import Any
from uuid import uuid4

import httpx

from tests.journeys.running import EMAIL, PASSWORD, Waymark


class Person:
    """Somebody on the chat API."""

    def __init__(self, system: Waymark) -> None:
        opened = httpx.post(f"{system.url}/api/conversations", timeout=30).json()
        self.conversation: str = opened["conversation"]
        self._url = f"{system.url}/api/conversations/{self.conversation}/messages"
        self._headers = {"Authorization": f"Bearer {opened['token']}"}
        self._after = 1

    def says(self, text: str, message_id: str | None = None) -> int:
        """Send a message; gives its sequence."""
        body = {"id": message_id or str(uuid4()), "text": text}
        response = self.tries(body)
        assert response.status_code == httpx.codes.ACCEPTED, response.text
        self._after = int(response.json()["sequence"])
        return self._after

    def tries(self, body: dict[str, str]) -> httpx.Response:
        """Send a message that may be refused."""
        return httpx.post(self._url, json=body, headers=self._headers, timeout=30)

    def hears(self) -> str:
        """The first reply to the last message."""
        found = self.messages(after=self._after, wait=20)
        assert found, "no answer came"
        return str(found[0]["text"])

    def messages(self, after: int = 0, wait: int = 0) -> list[dict[str, object]]:
        """The thread as the person sees it."""
        query = {"after": after, "wait": wait}
        response = httpx.get(self._url, params=query, headers=self._headers, timeout=30)
        found: list[dict[str, object]] = response.json()["messages"]
        return found

    def deletes(self) -> int:
        """Have everything deleted; gives the status."""
        url = self._url.removesuffix("/messages")
        return httpx.delete(url, headers=self._headers, timeout=30).status_code

    def thread(self) -> list[str]:
        """All texts of the thread."""
        return [str(one["text"]) for one in self.messages()]


def queue(system: Waymark) -> dict[str, dict[str, Any]]:
    """The desk's queue, by conversation."""
    signed_in = httpx.post(
        f"{system.url}/api/console/sessions",
        json={"email": EMAIL, "password": PASSWORD},
        timeout=30,
    )
    headers = {"Authorization": f"Bearer {signed_in.json()['token']}"}
    shown = httpx.get(f"{system.url}/api/console/queue", headers=headers, timeout=30).json()[
        "queue"
    ]
    return {item["conversation"]: item for item in shown}
