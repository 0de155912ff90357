"""A made-up word is no story; a misspelt one, a place and a short form are."""

from __future__ import annotations

import pytest

from nlu.nonsense import is_nonsense

HEARD = frozenset({"burglary", "stabbed", "harassed", "mugged", "assaulted"})
LANGUAGE = frozenset({"help", "hello", "my", "street"})


@pytest.mark.parametrize("text", ["asdfgh", "qwerty", "jfkdls", "blorp", "fgdsg hjkhk"])
def test_made_up_words(text: str) -> None:
    assert is_nonsense(text, HEARD, LANGUAGE)


@pytest.mark.parametrize(
    "text",
    ["help", "stabbd", "burglry", "harrased", "Bassingbourn", "SG8", "lol", "помогите", "🍕", "",
     "blorp in my street today"],
)  # fmt: skip
def test_words_that_may_mean_something(text: str) -> None:
    assert not is_nonsense(text, HEARD, LANGUAGE)
