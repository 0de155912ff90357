"""What a person says about themselves that changes how we speak: under 18, and their age."""

from __future__ import annotations

import re

from nlu.facts.model import Fact
from nlu.facts.plain import Plain

ADULT = 18
_WORDS = {
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "twenty": 20, "thirty": 30,
    "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_NUMBER = (
    rf"(?P<age>[6-9]|1\d|[2-9]\d|10\d|{'|'.join(_WORDS)})(?:[ -](?P<more>one|"
    rf"two|three|four|five|six|seven|eight|nine))?"
)
_UNITS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9,
}  # fmt: skip
_AGE = re.compile(
    rf"\bi am (?:only |just |a |nearly |almost |now |currently )*{_NUMBER}\b"
    r"(?=(?: (?:years?|yrs?)(?: old)?| yo\b| year old| and | but |[,.!)]|"
    r"\W*$| so | now| next| in a| live| girl| boy| i | my | with | female|"
    r" male| f\b| m\b))"
    r"(?! (?:miles|minutes|weeks|months|days|hours|stone|quid|pounds|"
    r"and a half (?:stone|weeks|months)|weeks pregnant|months pregnant|"
    r"per cent|floors?))"
    rf"|^\W*{_NUMBER.replace('age', 'age2').replace('more', 'more2')}(?: ?(?:years? "
    rf"old|yo|yrs old|f|m))?\W*$"
)
_AGED = re.compile(rf"\b(?:my age is|i am aged|age:?) {_NUMBER}\b")
_YOUNG = re.compile(
    r"\bi am (?:still )?(?:under (?:18|eighteen|16|sixteen)|a (?:child|"
    r"kid|minor|teenager|young person)|in (?:year|yr) (?:[4-9]|1[0-3])\b|"
    r"at (?:primary|secondary|high) school|not (?:18|eighteen|16) (?:yet|"
    r"till|until)|turning (?:1[0-8])|doing my gcses)"
    r"|\bi (?:go to|am at|am in) (?:primary|secondary|high) school\b|"
    r"\bi (?:will be|turn) (?:1[0-8]|sixteen|seventeen|eighteen) (?:in|"
    r"next|on|soon)\b|\bmy gcses\b"
)
_WAS = re.compile(r"\b(?:when|since|while|until|if|before|because then) $")


def read(plain: Plain, question: str | None) -> tuple[Fact, ...]:
    """`under_18` when the writer says so, and `age` when they tell it; of nobody else."""
    text = plain.text
    for pattern in (_AGE, _AGED):
        if (found := pattern.search(text)) and not _WAS.search(text, 0, found.start()):
            if found.groupdict().get("age2") and question not in ("age", "vulnerability"):
                continue
            return _facts(plain, found)
    if found := _YOUNG.search(text):
        return (Fact("under_18", True, plain.said(*found.span())),)
    return ()


def _facts(plain: Plain, found: re.Match[str]) -> tuple[Fact, ...]:
    said = {name: value or "" for name, value in found.groupdict().items()}
    number, more = said["age"] or said.get("age2", ""), said["more"] or said.get("more2", "")
    age = (_WORDS.get(number) or int(number)) + _UNITS.get(more, 0)
    words = plain.said(*found.span())
    facts = (Fact("age", age, words), Fact("under_18", True, words))
    return facts if age < ADULT else facts[:1]
