"""A last goodbye after despair is noticed; the goodbyes of everybody else raise no alarm."""

from __future__ import annotations

import pytest

from nlu.risk import Recogniser

BURGLED = "Somebody broke my kitchen window on Sunday and took my laptop."
BYES = ["bye", "Goodbye.", "ok bye", "bye then x", "sorry. goodbye everyone", "see ya"]
GRAVE = [
    "nobody will miss me",
    "no one would even notice if I was gone",
    "everyone would be better off without me",
    "there's nothing left for me",
    "I don't want to be here any more",
]
LOW = [
    "I can't go on like this",
    "I feel so alone and worthless",
    "I'm tired of everything. I've got nobody",
    "I give up",
    "nobody cares",
    "whats the point anymore",
]
# Said before a goodbye, these leave it what it is.
ORDINARY = [
    BURGLED,
    "I can't sleep and I cry all the time",
    "what's the point of reporting it, the police never come",
    "I give up on the insurance, they just won't pay",
    "I've had enough of their music",
    "they would have got in if I wasn't here",
    "I can't cope with the noise",
    "nobody would notice if the shed was gone",
]
QUESTIONS = [None, "needs", "when", "offer_human", "anything_else"]


@pytest.mark.parametrize("bye", BYES)
@pytest.mark.parametrize("told", [*GRAVE, *LOW])
def test_a_goodbye_after_despair_is_noticed(recogniser: Recogniser, told: str, bye: str) -> None:
    answer = recogniser.recognise(bye, "needs", (), (BURGLED, told))
    assert answer.disposition in ("urgent", "emergency")
    assert "suicide_self_harm" in answer.categories


@pytest.mark.parametrize("question", QUESTIONS)
def test_it_is_noticed_after_any_question_and_after_an_alarm(
    recogniser: Recogniser, question: str | None
) -> None:
    earlier = ("nobody will miss me", "no", "Hitchin", "yes", "by email please")
    assert recogniser.recognise("bye", question, (), earlier).disposition == "urgent"
    assert recogniser.recognise("bye", question, ("urgent",), earlier).disposition == "urgent"


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("told", ORDINARY)
def test_the_goodbye_of_everybody_else_is_no_alarm(
    recogniser: Recogniser, told: str, question: str | None
) -> None:
    for bye in ("bye", "goodbye", "ok bye", "bye then"):
        assert recogniser.recognise(bye, question, (), (BURGLED, told)).disposition == "none"


@pytest.mark.parametrize("bye", ["bye for now", "back later, bye", "thanks, bye"])
def test_whoever_comes_back_or_is_thankful_is_not_alarmed_about(
    recogniser: Recogniser, bye: str
) -> None:
    assert recogniser.recognise(bye, "needs", (), (BURGLED, "I can't go on")).disposition == "none"


def test_low_words_of_long_ago_were_answered_since(recogniser: Recogniser) -> None:
    since = ("yes", "Hitchin", "last Sunday", "by email please")
    assert recogniser.recognise("bye", None, (), ("I give up", *since)).disposition == "none"


@pytest.mark.parametrize("told", GRAVE)
def test_such_words_alone_are_heard_or_wait_for_the_goodbye(
    recogniser: Recogniser, told: str
) -> None:
    thanked = recogniser.recognise("thank you for everything, goodbye", None, (), (told,))
    assert thanked.disposition != "none"
