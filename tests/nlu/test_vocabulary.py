"""Names are found where a dictionary would find them."""

from __future__ import annotations

import random

import pytest

from nlu.vocabulary import Vocabulary, hashed

LETTERS = "aeioéß 你-"


@pytest.mark.parametrize("size", [0, 1, 2, 500])
def test_each_known_name_is_found_at_its_place(size: int) -> None:
    drawn = random.Random(size)  # noqa: S311  (no secret)
    pool = ["".join(drawn.choices(LETTERS, k=drawn.randrange(5))) for _ in range(4 * size + 9)]
    names = list(dict.fromkeys(pool))[:size]
    places = {name: at for at, name in enumerate(names)}
    known, at = Vocabulary(names, len(names)).places(hashed(pool, len(pool)))
    assert list(known) == [name in places for name in pool]
    assert list(at) == [places[name] for name in pool if name in places]
