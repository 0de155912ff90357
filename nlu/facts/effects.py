"""How it has affected the person, over the eight categories of need."""

from __future__ import annotations

from nlu.facts import answers
from nlu.facts.model import Fact
from nlu.facts.plain import Plain
from nlu.facts.rulebook import Hit, rulebook

NAME = "needs"
# The eight categories of the Ministry of Justice's Commissioning Framework (2013).
NEEDS = (
    "mental_physical_health",
    "shelter_accommodation",
    "family_friends_children",
    "education_skills_employment",
    "drugs_alcohol",
    "finance_benefits",
    "outlook_attitudes",
    "social_interaction",
)
ALL_ALIKE = {"nothing": 0, "everything": 1}


def read(plain: Plain, question: str | None) -> Fact | None:
    """The needs a message names: 1 some effect, 2 a lot, 0 none when the person says so."""
    hits = list(rulebook(NAME).hits(plain, question))
    if question == "vulnerability":
        hits += _ticked(plain)
    needs: dict[str, int] = {}
    for hit in hits:
        need, _, level = hit.group.name.partition(".")
        if need in NEEDS:
            needs.setdefault(need, int(level[0]))
    if not any(needs.values()):
        needs |= _all_alike(hits) or (_denied(plain) if question == NAME and not needs else {})
    if not needs:
        return None
    return Fact(NAME, needs, _said(plain, hits))


def _ticked(plain: Plain) -> list[Hit]:
    """What `money` tells where other things are ticked; an illness is an answer there."""
    asked = rulebook(NAME).hits(plain, NAME)
    return [hit for hit in asked if hit.group.name.partition(".")[0] in NEEDS[1:]]


def _all_alike(hits: list[Hit]) -> dict[str, int]:
    alike = next((hit.group.name for hit in hits if hit.group.name in ALL_ALIKE), None)
    return dict.fromkeys(NEEDS, ALL_ALIKE[alike]) if alike else {}


def _denied(plain: Plain) -> dict[str, int]:
    short = len(plain.text.split()) <= 3
    return dict.fromkeys(NEEDS, 0) if short and answers.yes_or_no(plain) is False else {}


def _said(plain: Plain, hits: list[Hit]) -> str:
    if not hits:
        return plain.said(0, len(plain.text))
    return plain.said(min(hit.start for hit in hits), max(hit.end for hit in hits))[:160]
