"""Whether the person says that they are safe now."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nlu.facts import answers
from nlu.facts.model import Fact
from nlu.facts.plain import Plain
from nlu.facts.rulebook import rulebook

NAME = "safe_now"
# Cross-validated on nlu/examples/safe.yml, beside the alarm that whoever is in danger raises: of
# 260 tellings that say they are safe 215 were found (132 by words alone); taken for it were one of
# 60 that deny or doubt it (three in another split), 12 of 200 that sound like it, and two of 3,000
# others. Below the first, words that say so are not believed. An answer must be surer.
DOUBTED, SURE, SURE_OF_ANSWER = 0.1, 0.5, 0.8
# What sounds like it as much as this, with a word that may say so, is taken for it for now: who
# writes is told so, and how to say that they are not (63 of 1,900 tellings that do not say it).
SUPPOSED = 0.12
_MAY_SAY_SO = re.compile(
    r"\b(?:safe\w*|fine|ok|okay|alright|all right|danger|harm\w*|risk|indoors|nobody|no one|"
    r"unhurt|with (?:me|us)|(?:by|at) my side|beside me|stay\w* with|stop\w* (?:with|at)|"
    r"moved in|afraid|in bed|looked after|in good hands)\b"
)
HEARD_AT = frozenset({None, "welcome", "crime_type", NAME})
LONGEST_WORDS = 160
Odds = Sequence[tuple[str, float]]
# `Nobody can see my screen` begins like a no and is none.
_NOBODY = re.compile(r"^\W*(?:nobody|no one|none|never|not (?:sure|until))\b")


def read(plain: Plain, question: str | None, odds: Odds = ()) -> Fact | None:
    """True or False when told; a bare yes or no counts when it was asked.

    ``odds`` is what a classifier hears: `yes` they are safe, `no`, or `none`.
    """
    sure = dict(odds)
    hit = rulebook(NAME).first(plain, question)
    if hit and not (hit.group.value and sure.get("yes", 1.0) < DOUBTED):
        return Fact(NAME, hit.group.value, plain.said(hit.start, hit.end))
    needed = SURE_OF_ANSWER if question == NAME else SURE
    if question in HEARD_AT and sure.get("yes", 0.0) >= needed:
        return Fact(NAME, True, plain.said(0, len(plain.text))[:LONGEST_WORDS])
    if hit:
        return None  # not believed
    open_word = _NOBODY.search(plain.text)
    answer = answers.yes_or_no(plain) if question == NAME and not open_word else None
    return None if answer is None else Fact(NAME, answer, plain.said(0, len(plain.text)))


def supposed(plain: Plain, question: str | None, odds: Odds) -> Fact | None:
    """That they are likely safe, where a telling sounds so though it does not surely say it."""
    sure = dict(odds)
    likely = max(SUPPOSED, sure.get("no", 0.0)) <= sure.get("yes", 0.0)
    sounds_so = likely and _MAY_SAY_SO.search(plain.text)
    if question not in (None, "welcome") or not sounds_so:
        return None
    return Fact(NAME, True, plain.said(0, len(plain.text))[:LONGEST_WORDS])
