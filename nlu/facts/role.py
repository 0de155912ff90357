"""Who is writing: the victim, a parent, somebody bereaved, a business, a witness."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nlu.facts.model import Fact
from nlu.facts.plain import Plain
from nlu.facts.rulebook import Hit, rulebook

NAME = "role"
VICTIM = "victim"
NONE = "none"
# Set by judgement, and lowered once when the evaluation's counts showed more roles missed than
# wrong; not yet cross-validated.
SURE = 0.55
SURE_OF_VICTIM = 0.35
LIKELY_VICTIM = 0.25  # enough to be put to the person as what we think
OVERRULES = 0.85
# `burglary` or `they broke in` does not say whose home it was: without a word for oneself, or a
# whole story, nobody is taken to be the victim.
ONESELF = re.compile(r"\b(i|me|my|mine|myself|we|us|our|ours)\b")
STORY = 10  # words
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
    if roles and roles[0][0] != NONE and (hit or _sure(plain, *roles[0])):
        return Fact(NAME, roles[0][0], plain.said(0, len(plain.text))[:LONGEST_WORDS])
    return None


def supposed(plain: Plain, question: str | None, roles: Roles) -> Fact | None:
    """That it is the victim who writes, where a story about nobody else leaves little doubt."""
    likeliest = next(((role, odds) for role, odds in roles if role != NONE), None)
    if question not in MAY_SHOW or question == NAME or likeliest is None:
        return None
    role, odds = likeliest
    likely = role == VICTIM and odds >= LIKELY_VICTIM
    return Fact(NAME, VICTIM, plain.text[:LONGEST_WORDS]) if likely else None


def _sure(plain: Plain, role: str, odds: float) -> bool:
    if role != VICTIM:
        return odds >= SURE
    tells_of_self = ONESELF.search(plain.text) or len(plain.text.split()) >= STORY
    return odds >= SURE_OF_VICTIM and bool(tells_of_self)


def _overruled(hit: Hit, roles: Roles) -> bool:
    return bool(roles) and roles[0][0] not in (NONE, hit.group.value) and roles[0][1] >= OVERRULES
