"""Reads the meaning of messages: their wording, the question they answer, and their clauses."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from nlu import times, ways
from nlu.answers import Answers
from nlu.asides import aside_of
from nlu.clauses import (
    clauses_about_police,
    clauses_of,
    is_question,
    may_ask_for_person,
    sentences_about_safety,
)
from nlu.complaints import complains_of_a_deed
from nlu.embedding import SentenceEmbedding
from nlu.examples import NONE, TELL
from nlu.facts.model import Odds, OddsOfMentions
from nlu.meaning import Meaning, by_intent
from nlu.nonsense import is_nonsense
from nlu.readers import Readers, named_crime
from nlu.risk.languages import language
from nlu.wish import outweighs, told_at_length

ASK_PERSON = "ask_person"
ASK_COMPLAIN = "ask_complain"
REPORTED = "reported"
YES = "yes"
SAFE_BESIDE = "safe_beside"  # the sentence of an opening message that likeliest says they are safe
OPENS = (None, "welcome")
ABOUT_POLICE = ("tell_reported", "tell", "affirm", "deny")
ASK_LANGUAGE = "ask_language"
OFF_TOPIC = "off_topic"
FIND_SERVICES = "find_services"
SURE_OF_A_WISH = 0.5  # a clause that asks for a person outweighs what else a message says
SURE_OF_A_QUESTION = 0.6  # so does a clause that asks something
SIGN = 0.97  # of a hundred short answers, three mean something else
TOLD = ("tell", "affirm", "deny")
SURE_OF_NOTHING = 0.6
SURE_ENOUGH_TO_SEARCH = 0.6  # a search goes by a crime that no record would hold
# Vague words about a body or a night must not lead to a line for rape, nor who somebody is to
# one for hate crime or slavery.
SEARCHED_FOR = {"other": 1.0, "sexual_offence": 0.85, "modern_slavery": 0.9, "hate_crime": 0.9}
CLAUSES = 4
ANSWERED = ("ask_", "find_services", "more_services")
MUST_TELL = "must_tell_police"  # whoever asks this says nothing of whether they know
NOT_OF_FACTS = frozenset({ASK_PERSON, "ask_summary", "ask_repeat"})  # asked beside what is told

Part = tuple[str, Meaning]  # a clause and what it means
Vector = NDArray[np.float32]
Pair = tuple[str, float]


@dataclass(frozen=True)
class Reading:
    """What a message means: intents, and for some facts their values, the likeliest first.

    ``about`` is the crime that a search seems to be about, even where none is told; ``aside`` the
    name of a question that has an answer of its own; ``mentions`` tells which of the times and
    ways that it names are likely those that count.
    """

    intents: Sequence[Meaning]
    odds: Odds
    about: str | None = None
    aside: str | None = None
    mentions: OddsOfMentions | None = None

    @property
    def tells_nothing(self) -> bool:
        """Whether it is surely about something else: what it names is no fact of a case."""
        best = self.intents[0]
        return best.label == OFF_TOPIC and best.confidence >= SURE_OF_NOTHING

    @property
    def asks(self) -> bool:
        """Whether it asks for something: what its question names need not have happened."""
        best = self.intents[0].label
        return best.startswith(ANSWERED) and best not in NOT_OF_FACTS


class Understanding:
    """Everything that decides what a message means, behind one door."""

    def __init__(self, readers: Readers, embedding: SentenceEmbedding, answers: Answers) -> None:
        self._readers = readers
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
        police = [clauses_about_police(text) for text, _ in said]
        safety = [
            sentences_about_safety(text) if question in OPENS else [] for text, question in said
        ]
        weighed = self._each(clauses, self._intent)
        told = self._each(police, self._reported)
        safe = self._each(safety, self._safe)
        outweighed = [
            _outweighed(text, whole, list(zip(parts, meant, strict=True)))
            for (text, _), whole, parts, meant in zip(said, wholes, clauses, weighed, strict=True)
        ]
        return [
            _with_safe(
                _with_reported(
                    _wished(_precise(_complained(reading, pair[0]), *pair), *pair), known
                ),
                beside,
            )
            for reading, pair, known, beside in zip(outweighed, said, told, safe, strict=True)
        ]

    def _whole(self, text: str, question: str | None, vector: Vector) -> Reading:
        readers = self._readers
        likelier = self._answers.likelier(text, question)
        ranked = readers.meaning.rank(text, vector, likelier, question)
        intents = by_intent(ranked, self._answers.means(question))
        crimes = readers.crime.rank(text, vector, question=named_crime(text))
        odds: dict[str, Sequence[Pair]] = {
            "crime_type": _told(crimes, ranked),
            "role": _pairs(readers.role.rank(text, vector, question=question)),
            "safe_now": _pairs(readers.safe.rank(text, vector, question=question)),
            "repeated": _pairs(readers.repeated.rank(text, vector, question=question)),
            "vulnerability": _pairs(readers.vulnerability.rank(text, vector)),
        }
        if question == REPORTED:
            odds[REPORTED] = _pairs(readers.reported.rank(text, vector, question=question))
        sign = self._answers.sign(text, question) or (ASK_LANGUAGE if language(text) else None)
        if not sign and question in (None, "welcome") and self._is_nonsense(text):
            sign, odds = OFF_TOPIC, {}
        intents = _first(Meaning(sign, SIGN), intents) if sign else intents
        mentions = OddsOfMentions(
            partial(times.read, readers.times, self._embedding),
            partial(ways.read, readers.ways, self._embedding),
        )
        return Reading(intents, odds, _about(crimes[0]), mentions=mentions)

    def _is_nonsense(self, text: str) -> bool:
        return is_nonsense(text, self._readers.meaning.words, _words(self._embedding))

    def _each(
        self, clauses: Sequence[Sequence[str]], by: Callable[[str, Vector], Meaning]
    ) -> Iterator[list[Meaning]]:
        """What each clause likeliest means, message by message."""
        flat = list(chain.from_iterable(clauses))
        vectors = iter(self._embedding.embed(flat) if flat else ())
        for parts in clauses:
            yield [by(part, next(vectors)) for part in parts]

    def _intent(self, clause: str, vector: Vector) -> Meaning:
        return by_intent(self._readers.meaning.rank(clause, vector))[0]

    def _reported(self, clause: str, vector: Vector) -> Meaning:
        return self._readers.reported.rank(clause, vector)[0]

    def _safe(self, sentence: str, vector: Vector) -> Meaning:
        ranked = self._readers.safe.rank(sentence, vector)
        return next(meaning for meaning in ranked if meaning.label == YES)


@cache
def _words(embedding: SentenceEmbedding) -> frozenset[str]:
    return embedding.words()


def _told(crimes: Sequence[Meaning], ranked: Sequence[Meaning]) -> list[Pair]:
    """The crime types with their odds among everything that a message may mean."""
    tells = sum(meaning.confidence for meaning in ranked if meaning.intent == "tell")
    return [(crime.label, crime.confidence * tells) for crime in crimes]


def _about(likeliest: Meaning) -> str | None:
    needed = SEARCHED_FOR.get(likeliest.label, SURE_ENOUGH_TO_SEARCH)
    return likeliest.label if likeliest.confidence >= needed else None


def _pairs(ranked: Sequence[Meaning]) -> list[Pair]:
    return [(meaning.label, meaning.confidence) for meaning in ranked]


def _with_reported(reading: Reading, clauses: Sequence[Meaning]) -> Reading:
    """The reading with what its clauses about the police say: the surest that says something."""
    if reading.aside == MUST_TELL and reading.asks:
        return replace(reading, odds={**reading.odds, REPORTED: [(NONE, SIGN)]})
    told = [(meaning.label, meaning.confidence) for meaning in clauses if meaning.label != NONE]
    whole = list(reading.odds.get(REPORTED, ())[:1])
    if whole and not told and reading.intents[0].label not in ABOUT_POLICE:
        whole = [(NONE, reading.intents[0].confidence)]
    elif whole and whole[0][0] == NONE:
        whole = []
    told += whole
    return replace(reading, odds={**reading.odds, REPORTED: sorted(told, key=_less_sure)})


def _with_safe(reading: Reading, sentences: Sequence[Meaning]) -> Reading:
    """The reading with how likely one of its sentences says that they are safe."""
    if not sentences:
        return reading
    likeliest = max(meaning.confidence for meaning in sentences)
    return replace(reading, odds={**reading.odds, SAFE_BESIDE: [(YES, likeliest)]})


def _less_sure(pair: Pair) -> float:
    return -pair[1]


def weighty_clauses(text: str, intent: str) -> list[str]:
    """The last clauses that may change what a message of this intent is taken to mean."""
    told = intent.startswith(TOLD)
    clauses = [] if intent == ASK_PERSON else clauses_of(text)
    asking = [part for part in clauses if may_ask_for_person(part) or (told and is_question(part))]
    return asking[-CLAUSES:]


def _outweighed(text: str, whole: Reading, parts: Sequence[Part]) -> Reading:
    chosen = _wish(parts) or _question(text, whole.intents[0], parts)
    return replace(whole, intents=_first(chosen, whole.intents)) if chosen else whole


def _encodable(text: str) -> str:
    """A text without the half characters that no encoder takes."""
    return text.encode("utf-8", "replace").decode()


def _wished(reading: Reading, text: str, question: str | None) -> Reading:
    """The reading as a search for help, where its words wish for some beside what they tell."""
    if not outweighs(text, reading.intents[0].label, question):
        return reading
    return replace(reading, intents=_first(Meaning(FIND_SERVICES, SIGN), reading.intents))


def _complained(reading: Reading, text: str) -> Reading:
    """The reading as a telling, where somebody complains of what is done to them."""
    if reading.intents[0].label != ASK_COMPLAIN or not complains_of_a_deed(text):
        return reading
    return replace(reading, intents=_first(Meaning(TELL, SIGN), reading.intents))


def _precise(reading: Reading, text: str, question: str | None) -> Reading:
    """The reading with the precise question that is asked; whoever wants a human gets one."""
    best, asked = reading.intents[0], aside_of(text)
    if asked is None or best.label == ASK_PERSON:
        return reading
    intent = Meaning(asked.intent_of(best.label, question), max(SIGN, best.confidence))
    return replace(reading, intents=_first(intent, reading.intents), aside=asked.name)


def _wish(parts: Sequence[Part]) -> Meaning | None:
    """The clause that surely asks for a human, if one does."""
    asked = [best for _, best in parts if best.label == ASK_PERSON]
    return next((best for best in asked if best.confidence >= SURE_OF_A_WISH), None)


def _question(text: str, whole: Meaning, parts: Sequence[Part]) -> Meaning | None:
    """The clause that surely asks something in a message that otherwise tells, if one does."""
    if not whole.label.startswith(TOLD) or told_at_length(text, whole.label):
        return None
    if (precise := aside_of(text)) and precise.tells_beside(whole.label):
        return None  # answered beside what is told
    asked = [best for part, best in parts if is_question(part) and best.label.startswith(ANSWERED)]
    return next((best for best in asked if best.confidence >= SURE_OF_A_QUESTION), None)


def _first(chosen: Meaning, intents: Sequence[Meaning]) -> list[Meaning]:
    """The ranking with one meaning put first; the others share what is left of the odds."""
    others = [meaning for meaning in intents if meaning.label != chosen.label]
    rest = sum(meaning.confidence for meaning in others) or 1.0
    share = min(1.0, (1 - chosen.confidence) / rest)
    return [chosen, *(Meaning(other.label, other.confidence * share) for other in others)]
