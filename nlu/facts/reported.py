"""Whether the police know."""

from __future__ import annotations

from nlu.facts import answers
from nlu.facts.model import Fact
from nlu.facts.plain import Plain
from nlu.facts.rulebook import rulebook

NAME = "reported"


def read(plain: Plain, question: str | None) -> Fact | None:
    """Whether it was reported: yes, no, or does_not_want."""
    if hit := rulebook(NAME).first(plain, question):
        return Fact(NAME, hit.group.value, plain.said(hit.start, hit.end))
    answer = answers.yes_or_no(plain) if question == NAME else None
    if answer is None:
        return None
    return Fact(NAME, "yes" if answer else "no", plain.said(0, len(plain.text)))
