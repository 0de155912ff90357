"""The parts of the understanding that need no trained model."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
import yaml

from nlu.answers import Answers
from nlu.clauses import (
    clauses_about_police,
    clauses_of,
    denies_safety,
    is_question,
    may_ask_for_person,
    sentences_about_safety,
)
from nlu.components.shared import readers
from nlu.embedding import SentenceEmbedding, Vectors
from nlu.meaning import MeaningReader, by_intent
from nlu.mentions import MentionReader
from nlu.ngrams import Ngrams, plain
from nlu.readers import Readers
from nlu.understanding import Understanding

EXAMPLES = {
    "tell/theft": ["my bike was stolen", "someone stole my phone", "my purse got nicked"],
    "tell/burglary": ["they broke into my house", "i was burgled", "house broken into"],
    "ask_person": ["i want to talk to a person", "can i talk to someone", "real person please"],
    "ask_compensation": ["can i get compensation", "will i get money back", "compensation"],
    "affirm": ["yes", "yeah that is right", "yes please do"],
    "tell_reported": ["i told the police", "we rang 101", "the police know"],
}


class NoEmbedding(SentenceEmbedding):
    """Knows no meaning, so that only the wording counts."""

    def __init__(self) -> None:
        self.dimension = 2

    def embed(self, texts: Sequence[str]) -> Vectors:
        return np.ones((len(texts), 2), dtype=np.float32)

    def words(self) -> frozenset[str]:
        return frozenset()


def small(**texts: list[str]) -> MeaningReader:
    pairs = [(text, label) for label, listed in texts.items() for text in listed]
    said, labels = zip(*pairs, strict=True)
    return MeaningReader.train(said, labels, NoEmbedding().embed(said))


CRIMES = small(
    theft=["bike stolen", "stole my phone", "purse nicked"],
    burglary=["broke into my house", "burgled", "house broken into"],
    robbery=["mugged", "robbed at knifepoint", "held up"],
)
ROLES = small(
    victim=["my bike", "i was hit", "my house"],
    witness=["i saw it", "i watched it", "saw a man"],
    none=["hello", "thanks", "who reads this"],
)
MENTIONS = MentionReader(
    np.frombuffer(b"ln told\nln burgled", dtype=np.uint8),
    np.array([-1.0, 1.0], dtype=np.float32),
    np.zeros(2, dtype=np.float32),
    0.5,
)
SAFE = small(
    yes=["i am safe", "we are fine", "safe at my mums"],
    no=["not safe", "he is outside", "in danger"],
    none=["my safe was stolen", "a safe journey", "is it safe"],
)
BEFORE = small(
    yes=["every night", "third time", "keeps coming"],
    no=["first time", "never before", "a one off"],
    none=["my bike", "on friday", "in ware"],
)
ILLNESS = small(
    disability=["i am deaf", "in a wheelchair", "very blind"],
    mental_health=["i am autistic", "my depression", "bipolar"],
    none=["my bike", "on friday", "in ware"],
)
BESIDE = (SAFE, BEFORE, ILLNESS)
POLICE = small(
    yes=["rang 101", "police came", "told the police"],
    no=["not reported", "never told the police", "havent rung 101"],
    none=["my bank", "the council", "he said"],
)


@pytest.fixture(scope="module")
def reader() -> MeaningReader:
    pairs = [(text, label) for label, texts in EXAMPLES.items() for text in texts]
    texts, labels = zip(*pairs, strict=True)
    return MeaningReader.train(texts, labels, NoEmbedding().embed(texts))


def test_each_sentence_that_opens_a_chat_is_heard_for_a_word_of_safety(
    understanding: Understanding,
) -> None:
    said = "They took my bike. We are fine, safe at my mums. It was Friday."
    heard = dict(understanding.read([(said, None)])[0].odds["safe_beside"])
    assert heard["yes"] > 0.3
    assert "safe_beside" not in understanding.read([(said, "needs")])[0].odds
    assert "safe_beside" not in understanding.read([("They took my bike.", None)])[0].odds


DENIED = [
    "I don't feel safe at home since the break in on Friday.",
    "Nobody is safe in this house when he's been drinking.",
    "I want to be safe.",
    "I'm fine as long as I do what he says.",
    "Someone took my bag. Is it safe to write here?",
    "My dad is in danger of losing his home.",
    "We are in danger.",
]
SAID_SAFE = [
    "We're all perfectly safe.",
    "No one's in danger or anything.",
    "I'm all right, my daughter's staying.",
    "Nobody was hurt and we are fine.",
]


@pytest.mark.parametrize("text", DENIED)
def test_who_doubts_or_wishes_to_be_safe_is_not_taken_to_be(text: str) -> None:
    assert denies_safety(text)
    assert not sentences_about_safety(text)


@pytest.mark.parametrize("text", SAID_SAFE)
def test_who_says_so_does_not_deny_it(text: str) -> None:
    assert sentences_about_safety(text) == [text]


@pytest.fixture(scope="module")
def understanding(reader: MeaningReader) -> Understanding:
    return Understanding(
        Readers(reader, CRIMES, ROLES, POLICE, *BESIDE, MENTIONS, MENTIONS),
        NoEmbedding(),
        Answers.load(),
    )


def intent(understanding: Understanding, text: str, question: str | None = None) -> str:
    return understanding.read([(text, question)])[0].intents[0].label


def test_a_reader_that_was_kept_reads_the_same(reader: MeaningReader, tmp_path: Path) -> None:
    Readers(reader, CRIMES, ROLES, POLICE, *BESIDE, MENTIONS, MENTIONS).save(tmp_path / "kept.npz")
    again = Readers.load(tmp_path / "kept.npz").meaning

    vector = np.ones(2, dtype=np.float32)
    before, after = reader.rank("my car", vector), again.rank("my car", vector)
    assert [one.label for one in before] == [one.label for one in after]
    assert before[0].confidence == pytest.approx(after[0].confidence, abs=0.01)


def test_engines_share_what_was_learned(reader: MeaningReader, tmp_path: Path) -> None:
    kept, copy, other = (tmp_path / name for name in ("kept.npz", "copy.npz", "other.npz"))
    Readers(reader, CRIMES, ROLES, POLICE, *BESIDE, MENTIONS, MENTIONS).save(kept)
    copy.write_bytes(kept.read_bytes())
    Readers(reader, CRIMES, POLICE, ROLES, *BESIDE, MENTIONS, MENTIONS).save(other)

    assert readers(kept) is readers(copy)
    assert readers(other).role.labels == POLICE.labels


def test_the_labels_of_one_intent_are_sure_together(reader: MeaningReader) -> None:
    ranked = reader.rank("stolen from my house", np.ones(2, dtype=np.float32))

    sure = by_intent(ranked)[0]
    assert sure.label == "tell"
    assert sure.confidence > ranked[0].confidence
    assert sum(one.confidence for one in ranked) == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize("text", ["", "   ", "💔💔", "\ud83d", "zzz", "a" * 5000])
def test_any_text_gets_an_intent(understanding: Understanding, text: str) -> None:
    assert intent(understanding, text)


@pytest.mark.parametrize(
    ("text", "question", "meant"),
    [
        ("not yet", "reported", "tell_reported"),
        ("Not yet.", "offer_human", "deny"),
        ("yes", "offer_human", "affirm"),
        ("YES!!", "reported", "affirm"),
        ("👍🏽", "consent", "affirm"),
        ("✔️", None, "affirm"),
        ("👎👎", "safe_now", "deny"),
        ("yes, yes!", "consent", "affirm"),
        ("yes", "feedback", "feedback_good"),
        ("I don’t know", "when", "not_sure"),
        ("skip", "where", "skip"),
        ("yes, we rang 101", "reported", "tell_reported"),
    ],
)
def test_a_short_answer_is_read_with_its_question(
    understanding: Understanding, text: str, question: str | None, meant: str
) -> None:
    assert intent(understanding, text, question) == meant


def test_a_grown_up_is_not_taken_for_a_child() -> None:
    table = Answers.load()
    assert table.likelier("I'm 82", None)["under_18"] < 1
    assert "under_18" not in table.likelier("im 14", None)


def test_a_yes_with_a_but_corrects_the_summary() -> None:
    with_but, without = (
        Answers.load().likelier(text, "confirm_summary")
        for text in ("yes but it was May", "yes it was May")
    )
    assert with_but["correct"] > 1
    assert without["affirm"] > 1
    assert "correct" not in without


def test_what_is_learned_with_a_question_counts_only_there() -> None:
    texts = [f"{word} {end}" for word in ("fine", "grand", "champion") for end in ("ta", "now")]
    pairs = [
        *((text, "feedback", "feedback_good") for text in texts),
        *((text, "needs", "deny") for text in texts),
        *((text, None, "greet") for text in texts),
    ]
    said, asked, labels = zip(*pairs, strict=True)
    reader = MeaningReader.train(said, labels, NoEmbedding().embed(said), asked)

    vector = np.ones(2, dtype=np.float32)
    best = {question: reader.rank("fine ta", vector, question=question)[0] for question in asked}
    assert {question: meaning.label for question, meaning in best.items()} == {
        "feedback": "feedback_good",
        "needs": "deny",
        None: "greet",
    }


def test_a_wish_for_a_person_in_any_clause_comes_first(understanding: Understanding) -> None:
    text = "my bike was stolen, can i talk to a real person"
    assert intent(understanding, text) == "ask_person"


def test_a_question_comes_before_what_is_told(understanding: Understanding) -> None:
    text = "my phone was stolen and they broke into my house, can i get compensation?"
    reading = understanding.read([(text, None)])[0]

    assert reading.intents[0].label == "ask_compensation"
    assert {crime for crime, _ in reading.odds["crime_type"]} == {"theft", "burglary", "robbery"}
    assert not reading.odds["reported"]


def test_another_language_is_a_wish_for_that_language(understanding: Understanding) -> None:
    assert intent(understanding, "dzień dobry, proszę o pomoc, nie mówię po angielsku") == (
        "ask_language"
    )


def test_every_intent_and_question_of_the_table_is_in_the_contract() -> None:
    contract = set(yaml.safe_load(Path("nlu/intents.yml").read_text("utf-8")))
    table = yaml.safe_load(Path("nlu/answers.yml").read_text("utf-8"))
    named = {*table["signs"], *table["cues"]}
    for row in table["questions"].values():
        named |= {*row.get("cues", {}), *row.get("means", {}).values(), *row.get("signs", {})}
    assert named <= contract
    assert len(table["questions"]) == 17


def test_words_that_were_never_learned_leave_an_empty_row() -> None:
    ngrams = Ngrams.learn(["one two", "two one"])
    at, by = ngrams.row("zebra")
    assert (len(at), len(by)) == (0, 0)


def test_plain_words() -> None:
    assert plain("I’m  SOOOOO\u200b scared") == "im soo scared"


def test_clauses() -> None:
    assert clauses_of("stop it") == []
    assert clauses_of("he hit me and i fell. can i talk to someone?") == [
        "he hit me",
        "i fell",
        "can i talk to someone?",
    ]
    assert is_question("how long does it take")
    assert may_ask_for_person("put me through to a human")
    assert clauses_about_police("he hit me, rang 101 and my mum came") == ["rang 101"]
    assert clauses_about_police("my bike was nicked") == []
