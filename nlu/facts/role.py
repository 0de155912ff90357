"""Who is writing: the victim, a parent, somebody bereaved, a business, a witness."""

from __future__ import annotations

from collections.abc import Sequence

from nlu.facts.model import Fact
from nlu.facts.plain import Plain
from nlu.facts.rulebook import Hit, rulebook

NAME = "role"
VICTIM = "victim"
NONE = "none"
# Set by judgement, and lowered once when the evaluation's counts showed more roles missed than
# wrong; not yet cross-validated.
SURE = 0.45
SURE_OF_VICTIM = 0.35
OVERRULES = 0.85
LONGEST_WORDS = 160
# Answers to anything else show a role only in plain words: `he hit him again` is no new role.
MAY_SHOW = frozenset({None, "welcome", "role", "crime_type"})

Roles = Sequence[tuple[str, float]]


def read(plain: Plain, question: str | None, roles: Roles = ()) -> Fact | None:
    """The role of the person who writes, when they say or clearly show it."""
    hit = rulebook(NAME).first(plain, question)
    roles = roles if question in MAY_SHOW else ()
    if hit and not _overruled(hit, roles):
        return Fact(NAME, hit.group.value, plain.said(hit.start, hit.end))
    if roles and roles[0][0] != NONE and (hit or roles[0][1] >= _limit(roles[0][0])):
        return Fact(NAME, roles[0][0], plain.said(0, len(plain.text))[:LONGEST_WORDS])
    return None


def _limit(role: str) -> float:
    return SURE_OF_VICTIM if role == VICTIM else SURE


def _overruled(hit: Hit, roles: Roles) -> bool:
    return bool(roles) and roles[0][0] not in (NONE, hit.group.value) and roles[0][1] >= OVERRULES
