"""A message is read with what was told before: that calms a fear, and hides no danger."""

from __future__ import annotations

import pytest

from nlu.risk import Recogniser
from nlu.risk.data import DEVELOPMENT, REGRESSION, read_messages
from nlu.risk.earlier import LAST, RECENT, TELLING, told_before

BURGLED = (
    "Our house in Ware was burgled on Sunday, they took my wife's rings and the laptop.",
    "Yes, we are both safe, thanks.",
)
HACKED = (
    "someone got into my instagram and asked all my customers for money",
    "yeah just angry",
)
CALLERS = (
    "Good afternoon. Two men said they were from the water board and took my husband's watch.",
    "My granddaughter set this up for me on her tablet.",
)
TALKS = (BURGLED, HACKED, CALLERS)


def test_without_earlier_messages_there_is_nothing_to_tell() -> None:
    assert told_before([]) == ""


def test_the_longest_message_and_the_last_ones_are_told_in_order() -> None:
    said = ["hello", "they took the car from the drive", "yes", "no", "Hitchin"]
    assert told_before(said) == "they took the car from the drive . no . Hitchin"
    assert told_before(["hello"]) == "hello"


def test_what_is_told_is_short_however_much_was_said() -> None:
    told = told_before(["word " * 500, *["more " * 300] * 20])
    assert len(told.replace(" . ", " ").split()) <= TELLING + LAST * RECENT


@pytest.mark.parametrize("earlier", TALKS, ids=["burgled", "hacked", "callers"])
def test_no_explicit_disclosure_is_calmed(
    recogniser: Recogniser, earlier: tuple[str, ...]
) -> None:
    missed = [
        message.text
        for message in read_messages(REGRESSION)
        if recogniser.recognise(message.text, message.question, (), earlier).disposition == "none"
    ]
    assert missed == []


def test_no_emergency_that_was_seen_alone_is_calmed(recogniser: Recogniser) -> None:
    grave = [m for m in read_messages(DEVELOPMENT) if m.disposition == "emergency"]
    seen = [m for m in grave if recogniser.recognise(m.text, m.question).disposition != "none"]
    calmed = [
        m.text
        for m in seen
        if recogniser.recognise(m.text, m.question, (), BURGLED).disposition == "none"
    ]
    assert len(seen) > 100
    assert calmed == []


def test_after_an_alarm_nothing_is_calmed(recogniser: Recogniser) -> None:
    for text, question, earlier in HARMLESS_HERE:
        alone = recogniser.recognise(text, question, ("urgent",))
        after = recogniser.recognise(text, question, ("urgent",), earlier)
        assert after.disposition == alone.disposition


HARMLESS_HERE: list[tuple[str, str | None, tuple[str, ...]]] = [
    ("He came back. Six weeks for the glass, he says", "needs", BURGLED),
    ("he follows me round the house since, bless him", "needs", CALLERS),
    ("she won't have me on my own now", "needs", CALLERS),
]


@pytest.mark.parametrize(("text", "question", "earlier"), HARMLESS_HERE)
def test_what_was_told_calms(
    recogniser: Recogniser, text: str, question: str, earlier: tuple[str, ...]
) -> None:
    assert recogniser.recognise(text, question).disposition != "none"  # else it shows nothing
    assert recogniser.recognise(text, question, (), earlier).disposition == "none"


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("he's got his key back so he comes and goes, i just do as i'm told", "needs"),
        ("to be honest I've got the tablets ready, I won't see Christmas", "needs"),
        ("my husband did it again last night, he had me by the throat", "anything_else"),
        ("he told me to write that everything is fine", "confirm_summary"),
        ("no", "safe_now"),
        ("he is outside my house now", None),
        ("my stepdad comes in my room at night", "vulnerability"),
        ("what my swim coach did", "crime_type"),
    ],
)
@pytest.mark.parametrize("earlier", TALKS, ids=["burgled", "hacked", "callers"])
def test_danger_in_an_ordinary_conversation_is_noticed(
    recogniser: Recogniser, earlier: tuple[str, ...], text: str, question: str | None
) -> None:
    assert recogniser.recognise(text, question, (), earlier).disposition != "none"
