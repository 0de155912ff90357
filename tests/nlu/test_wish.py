"""What wishes for help outweigh, and what outweighs a wish."""

from __future__ import annotations

import pytest

from nlu.wish import outweighs

LOCK = "they kicked the door in, could do with somebody coming round to fix the lock"


@pytest.mark.parametrize(
    ("text", "intent", "question", "is_search"),
    [
        (LOCK, "tell", None, True),
        (LOCK, "tell", "when", True),
        (LOCK, "tell_contact", "contact", False),
        (LOCK, "affirm", "offer_human", False),
        (LOCK, "ask_compensation", None, False),
        ("anyone open at night I can text", "ask_hours", "reported", True),
        ("I was burgled and I need help", "tell", None, False),
        ("I want to talk to someone", "ask_person", None, False),
        ("I want to talk to someone gay about it", "ask_person", None, True),
    ],
)
def test_a_wish_for_help_is_a_search(
    text: str, intent: str, question: str | None, is_search: bool
) -> None:
    assert outweighs(text, intent, question) == is_search
