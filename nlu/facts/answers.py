"""Short answers to the question that was asked."""

from __future__ import annotations

import re

from nlu.facts.plain import Plain
from nlu.facts.rulebook import rulebook

SENTENCE = 4  # words
LONG = 160  # characters; a longer message is no mere refusal

# `No, and I'd rather not` answers; `no, I'd rather not say` does not.
_NO_AND_WILL_NOT = re.compile(
    r"^\W*no\b.*\b(?:(?:rather|sooner) not|prefer not to)\b"
    r"(?! (?:to )?(?:say|answer|tell|talk|go))"
)


def kind(plain: Plain) -> str | None:
    """Which kind of short answer a message opens with: yes, no, unsure or refused."""
    hit = rulebook("answers").first(plain)
    return hit.group.name if hit else None


def yes_or_no(plain: Plain) -> bool | None:
    """True for a yes, False for a no, None for anything else."""
    return {"yes": True, "no": False}.get(kind(plain) or "")


def tells_nothing(plain: Plain) -> bool:
    """Whether the person does not know or would rather not say, and says no more."""
    refuses = len(plain.text) <= LONG and kind(plain) == "refused"
    return refuses and not _says_more(plain) and not _NO_AND_WILL_NOT.search(plain.text)


def _says_more(plain: Plain) -> bool:
    """Whether a whole sentence follows: `I'd rather not say. The police have my statement.`"""
    _, end = plain.sentence(0, 1)
    return len(plain.text[end:].split()) >= SENTENCE
