"""What was told before a message, in few words: it says who "he" is, and what the crime was."""

from __future__ import annotations

from collections.abc import Sequence

TELLING, RECENT = 60, 25  # words that are kept of the longest telling, and of what came last
LAST = 2  # messages


def told_before(texts: Sequence[str]) -> str:
    """The longest of some earlier messages (plain texts) and the last ones, cut; "" for none."""
    if not texts:
        return ""
    longest = max(range(len(texts)), key=lambda at: len(texts[at]))
    places = sorted({longest, *range(max(0, len(texts) - LAST), len(texts))})
    return " . ".join(_cut(texts[at], TELLING if at == longest else RECENT) for at in places)


def _cut(text: str, words: int) -> str:
    return " ".join(text.split()[:words])
