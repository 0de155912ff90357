"""Phrases of ordinary words: how they are made, and how they are read when somebody types one."""

import hashlib
import hmac
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from string import ascii_lowercase

FILE = Path(__file__).with_name("words.txt")
# Five of more than 2,048 words: at least 55 bits. Guessing is limited at the door besides, so
# that a phrase that a person can keep in mind is enough (docs/decisions/0008-coming-back.md).
LENGTH = 5


@dataclass(frozen=True)
class WordList:
    """The words a phrase is made of."""

    words: tuple[str, ...]

    @classmethod
    @cache
    def load(cls, path: Path = FILE) -> "WordList":
        """The words as the file has them, read once."""
        lines = path.read_text("utf-8").split("\n")
        return cls(tuple(line for line in lines if line and not line.startswith("#")))

    def phrase(self) -> str:
        """A new phrase, from the system's source of randomness."""
        return " ".join(secrets.choice(self.words) for _ in range(LENGTH))

    def read(self, typed: str) -> str | None:
        """The phrase that was meant, None when these words are no phrase.

        Case, spaces, hyphens and the like do not count; a slip of one letter in a word does not
        either, where only one word of the list can be meant.
        """
        found = [self._meant(word) for word in re.findall(r"[a-z]+", typed.lower())]
        meant = [word for word in found if word]
        return " ".join(meant) if len(meant) == len(found) == LENGTH else None

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(self.words)

    def _meant(self, word: str) -> str | None:
        if word in self._known:
            return word
        near = self._known.intersection(slips(word)) if len(word) < LONGEST else frozenset()
        return next(iter(near)) if len(near) == 1 else None


LONGEST = 20  # letters of a word that is worth a look


def slips(word: str) -> Iterator[str]:
    """All strings one slip away: a letter left out, put in, replaced, or two changed places."""
    for at in range(len(word) + 1):
        before, after = word[:at], word[at:]
        yield from (before + letter + after for letter in ascii_lowercase)
        if after:
            yield before + after[1:]
            yield from (before + letter + after[1:] for letter in ascii_lowercase)
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]


def keyed_hash(phrase: str, key: str) -> str:
    """What is kept of a phrase: nothing that helps anybody who has the database alone."""
    return hmac.new(key.encode(), phrase.encode(), hashlib.sha256).hexdigest()
