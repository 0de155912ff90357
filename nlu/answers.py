"""A message as an answer: what the question that was asked says about its meaning."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import yaml

from nlu.ngrams import plain

TABLES = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # in C ten times as fast
TABLE = Path(__file__).with_name("answers.yml")
SHORT = 12  # words
CUED = 30.0
GROWN_UP = re.compile(r"\b(?:im|i am|aged?|age is) (?:1[89]|[2-9]\d)\b(?! weeks)")
NEVER = 0.001
SELDOM = 0.03
OPENED = 10.0  # an answer that begins with a yes is mostly a yes, whatever follows
OPENINGS = {
    "affirm": re.compile(r"\W*(?:y|yes|yeah|yea|yep|yup|ye|yh|aye|ok|okay|sure)\b", re.IGNORECASE),
    "deny": re.compile(
        r"\W*(?:no|nope|nah|na|naw)\b(?! (?:idea|clue|one|need|more|problem|worries)\b)",
        re.IGNORECASE,
    ),
}
_ENDS = " .,;:!-–()\"'*"


@dataclass(frozen=True)
class Question:
    """How an answer to one question is read."""

    signs: Mapping[str, str] = field(default_factory=dict)
    means: Mapping[str, str] = field(default_factory=dict)
    opening: Mapping[str, str] = field(default_factory=dict)
    cues: Mapping[str, re.Pattern[str]] = field(default_factory=dict)
    unlikely: Mapping[str, re.Pattern[str]] = field(default_factory=dict)


class Answers:
    """The table of answers (nlu/answers.yml)."""

    def __init__(
        self,
        signs: Mapping[str, str],
        cues: Mapping[str, re.Pattern[str]],
        questions: Mapping[str, Question],
    ) -> None:
        self._signs = signs
        self._cues = cues
        self.questions = questions

    @classmethod
    @cache
    def load(cls) -> Answers:
        """The table as it is kept, read once."""
        kept = yaml.load(TABLE.read_text("utf-8"), Loader=TABLES)  # noqa: S506
        questions = {
            name: Question(
                **{
                    **row,
                    "signs": _by_sign(row.get("signs", {})),
                    "cues": _patterns(row.get("cues", {})),
                    "unlikely": _patterns(row.get("unlikely", {})),
                }
            )
            for name, row in kept["questions"].items()
        }
        return cls(_by_sign(kept["signs"]), _patterns(kept["cues"]), questions)

    def likelier(self, text: str, question: str | None) -> dict[str, float]:
        """How many times likelier some intents are when this was asked and answered so."""
        asked = self.questions.get(question or "", Question())
        times: dict[str, float] = {}
        said = plain(text)
        cued = self._cued(said, asked)
        for intent, opening in OPENINGS.items():
            meant = asked.opening.get(intent)
            if meant and opening.match(text) and not cued:
                times[meant] = OPENED * times.get(meant, 1.0)
        seldom = {intent: SELDOM for intent, words in asked.unlikely.items() if words.search(said)}
        cued = seldom | cued
        if GROWN_UP.search(said):
            cued["under_18"] = NEVER
        return times | {intent: by * times.get(intent, 1.0) for intent, by in cued.items()}

    def _cued(self, said: str, asked: Question) -> dict[str, float]:
        if len(said.split()) > SHORT:
            return {}
        cues = [*self._cues.items(), *asked.cues.items()]
        return {intent: CUED for intent, words in cues if words.search(said)}

    def sign(self, text: str, question: str | None) -> str | None:
        """The intent of a message that is a known short answer as a whole."""
        said = plain(text).strip(_ENDS) or text.strip()
        if found := self._sign(said, question):
            return found
        words = said.split() if said.isascii() or " " in said else list(said)  # 👍👍
        found_by_word = {self._sign(word.strip(_ENDS), question) for word in words[:SHORT]}
        return found_by_word.pop() if len(found_by_word) == 1 and len(words) <= SHORT else None

    def _sign(self, said: str, question: str | None) -> str | None:
        asked = self.questions.get(question or "", Question())
        return asked.signs.get(said) or self._signs.get(said)

    def means(self, question: str | None) -> Mapping[str, str]:
        """What intents of other places mean as an answer to this question."""
        return self.questions.get(question or "", Question()).means


def _by_sign(signs: Mapping[str, list[str]]) -> dict[str, str]:
    return {sign: intent for intent, listed in signs.items() for sign in listed}


def _patterns(cues: Mapping[str, str]) -> dict[str, re.Pattern[str]]:
    return {intent: re.compile(words) for intent, words in cues.items()}
