"""Rules and readers against what whole messages have taught."""

from __future__ import annotations

import numpy as np
import pytest

from nlu.facts.model import Fact
from nlu.facts.plain import Plain
from nlu.facts.weighed import WEIGHED, settle
from nlu.weighing import FACTS, Weigher, signs_of

RULED = "my son was attacked at school"
OPEN = "they came over the wall at my two"


def settled(
    said: str, fact: str | None, odds: list[tuple[str, float]], *, asks: bool = False
) -> str:
    told = Fact("role", fact, said) if fact else None
    found = settle("role", told, Plain(said), {WEIGHED + "role": odds}, asks=asks)
    return str(found.value) if found else "open"


@pytest.mark.parametrize(
    ("said", "read", "odds", "value"),
    [
        (RULED, "parent_guardian", [("victim", 0.8), ("parent_guardian", 0.2)], "parent_guardian"),
        (RULED, "parent_guardian", [("victim", 0.97), ("parent_guardian", 0.03)], "open"),
        (OPEN, "victim", [("victim", 0.6), ("parent_guardian", 0.4)], "victim"),
        (OPEN, "victim", [("parent_guardian", 0.6), ("victim", 0.3)], "open"),
        (OPEN, "victim", [("parent_guardian", 0.9), ("victim", 0.1)], "parent_guardian"),
        (OPEN, None, [("parent_guardian", 0.9), ("victim", 0.1)], "parent_guardian"),
        (OPEN, None, [("parent_guardian", 0.6), ("victim", 0.4)], "open"),
        (OPEN, None, [("none", 0.9), ("victim", 0.1)], "open"),
        (OPEN, None, [], "open"),
        (OPEN, "victim", [], "victim"),
    ],
)
def test_a_fact_stands_is_replaced_or_is_left_open(
    said: str, read: str | None, odds: list[tuple[str, float]], value: str
) -> None:
    assert settled(said, read, odds) == value


def test_who_asks_for_something_is_given_no_fact_that_was_not_read() -> None:
    odds = [("parent_guardian", 0.95), ("victim", 0.05)]
    assert settled(OPEN, None, odds, asks=True) == "open"


def test_what_goes_on_is_true_and_not_a_word() -> None:
    found = settle(
        "repeated", None, Plain(OPEN), {WEIGHED + "repeated": [("True", 0.9)]}, asks=False
    )
    assert found is not None
    assert found.value is True


def test_a_weigher_learns_what_signs_are_worth_and_is_kept_as_arrays() -> None:
    texts = [
        "my son was hit",
        "my own boy was robbed",
        "i was hit",
        "i was robbed myself",
        "hello",
    ] * 3
    signs = [signs_of(text, [], {"role": [("victim", 0.5)]}) for text in texts]
    labels = ["parent_guardian", "parent_guardian", "victim", "victim", "none"] * 3
    vectors = np.zeros((len(texts), 4), dtype=np.float32)
    weigher = Weigher.train(texts, vectors, signs, dict.fromkeys(FACTS, labels))

    weighed = weigher.weigh(texts[0], vectors[0], signs[0])
    kept = Weigher.of_arrays(weigher.arrays()).weigh(texts[0], vectors[0], signs[0])

    assert weighed["role"][0][0] == kept["role"][0][0] == "parent_guardian"
    assert kept["role"][0][1] == pytest.approx(weighed["role"][0][1], abs=0.01)
