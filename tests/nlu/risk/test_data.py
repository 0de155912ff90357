"""Training and evaluation stay apart; every line is well formed."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest

from nlu.embedding import SentenceEmbedding
from nlu.risk.answer import CATEGORIES, DISPOSITIONS
from nlu.risk.data import (
    DEVELOPMENT,
    EVALUATION,
    TALKS,
    TRAIN,
    Message,
    left_out,
    plain,
    read_messages,
    too_near,
    training_messages,
    training_talks,
)
from nlu.risk.measure import HARD_NEGATIVES
from nlu.risk.normalise import Normaliser
from nlu.risk.train import apart_from_evaluation

FILES = [*sorted(TRAIN.glob("*.jsonl")), *sorted(TALKS.glob("*.jsonl")), *EVALUATION]


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_line_is_well_formed(path: Path) -> None:
    for line in path.read_text("utf-8").splitlines():
        entry = json.loads(line)
        assert entry["text"].strip()
        assert entry["disposition"] in DISPOSITIONS
        assert set(entry["categories"]) <= set(CATEGORIES)
        assert bool(entry["categories"]) == (entry["disposition"] != "none"), line


def test_there_are_enough_messages() -> None:
    messages = training_messages()
    hard = [m for m in messages if m.disposition == "none" and HARD_NEGATIVES & set(m.styles)]
    assert len(messages) >= 5000
    assert len([m for m in messages if m.disposition == "none"]) >= 1500
    assert hard
    assert len(read_messages(DEVELOPMENT)) >= 800


def test_a_line_of_a_conversation_knows_those_before_it() -> None:
    lines = training_talks()
    begun = [line for line in lines if not line.earlier]
    assert len(begun) > 300
    for before, line in itertools.pairwise(lines):
        if line.earlier:
            assert line.earlier == (*before.earlier, before.text)
    # what is kept from the encoder is kept with its whole conversation
    assert all(
        left_out(line) == left_out(Message(line.earlier[0], "none"))
        for line in lines
        if line.earlier
    )


def test_nothing_near_an_evaluation_message_is_trained_on(embedding: SentenceEmbedding) -> None:
    normaliser = Normaliser(embedding.words())
    kept = apart_from_evaluation([*training_messages(), *training_talks()], embedding)
    sides = []
    evaluation = [message for path in EVALUATION for message in read_messages(path)]
    for group in (kept, evaluation):
        plains = [plain(message, normaliser) for message in group]
        sides.append((plains, embedding.embed_many([text.split("|", 1)[1] for text in plains])))
    assert too_near(sides[0], sides[1]) == []


def test_a_near_duplicate_is_found(embedding: SentenceEmbedding) -> None:
    texts = ["|my husband hit me last night", "|the bike was stolen"]
    near = ["|my husband hit me last night again"]
    found = too_near((texts, embedding.embed(texts)), (near, embedding.embed(near)), limit=0.9)
    assert [item.train for item in found] == [0]


def test_the_same_words_after_another_question_are_another_message() -> None:
    normaliser = Normaliser()
    asked, other = (
        Message("no", "none", question="reported"),
        Message("no", "emergency", question="safe_now"),
    )
    assert plain(asked, normaliser) != plain(other, normaliser)
