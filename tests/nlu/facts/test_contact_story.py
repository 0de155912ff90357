"""That others get at the post or the phone, told in a story, is kept as a way to avoid."""

from __future__ import annotations

from typing import Any

import pytest

from tests.nlu.facts.table import facts

LETTER, EMAIL, PHONE = ["letter"], ["email"], ["phone", "text"]
KEPT: list[tuple[str | None, str, list[str]]] = [
    (None, "he opens my post", LETTER),
    (None, "my ex hit me last week in Ely and he opens my post", LETTER),
    (None, "my ex still has my email password", EMAIL),
    (None, "he opens my post and my ex still has my email password", ["email", "letter"]),
    (None, "it was my partner. He checks my phone every night, I'm scared", PHONE),
    ("needs", "I can't sleep, and my mum opens the post before me", LETTER),
    ("crime_type", "my girlfriend controls me, she reads my messages", ["text"]),
    ("safe_now", "yes he's out but he keeps going through my phone", PHONE),
    ("contact", "my ex has my email password", EMAIL),
]
NOTHING: list[tuple[str | None, str]] = [
    (None, "they took my phone and my bag"),
    (None, "someone has been stealing my post"),
    (None, "will he see this on my phone"),
    (None, "can he read my emails from here?"),
    (None, "my sister's fella checks her phone and picks her clothes"),
    (None, "we had a builder in, he answers the phone and does nothing"),
    ("where", "outside the post office, they read my number plate"),
]


@pytest.mark.parametrize(("question", "said", "avoid"), KEPT)
def test_a_way_that_others_get_at_is_to_be_avoided_and_never_a_wish(
    question: str | None, said: str, avoid: list[str]
) -> None:
    told = facts(said, question)["contact"]
    assert sorted(told["avoid"]) == avoid
    assert "how" not in told


@pytest.mark.parametrize(("question", "said"), NOTHING)
def test_what_was_done_once_or_to_somebody_else_rules_nothing_out(
    question: str | None, said: str
) -> None:
    assert "contact" not in facts(said, question)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("please email me, he opens my post", {"how": "email", "avoid": LETTER}),
        ("please email me, but my ex has my email password", {"avoid": EMAIL}),
    ],
)
def test_beside_a_wish_the_other_way_is_wished_for(said: str, told: dict[str, Any]) -> None:
    assert facts(said)["contact"] == told
