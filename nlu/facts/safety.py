"""Whether the person says that they are safe now."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nlu.clauses import denies_safety
from nlu.facts import answers
from nlu.facts.model import Fact
from nlu.facts.plain import Plain
from nlu.facts.rulebook import Hit, rulebook

NAME = "safe_now"
# Cross-validated on nlu/examples/safe.yml, beside the alarm that whoever is in danger raises: of
# 260 tellings that say they are safe 220 were found (142 by words alone). Taken for it were none
# of 60 that deny or doubt it, and 11 of 1,146 others, 200 of which sound like it. An answer must
# be surer.
SURE, SURE_OF_ANSWER = 0.5, 0.8
# Where one sentence of an opening message says it by itself as surely as this, it is taken for it
# for now: who writes is told so, and how to say that they are not. So 79 of 82 that open unread
# conversations were found, and 48 of 1,900 tellings of nlu/examples/told.jsonl that do not say it.
SUPPOSED = 0.3
BESIDE = "safe_beside"
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
    if hit and not (hit.group.value and _is_denied(plain, hit)):
        return Fact(NAME, hit.group.value, plain.said(hit.start, hit.end))
    needed = SURE_OF_ANSWER if question == NAME else SURE
    believed = question in HEARD_AT and not denies_safety(plain.text)
    if believed and sure.get("yes", 0.0) >= needed:
        return Fact(NAME, True, plain.said(0, len(plain.text))[:LONGEST_WORDS])
    if hit:
        return None
    open_word = _NOBODY.search(plain.text)
    answer = answers.yes_or_no(plain) if question == NAME and not open_word else None
    return None if answer is None else Fact(NAME, answer, plain.said(0, len(plain.text)))


def _is_denied(plain: Plain, hit: Hit) -> bool:
    """Whether the sentence of what sounds like a yes takes it back: `I can't say she's safe`."""
    return denies_safety(plain.text[slice(*plain.sentence(hit.start, hit.end))])


def supposed(plain: Plain, question: str | None, odds: Odds) -> Fact | None:
    """That they are likely safe, where a sentence sounds so though the message is not sure.

    ``odds`` is what a classifier hears in the sentences that may say so.
    """
    if question not in (None, "welcome") or dict(odds).get("yes", 0.0) < SUPPOSED:
        return None
    return Fact(NAME, True, plain.said(0, len(plain.text))[:LONGEST_WORDS])
