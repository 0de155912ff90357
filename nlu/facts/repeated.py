"""Whether it happened before."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nlu.facts import answers
from nlu.facts.model import Fact
from nlu.facts.plain import Plain
from nlu.facts.rulebook import rulebook

NAME = "repeated"
LABELS = {True: "yes", False: "no"}
# Cross-validated on nlu/examples (2,100 tellings): of 578 that say that it goes on words alone
# found 191 and took 71 others for it. Those of which the classifier is as sure as the first: 178
# and 42; with what it alone is as sure of as the second 458 and 206, and of 64 first times,
# where a word may say so, 45 and 49. That is read back to be checked: some may be wrong.
AGREED, SUPPOSED, SUPPOSED_FIRST = 0.2, 0.4, 0.15
SURE_OF_ANSWER = 0.7
LONGEST_WORDS = 160
_MAY_BE_FIRST = re.compile(
    r"\b(?:never|first|nothing|not once|once|one[- ]off|only (?:time|the one)|b4|before|since|"
    r"no (?:\w+ )?(?:bother|trouble|problems?|history)|not (?:been |happened )?(?:near|again)|"
    r"isolated|single incident)\b"
)
Odds = Sequence[tuple[str, float]]


def read(plain: Plain, question: str | None, odds: Odds = ()) -> Fact | None:
    """True when it happened before or goes on, False when it was the first time.

    ``odds`` is what a classifier hears: `yes`, `no`, or `none`.
    """
    sure = dict(odds)
    hit = rulebook(NAME).first(plain, question)
    doubted = hit and hit.group.value and sure.get(LABELS[True], 1.0) < AGREED
    if hit and (question == NAME or not doubted):
        return Fact(NAME, hit.group.value, plain.said(hit.start, hit.end))
    if question != NAME:
        return None
    answer = answers.yes_or_no(plain)
    if answer is None:
        answer = next((one for one, label in LABELS.items() if _is_sure(sure, label)), None)
    return None if answer is None else Fact(NAME, answer, plain.said(0, len(plain.text)))


def supposed(plain: Plain, odds: Odds) -> Fact | None:
    """What a telling likely says of it, though not surely."""
    sure = dict(odds)
    goes_on = sure.get(LABELS[True], 0.0) >= SUPPOSED
    is_first = sure.get(LABELS[False], 0.0) >= SUPPOSED_FIRST and _MAY_BE_FIRST.search(plain.text)
    if not goes_on and not is_first:
        return None
    return Fact(NAME, goes_on, plain.said(0, len(plain.text))[:LONGEST_WORDS])


def _is_sure(sure: dict[str, float], label: str) -> bool:
    return sure.get(label, 0.0) >= SURE_OF_ANSWER
