"""Telegram's side of a webhook: it brings each update until the server has taken it."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import httpx

from tests.bot_api import BotApi

AGAIN = 0.05  # seconds; Telegram itself waits longer


class Calling:
    """What is called, and what was answered. ``secret`` stands in for the one we were told."""

    def __init__(self, api: BotApi, base: str) -> None:
        self._api = api
        self._base = base
        self.open = True
        self.secret: str | None = None
        self.newest_first = False
        self.answered: list[int] = []

    def run(self) -> None:
        """Call until it is closed."""
        with httpx.Client(timeout=10, trust_env=False) as client:
            while self.open:
                if not (self._api.webhook and self._api.updates and self._bring(client)):
                    time.sleep(AGAIN)

    def _bring(self, client: httpx.Client) -> bool:
        """Bring one update; it stays until it is taken."""
        told = self._api.webhook or {}
        update = self._api.updates[-1 if self.newest_first else 0]
        secret = told["secret_token"] if self.secret is None else self.secret
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret}
        try:
            path = urlsplit(told["url"]).path
            answer = client.post(self._base + path, json=update, headers=headers)
        except httpx.HTTPError:
            return False
        self.answered.append(answer.status_code)
        if answer.is_success:
            self._api.updates.remove(update)
        return answer.is_success


@contextmanager
def calling(api: BotApi, base: str) -> Iterator[Calling]:
    """Telegram calls the server at this address while the block runs, whatever it was told
    of a name: what it was told must be https, and no certificate is needed here."""
    made = Calling(api, base)
    thread = threading.Thread(target=made.run, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        made.open = False
        thread.join(15)
