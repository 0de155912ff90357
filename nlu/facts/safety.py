"""Whether the person says that they are safe now."""

from __future__ import annotations

import re

from nlu.facts import answers
from nlu.facts.model import Fact
from nlu.facts.plain import Plain
from nlu.facts.rulebook import rulebook

NAME = "safe_now"
# `Nobody can see my screen` begins like a no and is none.
_NOBODY = re.compile(r"^\W*(?:nobody|no one|none|never|not (?:sure|until))\b")


def read(plain: Plain, question: str | None) -> Fact | None:
    """True or False when told; a bare yes or no counts when it was asked."""
    if hit := rulebook(NAME).first(plain, question):
        return Fact(NAME, hit.group.value, plain.said(hit.start, hit.end))
    open_word = _NOBODY.search(plain.text)
    answer = answers.yes_or_no(plain) if question == NAME and not open_word else None
    return None if answer is None else Fact(NAME, answer, plain.said(0, len(plain.text)))
