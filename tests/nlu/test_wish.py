"""What wishes for help outweigh, and what outweighs a wish."""

from __future__ import annotations

import pytest

from nlu.wish import implies, may_imply, outweighs

LOCK = "they kicked the door in, could do with somebody coming round to fix the lock"
AT_LENGTH = "we were at my sister's on Sunday and when we got home at ten the drawers were out and"


@pytest.mark.parametrize(
    ("text", "intent", "question", "is_search"),
    [
        (LOCK, "tell", None, True),
        (LOCK, "tell", "when", True),
        (f"{AT_LENGTH} {LOCK}", "tell", None, False),
        (f"{AT_LENGTH} {LOCK}", "tell_effect", None, True),
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


@pytest.mark.parametrize(
    ("aims", "is_wish"),
    [
        ([("pets", 0.97), ("domestic_abuse", 0.02)], True),
        ([("pets", 0.7), ("domestic_abuse", 0.2)], False),
        ([("domestic_abuse", 0.99)], False),
        ([("general", 0.99)], False),
        ([], False),
    ],
)
def test_only_what_is_surely_after_practical_help_implies_a_wish(
    aims: list[tuple[str, float]], is_wish: bool
) -> None:
    assert implies(aims) is is_wish


@pytest.mark.parametrize(
    ("intent", "question", "may"),
    [
        ("tell", None, True),
        ("tell_effect", "welcome", True),
        ("tell_effect", "needs", False),
        ("ask_court", None, False),
        ("affirm", None, False),
    ],
)
def test_an_answer_or_a_question_implies_no_wish(
    intent: str, question: str | None, may: bool
) -> None:
    assert may_imply(intent, question) is may
