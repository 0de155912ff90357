"""How it has affected the person, over the eight categories of need."""

from __future__ import annotations

import re

from nlu.facts.model import Fact

RULES = {
    "mental_physical_health": r"\b(?:can'?t|cant|cannot|not|hardly|barely|trouble) (?:\w+ )?sleep\w*|\bnightmares?\b|\banxi\w+|\bpanic\w*|\bdepress\w*|\bscared\b|\bfrightened\b|\binjur\w*|\bhospital\b|\bbruis\w*|\bpain\b|\bshaking\b|\bcrying\b|\bon edge\b|\bflashbacks?\b|\bnot eating\b",
    "shelter_accommodation": r"\b(?:nowhere to (?:live|stay|go)|homeless|evicted|locks? (?:\w+ )?(?:broken|changed?)|(?:door|window)s? (?:\w+ ){0,3}(?:broken|smashed|damaged|kicked)|(?:broken|smashed|damaged) (?:\w+ )?(?:door|window|lock)|don'?t feel safe at home|move house|moving out)\b",
    "family_friends_children": r"\bmy (?:kids|children|family|marriage) (?:\w+ ){0,3}(?:scared|upset|affected|suffering|struggling|frightened|won'?t|wont|are|is|cant|can'?t)\b",
    "education_skills_employment": r"\b(?:off work|can'?t work|cant work|lost my job|missed (?:work|school|college|uni)|off school|(?:work|school|college) (?:is|has been) (?:hard|suffering))\b",
    "drugs_alcohol": r"\bdrink\w* (?:more|too much|again|every)\b|\busing again\b|\brelaps\w*",
    "finance_benefits": r"\bno money\b|\blost (?:all )?(?:my |our )?(?:savings|money)\b|\bcan'?t (?:pay|afford)\b|\bcant (?:pay|afford)\b|\bdebts?\b|\bsavings\b|\brent\b|\bbills\b|\bnot insured\b|\bno insurance\b",
    "outlook_attitudes": r"\blost (?:all )?(?:my )?(?:confidence|trust)\b|\bdon'?t trust\b|\bdont trust\b|\bfeel (?:stupid|ashamed|angry|helpless|useless)\b|\bangry all\b",
    "social_interaction": r"\b(?:scared|afraid|frightened|don'?t want|dont want|can'?t|cant|won'?t|wont|too scared) (?:to )?(?:go|going|leave|leaving) (?:\w+ )?(?:out|outside|house|home|shops?)\b|\bstay(?:ing)? in(?:side)? all\b|\bdon'?t see (?:anyone|friends)\b",
}
_RULES = {need: re.compile(pattern, re.IGNORECASE) for need, pattern in RULES.items()}
_A_LOT = re.compile(r"\b(?:can'?t|cant|cannot|all the time|every (?:night|day)|really|so|terrified|constantly|nowhere|never)\b", re.IGNORECASE)
_NONE = re.compile(r"^\W*(?:it )?(?:hasn'?t|hasnt|no|none|not really|nothing|i'?m (?:ok|fine|alright)|im (?:ok|fine|alright))\b", re.IGNORECASE)


def read(text: str, question: str | None) -> Fact | None:
    """The needs a message names: 1 for some effect, 2 for a lot; 0 for all when asked and denied."""
    found = {need: rule.search(text) for need, rule in _RULES.items()}
    needs = {need: 2 if _A_LOT.search(text) else 1 for need, match in found.items() if match}
    if needs:
        words = next(match for match in found.values() if match).group()
        return Fact("needs", needs, words)
    if question == "needs" and _NONE.search(text):
        return Fact("needs", dict.fromkeys(RULES, 0), text)
    return None
