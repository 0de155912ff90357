"""How Waymark speaks: plain, warm, never blaming, never promising what it can't hold."""

import re

import pytest

from tests.house import domain

TEXTS = [(name, variation["text"]) for name, variation in domain.responses()]

# facts/risk.md, section 14, "Never".
NEVER = re.compile(
    r"\bwhy (?:did|didn't|don't)\b|\bcalm down\b|\bat least\b|\bmove on\b|\balleged\b|\bsecret\b"
    r"|\bshortly\b|\bguarantee\b|\bpromise\b|\bcommitted suicide\b|\b24/7\b|!",
    re.IGNORECASE,
)


@pytest.mark.parametrize(("name", "text"), TEXTS)
def test_nothing_that_must_never_be_said(name: str, text: str) -> None:
    assert NEVER.search(text) is None


@pytest.mark.parametrize(("name", "text"), TEXTS)
def test_sentences_stay_short(name: str, text: str) -> None:
    sentences = re.split(r"(?<=[.?:])\s+", text)
    assert max(len(sentence.split()) for sentence in sentences) <= 25


def test_an_emergency_begins_with_999() -> None:
    (text,) = [text for name, text in TEXTS if name == "utter_emergency"]
    assert "999" in text.split(".")[0]


def test_no_number_of_a_service_is_typed_into_a_sentence() -> None:
    # 999, 101 and 55 are instructions, not services; everything else comes from the directory.
    typed = re.compile(r"\b(?!999\b|101\b|55\b)\d[\d ]{2,}\b")
    assert [(name, found.group()) for name, text in TEXTS if (found := typed.search(text))] == []
