"""Phrases are plain words that cannot be guessed and can be mistyped a little."""

import math

import pytest

from knowledge.returning.model import LENGTH, WordList, keyed_hash, slips

WORDS = WordList.load()
PHRASE = "garden pelican teapot meadow violin"

FORGIVEN = [
    PHRASE,
    "Garden Pelican Teapot Meadow Violin",
    "  GARDEN-pelican-teapot-meadow-violin\n",
    "garden, pelican, teapot, meadow, violin.",
    "garden/pelican/teapot/meadow/violin",
    "1. garden 2. pelican 3. teapot 4. meadow 5. violin",
    "gardn pelican teapot meadow violin",
    "garden pelicann teapot meadow violin",
    "garden pelican taepot meadow violin",
    "garden pelican teapot meadow violyn",
]
REFUSED = [
    "",
    "garden",
    "garden pelican teapot meadow",
    "garden pelican teapot meadow violin violin",
    "garden pelican teapot meadow xyzzy",
    "gxrdxn pelican teapot meadow violin",
    "сад тупик чайник луг скрипка",
    "a " * 90,
    "x" * 200,
]


def test_a_phrase_has_at_least_fifty_bits() -> None:
    assert len(WORDS.words) >= 2000
    assert LENGTH * math.log2(len(WORDS.words)) >= 50


def test_words_are_short_plain_letters_and_none_stands_twice() -> None:
    strange = [w for w in WORDS.words if not (w.isascii() and w.isalpha() and w.islower())]
    assert strange == []
    assert all(4 <= len(word) <= 9 for word in WORDS.words)
    assert len(set(WORDS.words)) == len(WORDS.words)


def test_no_word_is_a_slip_of_another() -> None:
    known = set(WORDS.words)
    assert [(w, near) for w in known for near in known.intersection(slips(w)) - {w}] == []


@pytest.mark.parametrize(
    "never", ["knife", "blood", "police", "mother", "court", "alone", "fire", "death", "secret"]
)
def test_no_word_may_upset(never: str) -> None:
    assert never not in WORDS.words


def test_each_phrase_is_another() -> None:
    made = {WORDS.phrase() for _ in range(200)}
    assert len(made) == 200
    assert all(WORDS.read(phrase) == phrase for phrase in made)


@pytest.mark.parametrize("typed", FORGIVEN)
def test_what_was_meant_is_understood(typed: str) -> None:
    assert WORDS.read(typed) == PHRASE


@pytest.mark.parametrize("typed", REFUSED)
def test_anything_else_is_no_phrase(typed: str) -> None:
    assert WORDS.read(typed) is None


def test_a_slip_that_may_be_two_words_is_not_guessed() -> None:
    words = WordList(("barn", "born", *PHRASE.split()))
    assert words.read("bxrn pelican teapot meadow violin") is None


def test_what_is_kept_needs_the_key() -> None:
    assert keyed_hash(PHRASE, "one key") != keyed_hash(PHRASE, "another key")
    assert PHRASE not in keyed_hash(PHRASE, "one key")
