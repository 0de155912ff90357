"""The roads by which somebody tells us something, gets words to come back with, and deletes it."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import httpx

from tests.bot_api import BotApi
from tests.journeys.running import wait_for

IN_TIME = 30.0  # seconds
NOT_A_CHOICE = "one:no number"  # breaks whoever reads it: the update is set aside


class OnThePage:
    """With the page's cookie, and without a script."""

    def __init__(self, url: str) -> None:
        self._browser = httpx.Client(base_url=url, timeout=IN_TIME)
        self._browser.get("/")

    def says(self, text: str) -> None:
        """Send a message; the first one opens the conversation."""
        done = self._browser.post("/say", data={"id": str(uuid4()), "text": text})
        assert done.status_code == httpx.codes.SEE_OTHER

    @property
    def conversation(self) -> str:
        """Its id, as the cookie has it."""
        return self._browser.cookies["waymark"].split(".")[0]

    def secrets(self) -> set[str]:
        """What opens the conversation: the key, and words to come back with."""
        token = self._browser.cookies["waymark"].split(".")[1]
        home = f"/api/conversations/{self.conversation}"
        made = self._browser.post(f"{home}/phrase", headers={"Authorization": f"Bearer {token}"})
        return {token, made.json()["phrase"]}

    def deletes(self) -> None:
        """Ask for it and see that it was done."""
        assert "It is deleted" in self._browser.post("/delete").text
        self._browser.close()


class ByTheApi:
    """As a program of somebody else's site would."""

    def __init__(self, url: str) -> None:
        opened = httpx.post(f"{url}/api/conversations", timeout=IN_TIME).json()
        self.conversation, self._token = str(opened["conversation"]), str(opened["token"])
        self._home = f"{url}/api/conversations/{self.conversation}"
        key = {"Authorization": f"Bearer {self._token}"}
        self._client = httpx.Client(headers=key, timeout=IN_TIME)

    def says(self, text: str) -> None:
        """Send a message."""
        body = {"id": str(uuid4()), "text": text}
        self._client.post(f"{self._home}/messages", json=body).raise_for_status()

    def secrets(self) -> set[str]:
        """What opens the conversation."""
        made = self._client.post(f"{self._home}/phrase").json()
        return {self._token, made["phrase"]}

    def deletes(self) -> None:
        """Ask for it and see that it was done."""
        assert self._client.delete(self._home).status_code == httpx.codes.NO_CONTENT
        self._client.close()


class InTelegram:
    """A chat, under a name. ``find`` gives its conversation, which nobody sees there."""

    def __init__(self, api: BotApi, chat: int, name: str, find: Callable[[], str]) -> None:
        self._api, self._chat, self._find = api, chat, find
        known = {"id": chat, "is_bot": False, "first_name": name, "username": name}
        self._by: dict[str, Any] = {"from": known}

    def says(self, text: str) -> None:
        """Send a message."""
        self._api.says(self._chat, text, **self._by)

    def sends_more(self, text: str) -> None:
        """A picture with words, a changed message, and what can't be worked off."""
        photo = {"file_id": text, "file_unique_id": text, "width": 90, "height": 90}
        self._api.tells(self._chat, {"photo": [photo], "caption": text, **self._by})
        self._api.tells(self._chat, {"text": text, **self._by}, "edited_message", edit_date=1)
        last = [one for one in self._api.chats[self._chat].values() if one["from"]["is_bot"]][-1]
        self._api.presses_data(self._chat, {**last, "caption": text}, NOT_A_CHOICE)

    @property
    def conversation(self) -> str:
        """Its id."""
        return self._find()

    def secrets(self) -> set[str]:
        """Words to come back with, as they stand in the chat."""
        self._api.says(self._chat, "/web", **self._by)
        self._sees("/come-back")
        shown = next(one for one in self._api.seen(self._chat) if "/come-back" in one)
        return {shown.partition("with these words: ")[2].splitlines()[0]}

    def deletes(self) -> None:
        """Ask for it and see that it was done."""
        self._api.says(self._chat, "/delete_all", **self._by)
        self._sees("It is gone")

    def _sees(self, words: str) -> None:
        wait_for(lambda: any(words in one for one in self._api.seen(self._chat)), IN_TIME)
