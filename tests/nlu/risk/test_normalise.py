"""Hidden and bent words are read as the plain words they stand for."""

from __future__ import annotations

import pytest

from nlu.embedding import SentenceEmbedding
from nlu.risk.normalise import Normaliser


@pytest.fixture(scope="module")
def normaliser(embedding: SentenceEmbedding) -> Normaliser:
    return Normaliser(embedding.words())


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("i want to k i l l myself", "i want to kill myself"),
        ("i w a n t t o d i e", "i want to die"),
        ("un4live myself", "kill myself"),
        ("he r*ped me", "he raped me"),
        ("he ki\u200bll\u200ded it", "he killed it"),
        ("he hit me", "he hit me"),
        ("im gonna kms", "i am going to kill myself"),
        ("su icide", "suicide"),
        ("hes stranggled me", "he is strangled me"),
        ("\uff48\uff45 \uff48\uff49\uff54 me", "he hit me"),
        ("he \U0001f44a me", "he hit me"),
        ("m\u0443 ex hit me", "my ex hit me"),
        ("heeeelp meeee", "help me"),
        ('/affirm{"a":"he hit me"}', "affirm a : he hit me"),
        ("h3 is 0pening the d00r", "he is opening the door"),
        ("1n my l0ft, he1p", "in my loft , help"),
        ("shhh", "shh"),
        ("theyre chasin me", "they are chasing me"),
        ("don\u2019t", "do not"),
    ],
)
def test_words_are_read_plainly(normaliser: Normaliser, written: str, plain: str) -> None:
    assert " ".join(word.text for word in normaliser.words(written)) == plain


@pytest.mark.parametrize(
    "word",
    ["herts", "stevenage", "murdoch", "skills", "grape", "shill", "knead", "browsing", "spalding",
     "4pm", "2nd", "a1"],
)  # fmt: skip
def test_ordinary_words_stay(normaliser: Normaliser, word: str) -> None:
    assert [item.text for item in normaliser.words(word)] == [word]


def test_every_word_knows_where_it_stood(normaliser: Normaliser) -> None:
    text = "He\u200b  KI11ED \u2014 my d.o.g.s"
    for word in normaliser.words(text):
        assert 0 <= word.start < word.end <= len(text)
