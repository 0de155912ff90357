"""Whether the police know."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nlu.clauses import is_question, names_police
from nlu.facts import answers, crime
from nlu.facts.model import Fact
from nlu.facts.plain import Plain
from nlu.facts.rulebook import Hit, rulebook

NAME = "reported"
# Cross-validated on an early nlu/examples/reported.yml (written to be hard), the classifier
# alone found 0.76 and got 0.16 wrong at 0.5, 0.60 and 0.06 at 0.7. Of tellings in which no words
# told it, 13 of the 34 that it believed at 0.5 to 0.6 were wrong: those are asked.
SURE = 0.6
OVERRULES = 0.85
LONGEST_WORDS = 160
# In answers to these only plain words tell it: `not if it's police` is about something else.
PLAIN_WORDS_ONLY = frozenset(
    {"contact", "consent", "confirm_summary", "offer_human", "offer_services", "anything_else",
     "feedback", "vulnerability"}
)  # fmt: skip
# Asked one of these, who keeps something to themselves keeps it from us, unless police are named.
MAY_SHOW = frozenset({None, "welcome", "crime_type", NAME})
BRIEF = 5  # words
NONE = "none"  # the message was read as no answer to whether they know

# Who rang and gave up has not told them, whatever else the message sounds like.
FIRM = frozenset({"did_not_get_through"})
# Who does not want to tell them has not told them either.
SAME = {"does_not_want": ("no",)}

# What comes after a report implies one: the summary asks whether it is so.
IMPLIED = "implied"
# `What if I do not want them to know` tells it all the same. `How is my case going` does not: it
# may be a case with us.
SAID_IN_A_QUESTION = frozenset({"whatever_they_want", "does_not_want"})
_POLICE = re.compile(r"\bpolice\b")
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")
_THREATENED_WITH = re.compile(
    r"\b(?:he|she|they|boss|owner|man) (?:says?|said|tells?|told)(?: me| us)? (?:that )?"
    r"(?:the )?police (?:will|would|come|take|send)\b"
)
Known = Sequence[tuple[str, float]]


def read(
    plain: Plain, question: str | None, known: Known = (), *, asks: bool = False
) -> Fact | None:
    """Whether it was reported: yes, no, or does_not_want.

    A message that ``asks`` something tells it only in plain words outside of its question.
    """
    hit = _told(plain, question, asks=asks)
    known = () if asks else known
    believed = question in MAY_SHOW or names_police(plain.text)
    opened = answers.yes_or_no(plain) if question == NAME else None
    # `and then somebody scammed me` answers no question about the police
    tells_more = question == NAME and opened is None and _tells_of_a_crime(plain)
    believed = believed and question not in PLAIN_WORDS_ONLY and not tells_more
    value, sure = known[0] if known and believed else (None, 0.0)
    if opened is not None and _only_asks_then(plain):
        value, sure = None, 0.0  # `No. Is it a crime if it is only words?`
    if opened is None and (value == NONE or (hit is None and _only_asks(plain))):
        return None  # also of `Police? I must tell?`
    value = None if value == NONE or _only_sounds_so(plain, question, value, hit) else value
    agreed = hit and value in (None, *SAME.get(hit.group.value, ()), hit.group.value)
    if hit and (agreed or hit.group.name in FIRM or sure < OVERRULES):
        return Fact(NAME, hit.group.value, plain.said(hit.start, hit.end))
    if value == "yes" and supposed(plain, question):
        return None
    if opened is False and value == "does_not_want" and len(plain.text.split()) <= BRIEF:
        value = None  # `god no` says no more than that
    if value is None or sure < SURE:
        value = None if opened is None else "yes" if opened else "no"
    if value is None:
        return None
    return Fact(NAME, value, plain.said(0, len(plain.text))[:LONGEST_WORDS])


def _only_sounds_so(
    plain: Plain, question: str | None, value: str | None, hit: Hit | None
) -> bool:
    """Whether a message that says nothing of the police sounds as if it did.

    `I just want it to stop` is no refusal where it says that nobody was told; what police would
    do is no report where only he who threatens with them says it.
    """
    if question == NAME:
        return False
    if value == "does_not_want" and _THREATENED_WITH.search(plain.text):
        return len(_POLICE.findall(plain.text)) == 1
    if names_police(plain.text):
        return False
    return value == "yes" or (value == "does_not_want" and hit is not None)


def _tells_of_a_crime(plain: Plain) -> bool:
    return not names_police(plain.text) and crime.named(plain) is not None


def _only_asks(plain: Plain) -> bool:
    """Whether a message is questions and nothing else."""
    said = _SENTENCE.findall(plain.text.strip())
    return bool(said) and all(one.endswith("?") for one in said)


def _only_asks_then(plain: Plain) -> bool:
    """Whether a question is all that follows the first sentence."""
    _, end = plain.sentence(0, 1)
    rest = plain.text[end:].strip()
    return rest.endswith("?") and not any(mark in rest[:-1] for mark in ".!?\n")


def supposed(plain: Plain, question: str | None) -> Fact | None:
    """That they know, where a trial or a sentence implies it."""
    hit = rulebook(NAME).first(plain, question)
    if hit is None or hit.group.name != IMPLIED:
        return None
    return Fact(NAME, hit.group.value, plain.said(hit.start, hit.end))


def _told(plain: Plain, question: str | None, *, asks: bool) -> Hit | None:
    for hit in rulebook(NAME).hits(plain, question):
        sentence = plain.text[slice(*plain.sentence(hit.start, hit.end))]
        if hit.group.name != IMPLIED and not (
            asks and hit.group.name not in SAID_IN_A_QUESTION and is_question(sentence.strip())
        ):
            return hit
    return None
