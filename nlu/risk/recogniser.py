"""Reads one message and says whether a human must come in now."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from nlu.embedding import SentenceEmbedding
from nlu.risk.answer import (
    CATEGORIES,
    EMERGENCY,
    NONE,
    URGENT,
    Answer,
    Evidence,
    most_serious,
)
from nlu.risk.artefact import DEFAULT_FOLDER, Artefact, load_artefact
from nlu.risk.calm import Calm
from nlu.risk.earlier import told_before
from nlu.risk.encoder import Heard, RiskEncoder
from nlu.risk.languages import UNREAD, in_other_language
from nlu.risk.leaving import takes_leave, told_of_despair
from nlu.risk.model import Windows, tuned_risk
from nlu.risk.normalise import Normaliser
from nlu.risk.questions import (
    disposition_of_reply,
    grave_crime_named,
    is_at_the_edge,
    tells_no_risk,
)
from nlu.risk.reading import Reader, Reading
from nlu.risk.rulebook import Found, Lexicon, Rulebook, read_rules
from nlu.risk.scopes import Scopes
from nlu.risk.thresholds import (
    DOUBTED_FROM,
    HARMLESS_HERE,
    MAY_BE_EMERGENCY_FROM,
    SURE_FROM,
)

# Seconds of the processor's time; a message that takes more counts as urgent. Waiting for a busy
# processor says nothing about a message: it would make every message an alarm under load.
TIME_LIMIT = 0.3
LONGEST = 12_000  # characters that are read; the doors refuse messages over 4,000
SAID_BY_THE_QUESTION = 4  # words of a reply that mean nothing without their question
LONGEST_LEAVE = 120  # characters of a goodbye
TO_A_COORDINATOR = "co_ordinator"  # the question of what is said in a chat with a person
WHAT_HAPPENED = "crime_type"
ALARM_AFTER = 3  # urgent messages of one conversation that make an alarm


@dataclass(frozen=True)
class Match:
    """What one rule says, and whether something around its words speaks against it."""

    answer: Answer
    doubted: bool
    untold: bool  # the rule's words leave open who is meant


class Recogniser:
    """Rules, languages, the question asked and a learned model; any may raise the alarm."""

    def __init__(self, embedding: SentenceEmbedding, artefact: Artefact | None) -> None:
        lexicon = Lexicon()
        self._reader = Reader(Normaliser(embedding.words()), lexicon)
        self._rules = Rulebook(read_rules(), lexicon)
        self._scopes = Scopes(lexicon)
        self._calm = Calm()
        self._model = artefact and artefact.model
        self._encoder = artefact and RiskEncoder(artefact.encoder)
        self._talks = artefact and RiskEncoder(artefact.talks)

    @classmethod
    def load(
        cls, folder: Path | None = None, embedding: SentenceEmbedding | None = None
    ) -> Recogniser:
        """The trained recogniser; raises RiskModelMissing when it has not been trained yet."""
        words = embedding or SentenceEmbedding.installed()
        recogniser = cls(words, load_artefact(folder or DEFAULT_FOLDER))
        for text in ("hello", "he hit me. " * 300):  # the first run is slow; not a person's
            recogniser._answer(text, None, ())
        return recogniser

    def recognise(
        self,
        text: str,
        question: str | None = None,
        shown: Sequence[str] = (),
        earlier: Sequence[str] = (),
    ) -> Answer:
        """What a message means for a person's safety; never raises.

        `question` names what was being asked; `shown` are the dispositions of earlier messages
        of the conversation, oldest first (empty it when a co-ordinator gives the person back);
        `earlier` is what the person wrote before, oldest first. That may take the model's alarm
        away ("he is downstairs" of one's grandson), never a rule's, and not after an alarm.
        """
        started = time.thread_time()
        try:
            answer = self._answer(text, question, () if any(shown) else earlier)
            answer = fuse([answer, self._leave(text, earlier)])
            late = time.thread_time() - started > TIME_LIMIT
            answer = with_fallback(answer) if late or len(text) > LONGEST else answer
            return with_earlier(answer, shown)
        except Exception:  # whatever went wrong, a person may be in danger
            return with_fallback(Answer(NONE))

    def read(self, text: str) -> Reading:
        """The message in plain words, as rules and model see it."""
        return self._reader.read(text)

    def by_model(self, reading: Reading, question: str | None = None) -> Windows | None:
        """What the model alone finds likely; None of an empty message or without a model."""
        if not self._model or not self._encoder:
            return None
        return self._model.read(reading, question, self._encoder)

    def by_rules(self, reading: Reading) -> list[Answer]:
        """What each rule that counts says, with the person's words."""
        return [match.answer for match in self._matches(reading)]

    def _matches(self, reading: Reading) -> list[Match]:
        context = self._scopes.context([sentence.plain for sentence in reading.sentences])
        return [
            Match(
                answer_of(found, reading, at),
                context.doubted(found, at),
                found.rule.who == "untold",
            )
            for at, sentence in enumerate(reading.sentences)
            for found in self._rules.find(sentence.plain)
            if context.counts(found, at)
        ]

    def _answer(self, text: str, question: str | None, earlier: Sequence[str]) -> Answer:
        text = text[:LONGEST]
        reading = self.read(text)
        replies = by_question(reading, question)
        foreign = in_other_language(text)
        if (
            foreign and foreign.ordinary
        ):  # rules and model read English: they would read tea leaves
            return fuse(replies)
        matches = self._matches(reading)
        answers = (foreign.answers if foreign else []) + replies
        # "not sure" says what the question makes of it; there is nothing for a model to add
        said = replies and reading.size <= SAID_BY_THE_QUESTION
        if not self._model or said or tells_no_risk(question, _words(reading)):
            return fuse(answers + [match.answer for match in matches])
        # measured: told that a person is there, the model missed 6 risks in 428 that it finds else
        asked = None if question == TO_A_COORDINATOR else question
        read = self.by_model(reading, asked)
        feared = self._model.answer(read)
        if feared.disposition != NONE and self._calm.holds(question, reading):
            feared = Answer(NONE)
        untold = any(match.untold for match in matches)
        if (untold or feared.disposition != NONE) and self._is_harmless_after(
            earlier, read, asked
        ):
            feared = Answer(NONE)
            matches = [match for match in matches if not match.untold]
        return fuse([*answers, feared, *standing(matches, read)])

    def _leave(self, text: str, earlier: Sequence[str]) -> Answer:
        """What a goodbye says after what was told before, alarm or not."""
        if not earlier or len(text) > LONGEST_LEAVE or not takes_leave(self.read(text).text):
            return Answer(NONE)
        if not told_of_despair(self.read(text).text, [self.read(one).text for one in earlier]):
            return Answer(NONE)
        said = Evidence(text, "rule:goodbye_after_despair")
        return Answer(URGENT, ("suicide_self_harm",), (said,))

    def _is_harmless_after(
        self, earlier: Sequence[str], read: Windows | None, question: str | None
    ) -> bool:
        """Whether what alarms is plainly no risk to who knows what was told before."""
        if not (earlier and read and self._talks) or question == WHAT_HAPPENED:
            return False  # "what my coach did" is the telling itself: nothing was told before it
        if read.risk.max() >= SURE_FROM or read.emergency.max() >= MAY_BE_EMERGENCY_FROM:
            return False
        before = told_before([self.read(text).text for text in earlier])
        said = self._talks.read([Heard(text, question, before) for text in read.texts])
        return bool(tuned_risk(said).max() < HARMLESS_HERE)


def answer_of(found: Found, reading: Reading, at: int) -> Answer:
    """What a rule found in sentence `at` says, with the person's words."""
    said = Evidence(reading.quote(at, found.start, found.end), f"rule:{found.rule.name}")
    return Answer(found.rule.disposition, (found.rule.category, *found.rule.also), (said,))


def standing(matches: Sequence[Match], read: Windows | None) -> list[Answer]:
    """What the rules say, without what is doubted twice: by words around it and by the model."""
    unlikely = read is not None and read.risk.max() < DOUBTED_FROM
    return [match.answer for match in matches if not (match.doubted and unlikely)]


def by_question(reading: Reading, question: str | None) -> list[Answer]:
    """What a short reply means after the question that it answers."""
    words = _words(reading)
    said = (Evidence(reading.original, f"rule:reply_to_{question}"),)
    answers = []
    if reply := disposition_of_reply(question, words):
        answers.append(Answer(reply, ("immediate_danger",), said))
    if is_at_the_edge(question, words):
        answers.append(Answer(EMERGENCY, ("suicide_self_harm",), said))
    if crime := grave_crime_named(question, words):
        answers.append(Answer(URGENT, (crime,), said))
    return answers


def _words(reading: Reading) -> list[str]:
    return [word.text for sentence in reading.sentences for word in sentence.words]


def fuse(answers: Sequence[Answer]) -> Answer:
    """The most serious disposition, with every category and all evidence of those that alarm.

    What a rule names comes first, for it is plain in the words; then what the model thinks likely,
    the likeliest first: the first category decides what the person is told.
    """
    raised = [answer for answer in answers if answer.disposition != NONE]
    guessed = [answer for answer in raised if _is_model(answer)]
    plain = {name for answer in raised if not _is_model(answer) for name in answer.categories}
    named = dict.fromkeys(name for name in CATEGORIES if name in plain)
    named |= dict.fromkeys(name for answer in guessed for name in answer.categories)
    evidence = dict.fromkeys(item for answer in raised for item in answer.evidence)
    return Answer(
        most_serious(answer.disposition for answer in raised), tuple(named), tuple(evidence)
    )


def _is_model(answer: Answer) -> bool:
    return any(item.by == "model" for item in answer.evidence)


def with_fallback(answer: Answer) -> Answer:
    """The answer, at least urgent, because the message was not read in time or not to its end."""
    return Answer(
        most_serious((answer.disposition, URGENT)),
        answer.categories,
        (*answer.evidence, Evidence("", "fallback")),
    )


def with_earlier(answer: Answer, shown: Sequence[str]) -> Answer:
    """The answer in the light of the conversation: the third urgent hint is an emergency.

    It must be one of plain words that a rule names: what only the model fears, and may fear all
    along, adds up to nothing. A harmless message stays harmless after an alarm: that the
    conversation keeps its place at the head of the queue is kept with the conversation, and a
    desk that is told of every "ok" stops listening.
    """
    hints = sum(item == URGENT for item in shown)
    rules = {item.by for item in answer.evidence if item.by.startswith("rule:")}
    named = rules - {f"rule:{UNREAD}"}  # that is no hint, only unknown
    if answer.disposition != URGENT or not named or hints + 1 < ALARM_AFTER:
        return answer
    alarm = Evidence("", "rule:third_urgent_hint")
    return Answer(EMERGENCY, answer.categories, (*answer.evidence, alarm))
