"""Which of the crime types a message tells of: by the words that name it, else the classifier."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nlu.facts import answers
from nlu.facts.model import Fact
from nlu.facts.plain import Plain
from nlu.facts.rulebook import Hit, rulebook

NAME = "crime_type"
# Probabilities among all labels, chosen on cross-validated examples of nlu/en/.
SURE = 0.65
SURE_WHEN_ASKED = 0.4
# From here on the classifier knows better than the words; broad words give way sooner.
OVERRULES = 0.95
OVERRULES_BROAD = {
    "criminal_damage": 0.5,
    "assault": 0.5,
    "theft": 0.5,
    "vehicle_crime": 0.6,
    "burglary": 0.8,
    "homicide_bereavement": 0.8,
}
LONGEST_WORDS = 160  # characters kept as the person's words
# Answers to these tell something else, however they sound to a classifier.
OTHER_QUESTIONS = frozenset(
    {"role", "safe_now", "when", "where", "reported", "needs", "vulnerability", "contact",
     "consent", "offer_human", "offer_services", "feedback"}
)  # fmt: skip

TELLS = 0.5  # odds of all crime types together

# `Who helps with stalking` asks; it does not tell.
_SEEKS = re.compile(
    r"\b(?:who (?:helps?|supports?|do i|can)|help(?:line)?s? (?:for|"
    r"with|after)|support|charity|charities|is there|are there"
    r"|nearest|where (?:can|is|are|do)|can (?:i|you|they)|how (?:do|"
    r"can|to)|what (?:is|are|happens)|do i|am i|compensation|helpline|"
    r"counsell\w+|centre|is it)\b"
)
_TELLS = re.compile(
    r"\b(?:i was|i got|i have|i had|my|me|we|our|someone|somebody|he|she|they|us|last|yesterday)\b"
)

Crimes = Sequence[tuple[str, float]]


def named(plain: Plain) -> Hit | None:
    """The crime that the words name, the most serious first; none when only help is sought."""
    if _SEEKS.search(plain.text) and not _TELLS.search(plain.text):
        return None
    return rulebook(NAME).first(plain)


def read(plain: Plain, question: str | None, crimes: Crimes, hit: Hit | None) -> Fact | None:
    """The crime type; ``hit`` is what `named` found."""
    if hit and not _overruled(hit.group.value, crimes):
        return Fact(NAME, hit.group.value, plain.said(hit.start, hit.end))
    sure = crimes[0][0] if hit else _sure(plain, question, crimes)
    return Fact(NAME, sure, plain.said(0, len(plain.text))[:LONGEST_WORDS]) if sure else None


def tells(crimes: Crimes) -> bool:
    """Whether the classifier takes the message for one that tells of a crime."""
    return sum(sure for _, sure in crimes) >= TELLS


def _overruled(value: str, crimes: Crimes) -> bool:
    if not crimes or crimes[0][0] == value:
        return False
    return crimes[0][1] >= OVERRULES_BROAD.get(value, OVERRULES)


def _sure(plain: Plain, question: str | None, crimes: Crimes) -> str | None:
    if not crimes or question in OTHER_QUESTIONS or len(plain.text.split()) < 2:
        return None
    limit = SURE_WHEN_ASKED if question == NAME else SURE
    if crimes[0][1] < limit or answers.kind(plain):
        return None
    return crimes[0][0]
