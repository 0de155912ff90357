"""Reads the meaning of messages: their wording, the question they answer, and their clauses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from nlu.answers import Answers
from nlu.clauses import clauses_of, is_question, may_ask_for_person
from nlu.embedding import SentenceEmbedding
from nlu.meaning import Meaning, MeaningReader, by_intent
from nlu.risk.languages import language

ASK_PERSON = "ask_person"
ASK_LANGUAGE = "ask_language"
SURE_OF_A_WISH = 0.6  # a clause that asks for a person outweighs what else a message says
SURE_OF_A_QUESTION = 0.6  # so does a clause that asks something
SIGN = 0.97  # of a hundred short answers, three mean something else
TOLD = ("tell", "affirm", "deny")
CLAUSES = 4
ANSWERED = ("ask_", "find_services", "more_services")

Part = tuple[str, Meaning]  # a clause and what it means


@dataclass(frozen=True)
class Reading:
    """What a message means: intents and crime types, each list with the likeliest first."""

    intents: Sequence[Meaning]
    crimes: Sequence[tuple[str, float]]


class Understanding:
    """Everything that decides what a message means, behind one door."""

    def __init__(
        self, reader: MeaningReader, embedding: SentenceEmbedding, answers: Answers
    ) -> None:
        self._reader = reader
        self._embedding = embedding
        self._answers = answers

    def read(self, said: Sequence[tuple[str, str | None]]) -> list[Reading]:
        """The meaning of each (text, question that was asked), in order."""
        said = [(_encodable(text), question) for text, question in said]
        vectors = self._embedding.embed([text for text, _ in said])
        wholes = [self._whole(*pair, by) for pair, by in zip(said, vectors, strict=True)]
        clauses = [
            weighty_clauses(text, whole.intents[0].label)
            for (text, _), whole in zip(said, wholes, strict=True)
        ]
        return [
            _outweighed(whole, parts)
            for whole, parts in zip(wholes, self._parts(clauses), strict=True)
        ]

    def _whole(self, text: str, question: str | None, vector: NDArray[np.float32]) -> Reading:
        ranked = self._reader.rank(
            text, vector, self._answers.likelier(text, question), question
        )
        intents = by_intent(ranked, self._answers.means(question))
        crimes = [
            (meaning.label.partition("/")[2], meaning.confidence)
            for meaning in ranked
            if meaning.intent == "tell"
        ]
        sign = self._answers.sign(text, question) or (ASK_LANGUAGE if language(text) else None)
        return Reading(_first(Meaning(sign, SIGN), intents) if sign else intents, crimes)

    def _parts(self, clauses: Sequence[Sequence[str]]) -> Iterator[list[Part]]:
        """Each clause with its likeliest intent, message by message."""
        flat = list(chain.from_iterable(clauses))
        vectors = iter(self._embedding.embed(flat) if flat else ())
        for parts in clauses:
            yield [(part, by_intent(self._reader.rank(part, next(vectors)))[0]) for part in parts]


def weighty_clauses(text: str, intent: str) -> list[str]:
    """The last clauses that may change what a message of this intent is taken to mean."""
    told = intent.startswith(TOLD)
    clauses = [] if intent == ASK_PERSON else clauses_of(text)
    asking = [part for part in clauses if may_ask_for_person(part) or (told and is_question(part))]
    return asking[-CLAUSES:]


def _outweighed(whole: Reading, parts: Sequence[Part]) -> Reading:
    chosen = _wish(parts) or _question(whole.intents[0], parts)
    return Reading(_first(chosen, whole.intents), whole.crimes) if chosen else whole


def _encodable(text: str) -> str:
    """A text without the half characters that no encoder takes."""
    return text.encode("utf-8", "replace").decode()


def _wish(parts: Sequence[Part]) -> Meaning | None:
    """The clause that surely asks for a human, if one does."""
    asked = [best for _, best in parts if best.label == ASK_PERSON]
    return next((best for best in asked if best.confidence >= SURE_OF_A_WISH), None)


def _question(whole: Meaning, parts: Sequence[Part]) -> Meaning | None:
    """The clause that surely asks something in a message that otherwise tells, if one does."""
    if not whole.label.startswith(TOLD):
        return None
    asked = [best for part, best in parts if is_question(part) and best.label.startswith(ANSWERED)]
    return next((best for best in asked if best.confidence >= SURE_OF_A_QUESTION), None)


def _first(chosen: Meaning, intents: Sequence[Meaning]) -> list[Meaning]:
    """The ranking with one meaning put first; the others share what is left of the odds."""
    others = [meaning for meaning in intents if meaning.label != chosen.label]
    rest = sum(meaning.confidence for meaning in others) or 1.0
    share = min(1.0, (1 - chosen.confidence) / rest)
    return [chosen, *(Meaning(other.label, other.confidence * share) for other in others)]
