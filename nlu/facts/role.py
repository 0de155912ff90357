"""Who is writing: the victim, a parent, somebody bereaved, a business, a witness."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nlu.facts.model import Fact
from nlu.facts.plain import Plain
from nlu.facts.rulebook import Hit, rulebook

NAME = "role"
VICTIM = "victim"
PARENT = "parent_guardian"
NONE = "none"
# Set by judgement on the development messages; not cross-validated. Below it a victim is what we
# think, and the summary asks whether it is so.
SURE = 0.5
SURE_OF_VICTIM = 0.5
LIKELY_VICTIM = 0.25  # enough to be put to the person as what we think
LIKELY = 0.4  # the same of any other role
OVERRULES = 0.85
GROWN_UP = 18
# `burglary` or `they broke in` does not say whose home it was: without a word for oneself, or a
# whole story, nobody is taken to be the victim.
ONESELF = re.compile(r"\b(i|me|my|mine|myself|we|us|our|ours)\b")
_MINE = re.compile(r"\b(?:me|my|mine|us|i was|i got|i am being)\b")
STORY = 10  # words
# `Got hit yesterday`, `been scammed`: chat leaves out the word for oneself.
ELIDED = re.compile(
    r"^\W*(?:hi|hello|so|just|well|basically|um)?[\W]*(?:just |i )?"
    r"(?:got|been|being|getting|had|keep|lost|attacked|robbed|mugged|burgled|scammed|jumped|"
    r"assaulted|conned|hacked|glassed|punched|bottled|spiked|stabbed|slapped|kicked|beaten|followed)\b"
)
# `Burglary`, `there was a break-in`: a crime is named, and nobody.
NAMED_ONLY = re.compile(
    r"^\W*(?:\w+\W*){1,2}$"
    r"|^\W*(?:(?:there|it) (?:was|is|has been|were)|it is about|about|a|an|the)\b"
)
_YOUNG = (
    r"son|daughter|boy|girl|lad|child|kid|little (?:one|boy|girl|lad)|youngest|eldest|stepson|"
    r"stepdaughter|foster \w+"
)
# A child of one's own with an age: a parent writes of who is under 18, of others somebody else.
AGED_CHILD = re.compile(
    rf"\b(?:my|our) (?:\w+ )?(?:{_YOUNG})\b"
    rf"(?:\W*(?:is|who is|aged?|he is|she is|just|only)?){{0,3}}\W*(?P<age>\d{{1,2}})\b"
    r"|\b(?:my|our) (?P<years>\d{1,2})[ -](?:years?|yrs?|yo)\b"
)
OWN = re.compile(
    r"\b(?:me|i was|i am being|i got|my (?:arm|face|bank|card|money|purse|house|door))\b"
)
# `My daughter was hit. She is 34.`
_GROWN = re.compile(
    r"\b(?:he|she) is (?:now |only |nearly |about )?(?:1[89]|[2-9]\d)\b"
    r"(?! (?:months|weeks|days|min))"
)
LONGEST_WORDS = 160
# Answers to anything else show a role only in plain words: `he hit him again` is no new role.
MAY_SHOW = frozenset({None, "welcome", "role", "crime_type"})

Roles = Sequence[tuple[str, float]]


def read(plain: Plain, question: str | None, roles: Roles = ()) -> Fact | None:
    """The role of the person who writes, when they say or clearly show it."""
    hit = rulebook(NAME).first(plain, question)
    roles = roles if question in MAY_SHOW else ()
    if hit and not _overruled(hit, roles):
        grown = hit.group.value == PARENT and _GROWN.search(plain.text)
        value = "other" if grown else hit.group.value
        return Fact(NAME, value, plain.said(hit.start, hit.end))
    if (child := _of_child(plain, question, roles)) and not hit:
        return child
    if roles and roles[0][0] != NONE and (hit or _sure(plain, *roles[0])):
        return Fact(NAME, roles[0][0], plain.said(0, len(plain.text))[:LONGEST_WORDS])
    return None


def supposed(plain: Plain, question: str | None, roles: Roles) -> Fact | None:
    """Who likely writes a story, where it is not sure; the summary asks whether it is so."""
    likeliest = next(((role, odds) for role, odds in roles if role != NONE), None)
    if question not in MAY_SHOW or question == NAME or likeliest is None:
        return None
    if NAMED_ONLY.search(plain.text):
        return None
    role, odds = likeliest
    likely = odds >= (LIKELY_VICTIM if role == VICTIM else LIKELY)
    return Fact(NAME, role, plain.text[:LONGEST_WORDS]) if likely else None


def _of_child(plain: Plain, question: str | None, roles: Roles) -> Fact | None:
    """A parent of somebody under 18, or somebody who writes about a grown-up child."""
    found = AGED_CHILD.search(plain.text)
    if found is None or question not in MAY_SHOW or _bereaved(roles) or OWN.search(plain.text):
        return None
    young = int(found["age"] or found["years"]) < GROWN_UP
    return Fact(NAME, PARENT if young else "other", plain.said(*found.span()))


def _bereaved(roles: Roles) -> bool:
    return bool(roles) and roles[0][0] == "bereaved_relative" and roles[0][1] >= SURE


def _sure(plain: Plain, role: str, odds: float) -> bool:
    if role != VICTIM:
        return odds >= SURE
    if NAMED_ONLY.search(plain.text) and not _MINE.search(plain.text):
        return False
    words = len(plain.text.split())
    tells_of_self = ONESELF.search(plain.text) or ELIDED.search(plain.text) or words >= STORY
    return odds >= SURE_OF_VICTIM and bool(tells_of_self)


def _overruled(hit: Hit, roles: Roles) -> bool:
    return bool(roles) and roles[0][0] not in (NONE, hit.group.value) and roles[0][1] >= OVERRULES
