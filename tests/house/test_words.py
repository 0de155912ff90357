"""How Waymark speaks: plain, warm, never blaming, never promising what it can't hold."""

import re
from collections.abc import Iterator

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


def test_one_question_at_a_time() -> None:
    # A typed yes answers the question that comes last, so no other may stand before it.
    before = domain.said_before_a_question()
    assert {"utter_ask_language", "utter_ask_compensation", "utter_under_18"} <= before
    assert [name for name, text in TEXTS if name in before and "?" in text] == []


def test_an_emergency_begins_with_999() -> None:
    texts = [text for name, text in TEXTS if name == "utter_emergency"]
    assert texts
    assert [text for text in texts if "999" not in text.split(".")[0]] == []


def test_no_number_of_a_service_is_typed_into_a_sentence() -> None:
    # 999, 101 and 55 are instructions, not services; everything else comes from the directory.
    typed = re.compile(r"\b(?!999\b|101\b|55\b)\d[\d ]{2,}\b")
    assert [(name, found.group()) for name, text in TEXTS if (found := typed.search(text))] == []


OF_THE_WEB = re.compile(r"this page|at the top|browser|Leave this page", re.IGNORECASE)
ONLY_ON_THE_WEB = {"utter_welcome"}  # Telegram greets with words of its own


def test_nothing_of_a_page_is_said_in_telegram() -> None:
    heard = {name: text for name, text in _as_said_in("telegram") if name not in ONLY_ON_THE_WEB}
    assert [name for name, text in heard.items() if OF_THE_WEB.search(text)] == []


def test_a_response_with_words_for_a_channel_has_words_for_all_others() -> None:
    own = {name for name, variation in domain.responses() if "channel" in variation}
    assert own
    assert own <= {name for name, variation in domain.responses() if "channel" not in variation}


def _as_said_in(channel: str) -> Iterator[tuple[str, str]]:
    said = list(domain.responses())
    own = {name for name, variation in said if variation.get("channel") == channel}
    for name, variation in said:
        if variation.get("channel") == (channel if name in own else None):
            yield name, variation["text"]
