"""Short answers to the question that was asked."""

from __future__ import annotations

from nlu.facts.plain import Plain
from nlu.facts.rulebook import rulebook

SENTENCE = 4  # words
LONG = 160  # characters; a longer message is no mere refusal


def kind(plain: Plain) -> str | None:
    """Which kind of short answer a message opens with: yes, no, unsure or refused."""
    hit = rulebook("answers").first(plain)
    return hit.group.name if hit else None


def yes_or_no(plain: Plain) -> bool | None:
    """True for a yes, False for a no, None for anything else."""
    return {"yes": True, "no": False}.get(kind(plain) or "")


def tells_nothing(plain: Plain) -> bool:
    """Whether the person does not know or would rather not say, and says no more."""
    return len(plain.text) <= LONG and kind(plain) == "refused" and not _says_more(plain)


def _says_more(plain: Plain) -> bool:
    """Whether a whole sentence follows: `I'd rather not say. The police have my statement.`"""
    _, end = plain.sentence(0, 1)
    return len(plain.text[end:].split()) >= SENTENCE
