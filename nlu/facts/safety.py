"""Whether the person says that they are safe now."""

from __future__ import annotations

from nlu.facts import answers
from nlu.facts.model import Fact
from nlu.facts.plain import Plain
from nlu.facts.rulebook import rulebook

NAME = "safe_now"


def read(plain: Plain, question: str | None) -> Fact | None:
    """True or False when told; a bare yes or no counts when it was asked."""
    if hit := rulebook(NAME).first(plain, question):
        return Fact(NAME, hit.group.value, plain.said(hit.start, hit.end))
    answer = answers.yes_or_no(plain) if question == NAME else None
    return None if answer is None else Fact(NAME, answer, plain.said(0, len(plain.text)))
