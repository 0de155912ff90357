"""Reads the meaning of messages: their wording, the question they answer, and their clauses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from nlu.answers import Answers
from nlu.clauses import is_question, telling_clauses
from nlu.embedding import SentenceEmbedding
from nlu.meaning import Meaning, MeaningReader, by_intent
from nlu.risk.languages import language

ASK_PERSON = "ask_person"
ASK_LANGUAGE = "ask_language"
SURE_OF_A_WISH = 0.6  # a clause that asks for a person outweighs what else a message says
SURE_OF_A_QUESTION = 0.6  # so does a clause that asks something
SIGN = 0.97  # of a hundred short answers, three mean something else
TOLD = ("tell", "affirm", "deny")
ANSWERED = ("ask_", "find_services", "more_services")


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
        said = [(_whole(text), question) for text, question in said]
        clauses = [telling_clauses(text) for text, _ in said]
        texts = list(dict.fromkeys(chain((text for text, _ in said), *clauses)))
        vectors = dict(zip(texts, self._embedding.embed(texts), strict=True))
        return [
            self._one(text, question, parts, vectors)
            for (text, question), parts in zip(said, clauses, strict=True)
        ]

    def _one(
        self,
        text: str,
        question: str | None,
        clauses: Sequence[str],
        vectors: Mapping[str, NDArray[np.float32]],
    ) -> Reading:
        likelier = self._answers.likelier(text, question)
        ranked = self._reader.rank(text, vectors[text], likelier)
        means = self._answers.means(question)
        intents = by_intent(ranked, means)
        crimes = [
            (meaning.label.partition("/")[2], meaning.confidence)
            for meaning in ranked
            if meaning.intent == "tell"
        ]
        chosen = self._answers.sign(text, question) or (ASK_LANGUAGE if language(text) else None)
        if chosen is not None:
            return Reading(_first(Meaning(chosen, SIGN), intents), crimes)
        parts = [(part, by_intent(self._reader.rank(part, vectors[part]))[0]) for part in clauses]
        outweighing = _wish(parts) or _question(intents[0], parts)
        return Reading(_first(outweighing, intents) if outweighing else intents, crimes)


def _whole(text: str) -> str:
    """A text without the half characters that no encoder takes."""
    return text.encode("utf-8", "replace").decode()


def _wish(parts: Sequence[tuple[str, Meaning]]) -> Meaning | None:
    """The clause that surely asks for a human, if one does."""
    asked = [best for _, best in parts if best.label == ASK_PERSON]
    return next((best for best in asked if best.confidence >= SURE_OF_A_WISH), None)


def _question(whole: Meaning, parts: Sequence[tuple[str, Meaning]]) -> Meaning | None:
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
