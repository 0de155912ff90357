"""Other languages are told from English, and their words of danger are heard."""

from __future__ import annotations

import pytest

from nlu.risk import Recogniser, language

DANGER = [
    ("Mój mąż mnie bije", "pl"),
    ("on tu jest i ma nóż, proszę pomocy", "pl"),
    ("soțul meu mă bate", "ro"),
    ("mano vyras mane muša", "lt"),
    ("meu marido me bateu ontem", "pt"),
    ("мъжът ми ме бие", "bg"),
    ("il marito mi picchia", "it"),
    ("mi marido me pega", "es"),
    ("ਉਹ ਮੈਨੂੰ ਮਾਰਦਾ ਹੈ", "pa"),
    ("میرا شوہر مجھے مارتا ہے", "ur"),
    ("আমার স্বামী আমাকে মারে", "bn"),
    ("મારો પતિ મને મારે છે", "gu"),
    ("kocam beni dövüyor", "tr"),
    ("زوجي يضربني", "ar"),
    ("他打我", "zh"),
]


@pytest.mark.parametrize(("text", "code"), DANGER)
def test_danger_is_heard_in_another_language(recogniser: Recogniser, text: str, code: str) -> None:
    assert language(text) == code
    assert recogniser.recognise(text).disposition != "none"


@pytest.mark.parametrize(
    "text",
    [
        "zamknął mnie w domu i nie mogę wyjść",
        "mera pati mujhe marta hai aur mujhe dar lagta hai",
        "не хочу жить",
        "দরজা ভাঙছে",
    ],
)
def test_other_ways_of_saying_it_are_heard_too(recogniser: Recogniser, text: str) -> None:
    assert recogniser.recognise(text).disposition != "none"


@pytest.mark.parametrize(
    "text",
    [
        "he hit me",
        "no",
        "",
        "it is on my es",
        "Paulo Mendes",
        "okay gracias",
        "sorry, me no speak",
    ],
)
def test_english_and_scraps_are_not_another_language(text: str) -> None:
    assert language(text) is None


def test_a_script_nobody_listed_is_another_language() -> None:
    assert language("ကူညီပါ") == "und"
