"""People in Telegram who write while parts are killed; the stand-in shows what reached them."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from channels.telegram.render import text_of
from channels.telegram.updates import CHANNEL
from knowledge.conversations.model import Author, Entry
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
    risky: list[str] = field(default_factory=list)  # of those, the ones with a risk
    heard_before: int = 0
    wrote_at: float = 0.0


@dataclass
class Chats:
    """All of them, served by one thread: the stand-in knows no other."""

    api: BotApi
    chats: list[Chat]
    chance: random.Random = field(default_factory=random.Random)
    pauses: tuple[float, float] = (0.0, 2.0)

    @property
    def wrote(self) -> int:
        """How many messages they wrote."""
        return sum(len(chat.ids) for chat in self.chats)

    @property
    def risky(self) -> int:
        """How many of them held a risk."""
        return sum(len(chat.risky) for chat in self.chats)

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
        update = self.api.says(chat.number, text)
        chat.ids.append(f"{CHANNEL}-{update['update_id']}-0")
        if risky:
            chat.risky.append(chat.ids[-1])
        if self.chance.random() < COMES_AGAIN:
            self.api.repeats(update)


def compared(thread: Sequence[Entry], shown: Sequence[str]) -> tuple[bool, int]:
    """Whether a chat shows what the thread says to the person, in order; how often something is
    there once more right after itself (Telegram knows no key: docs/decisions/0020)."""
    said = _plain("".join(text_of(one) for one in thread if one.author is not Author.PERSON))
    # How far the thread is shown: by how many repetitions at least. Where it says the same twice,
    # what is shown next may be either.
    ways, before = {0: 0}, ""
    for text in map(_plain, shown):
        after = {upto: times + 1 for upto, times in ways.items()} if text == before else {}
        for upto, times in ways.items():
            if said.startswith(text, upto):
                further = upto + len(text)
                after[further] = min(times, after.get(further, times))
        ways, before = after, text
    return len(said) in ways, ways.get(len(said), 0)


def _plain(text: str) -> str:
    """Without what joins and splits of messages change."""
    return "".join(text.split())
