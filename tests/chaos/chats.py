"""People in Telegram who write while parts are killed; the stand-in shows what reached them."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from channels.telegram.render import text_of
from channels.telegram.updates import CHANNEL
from knowledge.conversations.model import Author, Entry, Reader
from knowledge.opening import open_knowledge
from knowledge.sealing.columns import use
from knowledge.sealing.ring import Ring
from tests.bot_api import BotApi
from tests.chaos.people import words

LOOK_EVERY = 0.1
PATIENCE = 8.0  # seconds for an answer, before somebody writes again
COMES_AGAIN = 0.1  # so often Telegram brings an update twice


@dataclass
class Chat:
    """Somebody's chat: what they wrote, by the ids it must have in the thread."""

    number: int
    ids: list[str] = field(default_factory=list)
    risky: bool = False
    heard_before: int = 0
    wrote_at: float = 0.0


@dataclass
class Chats:
    """All of them, served by one thread: the stand-in knows no other."""

    api: BotApi
    chats: list[Chat]
    chance: random.Random = field(default_factory=random.Random)
    pauses: tuple[float, float] = (0.0, 2.0)
    risky: int = 0

    @property
    def wrote(self) -> int:
        """How many messages they wrote."""
        return sum(len(chat.ids) for chat in self.chats)

    def live(self, until: float, most: int) -> None:
        """Write in turn until a moment or so many messages each."""
        due = {chat.number: time.monotonic() for chat in self.chats}
        while time.monotonic() < until and any(len(chat.ids) < most for chat in self.chats):
            for chat in self.chats:
                now = time.monotonic()
                if now >= due[chat.number] and len(chat.ids) < most and self._may_write(chat):
                    self._write(chat)
                    due[chat.number] = now + self.chance.uniform(*self.pauses)
            time.sleep(LOOK_EVERY)

    def settle(self, until: float) -> None:
        """Return when everybody heard something after their last words, or at a moment."""
        while time.monotonic() < until and not all(self._heard(chat) for chat in self.chats):
            time.sleep(LOOK_EVERY)

    def shown(self, chat: Chat) -> list[str]:
        """What stands in a chat from us."""
        return self.api.seen(chat.number)

    def _may_write(self, chat: Chat) -> bool:
        return self._heard(chat) or time.monotonic() - chat.wrote_at > PATIENCE

    def _heard(self, chat: Chat) -> bool:
        return not chat.ids or len(self.shown(chat)) > chat.heard_before

    def _write(self, chat: Chat) -> None:
        text, risky = words(self.chance)
        chat.heard_before, chat.wrote_at = len(self.shown(chat)), time.monotonic()
        chat.risky = chat.risky or risky
        self.risky += risky
        update = self.api.says(chat.number, text)
        chat.ids.append(f"{CHANNEL}-{update['update_id']}-0")
        if self.chance.random() < COMES_AGAIN:
            self.api.repeats(update)


def threads(
    database_url: str, keys: Path, chats: Sequence[Chat]
) -> dict[int, tuple[str, list[Entry]]]:
    """The conversation and the thread of each chat, as they are kept; none for who has none."""
    use(Ring.load(keys))
    return asyncio.run(_threads(database_url, chats))


async def _threads(database_url: str, chats: Sequence[Chat]) -> dict[int, tuple[str, list[Entry]]]:
    knowledge, found = open_knowledge(database_url), {}
    for chat in chats:
        kept = await knowledge.chats.at(CHANNEL, str(chat.number))
        if kept is not None:
            _, thread = await knowledge.conversations.thread(
                kept.conversation, reader=Reader.PERSON
            )
            found[chat.number] = kept.conversation, thread
    await knowledge.database.close()
    return found


def compared(thread: Sequence[Entry], shown: Sequence[str]) -> tuple[bool, int]:
    """Whether a chat shows what the thread says to the person, in order; how often something is
    there once more right after itself (Telegram knows no key: docs/decisions/0020)."""
    said = [text_of(entry) for entry in thread if entry.author is not Author.PERSON]
    left, before, repeated = _plain("".join(said)), "", 0
    for text in (_plain(one) for one in shown):
        if left.startswith(text):
            left = left.removeprefix(text)
        elif text == before:
            repeated += 1
        else:
            return False, repeated
        before = text
    return not left, repeated


def _plain(text: str) -> str:
    """Without what joins and splits of messages change."""
    return "".join(text.split())
