"""Passwords: which ones are good enough, and how they are kept.

The rules are those of the NCSC ("Password policy: updating your approach", "Three random
words"): length before anything else, a list of what everybody uses, no composition rules, no
expiry.
"""

import asyncio
import re
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 12
LONGEST = 200
_COMMON = Path(__file__).with_name("common_passwords.txt")
_LEAST_OF_ITS_OWN = 4  # letters that are left when everything easy is taken away
_LOOKALIKES = str.maketrans("013457@$!", "oieastasi")
_SERVICE = ("waymark", "hertfordshire", "cambridgeshire", "coordinator")
_NOBODY = (
    "$argon2id$v=19$m=65536,t=3,p=4$bm9ib2R5bm9ib2R5$Vb1xq0cV3cN3mC6VnIuRr5o0xLq9dM6D3v1yZK8l5bQ"
)


class PasswordRefused(ValueError):
    """The password is too easy to guess; the message says why in plain words."""


def check_password(password: str, *personal: str) -> None:
    """Raise PasswordRefused for a password that is easy to guess.

    ``personal`` are the person's own e-mail address and name.
    """
    if len(password) > LONGEST:
        raise PasswordRefused(f"Please use at most {LONGEST} characters.")
    if len(password) < SHORTEST and not _is_three_words(password):
        raise PasswordRefused(
            f"Please use at least {SHORTEST} characters, or three words that are not often "
            "seen together."
        )
    if _is_easy(password.lower(), personal):
        raise PasswordRefused(
            "This password is easy to guess. Better are three words that are not often seen "
            "together."
        )


class Passwords:
    """Hashes passwords with Argon2id, away from the event loop."""

    def __init__(self) -> None:
        self._hasher = PasswordHasher()

    async def hash(self, password: str) -> str:
        """What is kept of a password."""
        return await asyncio.to_thread(self._hasher.hash, password)

    async def fits(self, kept: str | None, password: str) -> bool:
        """Whether it is the password; takes as long when there is none to compare with."""
        return await asyncio.to_thread(self._fits, kept or _NOBODY, password)

    def _fits(self, kept: str, password: str) -> bool:
        try:
            return self._hasher.verify(kept, password)
        except (VerificationError, InvalidHashError):
            return False


def _is_three_words(password: str) -> bool:
    words = {word.lower() for word in re.split(r"[\s.,_-]+", password) if len(word) >= 3}
    return len(words) >= 3 and all(word.isalpha() for word in words)


def _is_easy(password: str, personal: tuple[str, ...]) -> bool:
    own = [part for one in personal for part in re.split(r"[^a-z]+", one.lower())]
    easy = {*_common(), *_SERVICE, *(part for part in own if len(part) >= 3)}
    plain = password.translate(_LOOKALIKES)
    return any(_left_over(form, easy) < _LEAST_OF_ITS_OWN for form in (password, plain))


def _left_over(password: str, easy: set[str]) -> int:
    """How many different letters nobody would guess at once."""
    for word in sorted((word for word in easy if word in password), key=len, reverse=True):
        password = password.replace(word, " ")
    return len({letter for letter in password if letter.isalpha()})


@cache
def _common() -> frozenset[str]:
    lines = _COMMON.read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
