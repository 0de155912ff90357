"""Who is writing: the victim, a parent, somebody bereaved, a business, a witness."""

from __future__ import annotations

from nlu.facts.model import Fact
from nlu.facts.plain import Plain
from nlu.facts.rulebook import rulebook

NAME = "role"


def read(plain: Plain, question: str | None) -> Fact | None:
    """The role of the person who writes, when they say or clearly show it."""
    hit = rulebook(NAME).first(plain, question)
    return Fact(NAME, hit.group.value, plain.said(hit.start, hit.end)) if hit else None
